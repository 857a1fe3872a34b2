// Which faces become templates: as different from each other as possible, because a second picture of the same moment
// helps nobody and costs every search.
import { EMBEDDING_DIMENSIONS, distanceOfDot } from '@hazri/shared/domain/matching/unit-embedding';

/** Two pictures of one moment lie nearer than this; frames of one person lie at 0.06 to 0.25 from their mean. */
export const REDUNDANT_WITHIN = 0.06;

/** Both of unit length. */
export function distanceBetween(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let column = 0; column < EMBEDDING_DIMENSIONS; column += 1) sum += (a[column] ?? 0) * (b[column] ?? 0);
  return distanceOfDot(sum);
}

/**
 * Positions to keep, ascending. The first face (the mean of the frontal frames) always stays; then the one farthest from
 * all that are kept joins, until `atMost` are there or the next would be redundant.
 */
export function chooseVaried(faces: readonly Float32Array[], atMost: number): number[] {
  const [first] = faces;
  if (first === undefined) return [];
  const kept = [0];
  const distances = faces.map((face) => distanceBetween(face, first));
  while (kept.length < atMost) {
    const farthest = distances.indexOf(Math.max(...distances));
    const next = faces[farthest];
    if (next === undefined || (distances[farthest] ?? 0) < REDUNDANT_WITHIN) break;
    kept.push(farthest);
    faces.forEach((face, at) => {
      distances[at] = Math.min(distances[at] ?? 0, distanceBetween(face, next));
    });
  }
  return kept.sort((a, b) => a - b);
}

/** Mean of at least one face, brought to unit length. */
export function meanFace(faces: readonly Float32Array[]): Float32Array {
  const sums = new Float64Array(EMBEDDING_DIMENSIONS);
  for (const face of faces) {
    face.forEach((value, column) => {
      sums[column] = (sums[column] ?? 0) + value;
    });
  }
  const length = Math.hypot(...sums);
  return Float32Array.from(sums, (value) => value / length);
}
