// How much a face changes its shape, beyond moving, turning in the picture plane and coming closer.
// A held picture of a face keeps its shape; a living one does not.

/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by the loops around it */

import { applySimilarity, fitSimilarity } from '../align/similarity.js';
import { landmarkCentre } from '../landmarks/landmarks.js';

/** Root mean square distance of two landmark sets after the best similarity fit, in eye distances. */
export function shapeChange(from: Float32Array, to: Float32Array): number {
  const map = fitSimilarity(from, to);
  let squares = 0;
  const count = from.length / 2;
  for (let index = 0; index < count; index += 1) {
    const [x, y] = applySimilarity(map, from[2 * index]!, from[2 * index + 1]!);
    squares += (x - to[2 * index]!) ** 2 + (y - to[2 * index + 1]!) ** 2;
  }
  const left = landmarkCentre(to, 36, 41);
  const right = landmarkCentre(to, 42, 47);
  const eyes = Math.hypot(right.x - left.x, right.y - left.y);
  return Math.sqrt(squares / count) / Math.max(1e-6, eyes);
}

/** Distance the middle of the face moved between two landmark sets, in eye distances of the second. */
export function headShift(from: Float32Array, to: Float32Array): number {
  const before = landmarkCentre(from, 27, 67);
  const after = landmarkCentre(to, 27, 67);
  const left = landmarkCentre(to, 36, 41);
  const right = landmarkCentre(to, 42, 47);
  const eyes = Math.hypot(right.x - left.x, right.y - left.y);
  return Math.hypot(after.x - before.x, after.y - before.y) / Math.max(1e-6, eyes);
}
