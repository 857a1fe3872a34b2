// What the parts of `face liveness` share: options, what there is to judge with, and whose face is meant.

import type { LivenessPolicy } from '../../engine/liveness/policy.js';
import type { SpoofPack } from '../../engine/liveness/spoof/spoof-pack.js';
import type { FaceEngine, FaceObservation, Frame } from '../../engine/port.js';
import { prominence } from '../../engine/track/track.js';

export interface LivenessOptions {
  readonly policy: LivenessPolicy;
  readonly isStill: boolean;
  readonly simulate: 'challenge' | 'flash' | null;
  readonly seed: number;
  readonly attempts: number;
  /** How far the simulated screen changes the face's colour, in percent. */
  readonly chroma: number;
}

/** What there is to judge with. */
export interface LivenessParts {
  readonly engine: FaceEngine;
  readonly pack: SpoofPack | null;
}

/** The face that a tablet would serve. */
export async function findNearest(engine: FaceEngine, frame: Frame): Promise<FaceObservation | null> {
  const faces = await engine.observe(frame);
  const [nearest] = [...faces].sort((a, b) => prominence(b.box, frame) - prominence(a.box, frame));
  return nearest ?? null;
}
