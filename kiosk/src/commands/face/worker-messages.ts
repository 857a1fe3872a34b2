// What the command and its workers say to each other. No frame ever crosses.

import type { EmbedOptions } from './face-answer.js';
import type { Input } from './inputs.js';
import type { LivenessOptions } from './liveness-parts.js';

/** Which engine a worker opens. */
export interface WorkerSettings {
  readonly engine: 'onnx' | 'faceapi';
  readonly threads: number;
  /** Id of the native engine's recognition model; the manifest's first without it. */
  readonly recognition?: string;
}

/** One input's work: JSON lines for `face embed` and `face liveness`, or one embedding for protocols over labelled pictures. */
export type Job =
  | { readonly kind: 'embed'; readonly input: Input; readonly options: EmbedOptions }
  | { readonly kind: 'liveness'; readonly input: Input; readonly options: LivenessOptions }
  | { readonly kind: 'probe'; readonly path: string };

/** The embedding of a picture's middle-most face; `isFound` is false where the middle stands in for a face. */
export interface Probe {
  readonly embedding: Float32Array;
  readonly isFound: boolean;
}

export type Request = { readonly id: number; readonly job: Job } | { readonly close: true };

export type Reply =
  | { readonly id: number; readonly line: string }
  | { readonly id: number; readonly probe: Probe }
  | { readonly id: number; readonly end: true }
  | {
      readonly id: number;
      readonly error: { readonly code: string; readonly message: string; path?: string };
    };
