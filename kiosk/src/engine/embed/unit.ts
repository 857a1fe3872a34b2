// Vectors of unit length.

import { InvariantError } from '@hazri/shared/result';

export const EMBEDDING_LENGTH = 128;

/** Scales a vector to unit length; throws InvariantError when it has no direction. */
export function toUnit(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares);
  if (!Number.isFinite(length) || length < 1e-6) throw new InvariantError('an embedding has no direction');
  return vector.map((value) => value / length);
}

/** Mean direction of vectors of equal length, weighted; unit length. */
export function meanDirection(vectors: readonly Float32Array[], weights?: readonly number[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? EMBEDDING_LENGTH);
  vectors.forEach((vector, index) => {
    const weight = weights?.[index] ?? 1;
    for (let at = 0; at < sum.length; at += 1) sum[at] = (sum[at] ?? 0) + (vector[at] ?? 0) * weight;
  });
  return toUnit(sum);
}

/** Euclidean distance; 0 to 2 between vectors of unit length. */
export function distanceBetween(a: Float32Array, b: Float32Array): number {
  let squares = 0;
  for (let index = 0; index < a.length; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    squares += difference * difference;
  }
  return Math.sqrt(squares);
}
