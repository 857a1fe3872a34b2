// The first passive check: is this a stream of new pictures of a face that moves the way faces do?
// It stops a frozen picture, a looped clip of a few frames and a still held in front of the camera.
// It does not stop a recording of a person played on a screen; the challenge and the passive network are for that.

import { headShift, shapeChange } from './motion.js';
import { printDifference, printFrame } from './frame-print.js';
import type { LivenessAttempt, LivenessCheck, LivenessResult, LivenessSample } from './port.js';

const VERSION = 'passive-motion-1';

/** Every number the decision depends on. */
const PASSIVE_MOTION = {
  /** Fewer frames, or less time, decide nothing. */
  minFrames: 5,
  minSpanMs: 350,
  /** Fingerprints nearer than this are one and the same picture; real sensors never repeat one. */
  samePicture: 0.02,
  /** From this share of repeated pictures on, the stream is frozen. A slow camera repeats some. */
  frozenShare: 0.75,
  /** Change of shape between frames (90th percentile) that a living face shows within half a second. */
  minShapeChange: 0.012,
  /** Most frames of one attempt that are compared; older ones are dropped. */
  mostFrames: 60,
} as const;

interface Kept {
  readonly atMs: number;
  readonly print: Float32Array;
  readonly landmarks: Float32Array;
}

/** Makes the check; it holds no state of its own. */
export function createPassiveMotionCheck(): LivenessCheck {
  return { version: VERSION, begin: () => new PassiveMotionAttempt() };
}

class PassiveMotionAttempt implements LivenessAttempt {
  private kept: Kept[] = [];

  add(sample: LivenessSample): void {
    const kept = {
      atMs: sample.atMs,
      print: printFrame(sample.frame),
      landmarks: Float32Array.from(sample.face.landmarks),
    };
    this.kept = [...this.kept, kept].slice(-PASSIVE_MOTION.mostFrames);
  }

  decide(): LivenessResult {
    const cues = measure(this.kept);
    return { decision: judge(cues), cues, version: VERSION };
  }
}

interface Cues extends Record<string, number> {
  readonly frames: number;
  readonly spanMs: number;
  /** Share of frames that repeat an earlier picture of the attempt, 0 to 1. */
  readonly repeatedShare: number;
  /** 90th percentile of the change of shape against the attempt's first third, in eye distances. */
  readonly shapeChange: number;
  /** Largest movement of the head between two frames, in eye distances. */
  readonly headShift: number;
}

function measure(kept: readonly Kept[]): Cues {
  const first = kept[0];
  const last = kept.at(-1);
  if (!first || !last) return { frames: 0, spanMs: 0, repeatedShare: 0, shapeChange: 0, headShift: 0 };
  let repeated = 0;
  const changes: number[] = [];
  let shift = 0;
  kept.forEach((now, index) => {
    const earlier = kept.slice(0, index);
    if (earlier.some((then) => printDifference(then.print, now.print) < PASSIVE_MOTION.samePicture))
      repeated += 1;
    const before = kept[index - 1];
    if (!before) return;
    shift = Math.max(shift, headShift(before.landmarks, now.landmarks));
    changes.push(shapeChange(first.landmarks, now.landmarks));
  });
  changes.sort((a, b) => a - b);
  return {
    frames: kept.length,
    spanMs: last.atMs - first.atMs,
    repeatedShare: kept.length > 1 ? repeated / (kept.length - 1) : 0,
    shapeChange: changes[Math.floor(changes.length * 0.9)] ?? 0,
    headShift: shift,
  };
}

function judge(cues: Cues): LivenessResult['decision'] {
  if (cues.frames < PASSIVE_MOTION.minFrames || cues.spanMs < PASSIVE_MOTION.minSpanMs) return 'undecided';
  if (cues.repeatedShare >= PASSIVE_MOTION.frozenShare) return 'attack';
  return cues.shapeChange >= PASSIVE_MOTION.minShapeChange ? 'live' : 'undecided';
}
