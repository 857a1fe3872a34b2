// The passive check of one attempt: frames in, numbers kept for two seconds, a decision at any time. Nobody is asked
// for anything. It stops prints and screens as far as the pack does, streams that repeat themselves, and pictures
// that move together with their background; docs/liveness.md says what it does not stop.

import { printFrame } from '../frame-print.js';
import type { LivenessDecision, LivenessSample } from '../port.js';
import { measureCues, type KeptFrame, type PassiveCues } from './cues.js';
import { judgePassive, type PassiveDoubt } from './judge.js';
import { shiftAround, toCells, type Cells } from './surroundings.js';

/** Older frames are forgotten. */
const WINDOW_MS = 2_000;
const MOST_FRAMES = 60;

/** A decision, what spoke against "alive", and the numbers behind both. */
export interface PassiveResult {
  readonly decision: LivenessDecision;
  readonly doubt: PassiveDoubt | null;
  readonly cues: PassiveCues;
}

export class PassiveAttempt {
  private kept: KeptFrame[] = [];
  private before: { readonly cells: Cells; readonly atMs: number; readonly width: number } | null = null;

  /** Reads one frame of the person being served; `spoof` is the pack's belief, null without the pack. */
  add(sample: Omit<LivenessSample, 'isAlone'>, spoof: number | null): void {
    const { frame, face, atMs } = sample;
    const cells = toCells(frame);
    const { before } = this;
    const isNewPicture = before !== null && before.width !== frame.width;
    const around = before && !isNewPicture ? shiftAround(before.cells, cells, face.box) : null;
    this.before = { cells, atMs, width: frame.width };
    const kept = {
      atMs,
      print: printFrame(frame),
      landmarks: Float32Array.from(face.landmarks),
      quality: face.quality,
      spoof,
      around,
    };
    const earlier = isNewPicture
      ? []
      : this.kept.filter((one) => atMs - one.atMs <= WINDOW_MS && one.atMs < atMs);
    this.kept = [...earlier, kept].slice(-MOST_FRAMES);
  }

  /** What the pack believes of the frame of that time, where it answers later than `add`. */
  believe(atMs: number, spoof: number): void {
    this.kept = this.kept.map((frame) => (frame.atMs === atMs ? { ...frame, spoof } : frame));
  }

  decide(): PassiveResult {
    const cues = measureCues(this.kept);
    return { ...judgePassive(cues), cues };
  }
}
