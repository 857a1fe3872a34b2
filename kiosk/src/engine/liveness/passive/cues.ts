// The numbers that a passive decision rests on, measured over the last frames of one attempt. Nothing here judges.

import { headShift, shapeChange } from '../motion.js';
import { printDifference } from '../frame-print.js';
import { landmarkCentre } from '../../landmarks/landmarks.js';
import type { FaceQuality } from '../../port.js';
import type { Shift } from './surroundings.js';

/** What is kept of a frame: numbers, never the frame. */
export interface KeptFrame {
  readonly atMs: number;
  readonly print: Float32Array;
  readonly landmarks: Float32Array;
  readonly quality: FaceQuality;
  /** Belief of the anti-spoofing pack that the face is alive, 0 to 1; null without the pack. */
  readonly spoof: number | null;
  /** How what is around the face moved since the frame before; null where that cannot be seen. */
  readonly around: Shift | null;
}

/** How the cues are measured. */
const MEASURE = {
  /** Fingerprints nearer than this are one and the same picture; real sensors never repeat one. */
  samePicture: 0.02,
  /** The networks were made for faces that look at the camera, wholly in the picture, and not too small. */
  spoofYaw: 0.3,
  spoofInside: 0.6,
  spoofInterocularPx: 28,
} as const;

/** Named as they are recorded. */
export type PassiveCues = {
  readonly frames: number;
  readonly spanMs: number;
  /** Share of frames that repeat an earlier picture of the attempt, 0 to 1. */
  readonly repeatedShare: number;
  /** 90th percentile of the change of shape against the first frame, in eye distances. */
  readonly shapeChange: number;
  /** Largest movement of the head between two frames, in eye distances. */
  readonly headShift: number;
  /** Frames that the pack judged, the time they span and their mean, 0 to 1; absent without the pack. */
  readonly spoofFrames?: number;
  readonly spoofSpanMs?: number;
  readonly spoof?: number;
  /** How much of the face's movement its surroundings make too: 0 a room behind a person, 1 a held picture. */
  readonly rigidity?: number;
  /** Pairs of frames behind `rigidity`, and how far the face moved from one to the next, in pixels. */
  readonly rigidityPairs?: number;
  readonly faceMovePx?: number;
};

export function measureCues(kept: readonly KeptFrame[]): PassiveCues {
  const first = kept[0];
  const last = kept.at(-1);
  if (!first || !last) return { frames: 0, spanMs: 0, repeatedShare: 0, shapeChange: 0, headShift: 0 };
  return {
    frames: kept.length,
    spanMs: last.atMs - first.atMs,
    repeatedShare: repeatedShare(kept),
    ...movement(kept, first),
    ...spoofing(kept),
    ...rigidity(kept),
  };
}

function repeatedShare(kept: readonly KeptFrame[]): number {
  const repeated = kept.filter((now, index) =>
    kept.slice(0, index).some((then) => printDifference(then.print, now.print) < MEASURE.samePicture),
  );
  return kept.length > 1 ? repeated.length / (kept.length - 1) : 0;
}

function movement(
  kept: readonly KeptFrame[],
  first: KeptFrame,
): Pick<PassiveCues, 'shapeChange' | 'headShift'> {
  const changes = kept.slice(1).map((now) => shapeChange(first.landmarks, now.landmarks));
  const shifts = pairs(kept).map(([before, now]) => headShift(before.landmarks, now.landmarks));
  changes.sort((a, b) => a - b);
  return { shapeChange: changes[Math.floor(changes.length * 0.9)] ?? 0, headShift: Math.max(0, ...shifts) };
}

function spoofing(kept: readonly KeptFrame[]): Pick<PassiveCues, 'spoof' | 'spoofFrames' | 'spoofSpanMs'> {
  const judged = kept.filter(
    ({ spoof, quality }) =>
      spoof !== null &&
      Math.abs(quality.yaw) <= MEASURE.spoofYaw &&
      quality.inside >= MEASURE.spoofInside &&
      quality.interocularPx >= MEASURE.spoofInterocularPx,
  );
  const first = judged[0];
  if (!first) return kept.some(({ spoof }) => spoof !== null) ? { spoofFrames: 0 } : {};
  const sum = judged.reduce((total, { spoof }) => total + (spoof ?? 0), 0);
  return {
    spoof: sum / judged.length,
    spoofFrames: judged.length,
    spoofSpanMs: (judged.at(-1) ?? first).atMs - first.atMs,
  };
}

/** Least-squares slope of the surroundings' movement over the face's. */
function rigidity(
  kept: readonly KeptFrame[],
): Pick<PassiveCues, 'rigidity' | 'rigidityPairs' | 'faceMovePx'> {
  let [together, alone, count] = [0, 0, 0];
  for (const [before, now] of pairs(kept)) {
    if (!now.around) continue;
    const [from, to] = [landmarkCentre(before.landmarks, 0, 67), landmarkCentre(now.landmarks, 0, 67)];
    const face = { x: to.x - from.x, y: to.y - from.y };
    together += face.x * now.around.x + face.y * now.around.y;
    alone += face.x ** 2 + face.y ** 2;
    count += 1;
  }
  if (count === 0 || alone === 0) return {};
  return { rigidity: together / alone, rigidityPairs: count, faceMovePx: Math.sqrt(alone / count) };
}

function pairs(kept: readonly KeptFrame[]): [KeptFrame, KeptFrame][] {
  return kept.slice(1).flatMap((now, index) => {
    const before = kept[index];
    return before ? [[before, now] as [KeptFrame, KeptFrame]] : [];
  });
}
