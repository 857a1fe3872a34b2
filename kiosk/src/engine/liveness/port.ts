// The liveness check as the tablet sees it: frames of one attempt in, one decision out.
// An implementation keeps numbers about frames, never frames, and never answers `live` for want of evidence.

import type { FaceObservation, Frame } from '../port.js';
import type { Action } from './challenge/sequence.js';

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
  /** Whether nobody else is as near to the camera. */
  readonly isAlone: boolean;
}

/** What the person is asked for now: a movement, or to look at the screen in between. */
export interface Asked {
  readonly action: Action | 'rest';
  /** Movements behind the person and movements in all. */
  readonly done: number;
  readonly of: number;
}

/** One attempt of one person. */
export interface LivenessAttempt {
  add(sample: LivenessSample): void;
  /** May be asked at any time, repeatedly. */
  decide(): LivenessResult;
  /** Null unless a challenge is under way; while one is, the decision is not final. */
  asks(): Asked | null;
}

/** Starts attempts. */
export interface LivenessCheck {
  readonly version: string;
  /** `mayAsk`: whether the person can be asked for movements. */
  begin(mayAsk: boolean): LivenessAttempt;
}
