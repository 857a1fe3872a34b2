// How the commands choose among faces and show them.

import type { FaceObservation, StageTimes } from '../../engine/port.js';

/** Which faces of a picture are wanted. */
export type FaceChoice = 'all' | 'largest' | 'center';

export interface EmbedOptions {
  readonly choice: FaceChoice;
  /** One object per frame of a recording instead of one for its best frames. */
  readonly isPerFrame: boolean;
  readonly careful: boolean;
}

/** The wanted faces out of those found, in the same order. */
export function chooseFaces(
  faces: readonly FaceObservation[],
  frame: { readonly width: number; readonly height: number },
  choice: FaceChoice,
): readonly FaceObservation[] {
  if (choice === 'all') return faces;
  if (choice === 'largest') return faces.slice(0, 1);
  const fromCentre = ({ box }: FaceObservation): number =>
    Math.hypot(box.x + box.width / 2 - frame.width / 2, box.y + box.height / 2 - frame.height / 2);
  return [...faces].sort((a, b) => fromCentre(a) - fromCentre(b)).slice(0, 1);
}

/** One face as the output shows it. */
export function describeFace(
  face: FaceObservation,
  embedding: Float32Array,
): Readonly<Record<string, unknown>> {
  const { x, y, width, height } = face.box;
  const measured: readonly [string, number][] = Object.entries({ ...face.quality });
  const quality = Object.fromEntries(measured.map(([name, value]) => [name, round(value, 4)]));
  return {
    box: { x: round(x, 2), y: round(y, 2), width: round(width, 2), height: round(height, 2) },
    score: round(face.score, 4),
    landmarks: Array.from(face.landmarks, (value) => round(value, 2)),
    quality,
    embedding: Array.from(embedding, (value) => Number(value.toPrecision(8))),
  };
}

export function noTimes(): StageTimes {
  return { detect: 0, landmarks: 0, align: 0, embed: 0 };
}

export function roundTimes(times: StageTimes): StageTimes {
  return {
    detect: round(times.detect, 2),
    landmarks: round(times.landmarks, 2),
    align: round(times.align, 2),
    embed: round(times.embed, 2),
  };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
