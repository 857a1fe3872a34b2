// What may enter a gallery or be searched in one: 128 finite numbers of unit length. Anything else is an error here,
// never a low score later.
import { type Result, err, ok } from '../../result/result.js';

export const EMBEDDING_DIMENSIONS = 128;
/** How far from 1 the length of a unit embedding may lie. */
const NORM_TOLERANCE = 1e-3;

export type EmbeddingError = 'EMBEDDING_LENGTH' | 'EMBEDDING_NOT_FINITE' | 'EMBEDDING_NOT_UNIT';

/** Checks one embedding and gives it back. */
export function checkEmbedding(embedding: Float32Array): Result<Float32Array, EmbeddingError> {
  if (embedding.length !== EMBEDDING_DIMENSIONS) return err('EMBEDDING_LENGTH');
  let sum = 0;
  for (const value of embedding) sum += value * value;
  if (!Number.isFinite(sum)) return err('EMBEDDING_NOT_FINITE');
  return Math.abs(Math.sqrt(sum) - 1) <= NORM_TOLERANCE ? ok(embedding) : err('EMBEDDING_NOT_UNIT');
}

/** Euclidean distance of two unit vectors (0..2) from their dot product. */
export const distanceOfDot = (dot: number): number => Math.sqrt(Math.max(0, 2 - 2 * dot));

/** A copy at exactly unit length (up to float32). */
export function unitOf(embedding: Float32Array): Float32Array {
  let sum = 0;
  for (const value of embedding) sum += value * value;
  const factor = 1 / Math.sqrt(sum);
  return embedding.map((value) => value * factor);
}
