// The liveness check as the tablet sees it: frames of one attempt in, one decision out.
// An implementation keeps numbers about frames, never frames, and never answers `live` for want of evidence.

import type { FaceObservation, Frame } from '../port.js';

/** What the frames of an attempt say. `undecided` is what the tablet steps up from; it never passes by itself. */
export type LivenessDecision = 'live' | 'attack' | 'undecided';

/** A decision with the numbers behind it. */
export interface LivenessResult {
  readonly decision: LivenessDecision;
  /** Named measurements; names are at most 40 characters and documented where they are made. */
  readonly cues: Readonly<Record<string, number>>;
  /** Changes whenever a cue or a threshold changes. */
  readonly version: string;
}

/** One frame of the person being served. The frame is only read during the call. */
export interface LivenessSample {
  readonly frame: Frame;
  readonly face: FaceObservation;
  /** Any monotonic clock, in milliseconds. */
  readonly atMs: number;
}

/** One attempt of one person. */
export interface LivenessAttempt {
  add(sample: LivenessSample): void;
  /** May be asked at any time, repeatedly. */
  decide(): LivenessResult;
}

/** Starts attempts. */
export interface LivenessCheck {
  readonly version: string;
  begin(): LivenessAttempt;
}
