// Embeddings as bytes: little-endian float32, one after the other. Refuses what cannot be an embedding.
import { EMBEDDING_LENGTH } from '../protocol/primitives.js';
import { type Result, err, ok } from '../result/result.js';

const BYTES_EACH = EMBEDDING_LENGTH * 4;
/** How far from 1 the length of a unit embedding may lie. */
const NORM_TOLERANCE = 1e-3;

export type EmbeddingError = 'EMBEDDING_LENGTH' | 'EMBEDDING_NOT_FINITE' | 'EMBEDDING_NOT_UNIT';

/** Checks one embedding: 128 finite numbers of unit length. */
export function checkEmbedding(embedding: Float32Array): Result<Float32Array, EmbeddingError> {
  if (embedding.length !== EMBEDDING_LENGTH) return err('EMBEDDING_LENGTH');
  let sum = 0;
  for (const value of embedding) sum += value * value;
  if (!Number.isFinite(sum)) return err('EMBEDDING_NOT_FINITE');
  return Math.abs(Math.sqrt(sum) - 1) <= NORM_TOLERANCE ? ok(embedding) : err('EMBEDDING_NOT_UNIT');
}

export function embeddingsToBytes(embeddings: readonly Float32Array[]): Uint8Array {
  const bytes = new Uint8Array(embeddings.length * BYTES_EACH);
  const view = new DataView(bytes.buffer);
  embeddings.forEach((embedding, row) => {
    embedding.forEach((value, column) => {
      view.setFloat32(row * BYTES_EACH + column * 4, value, true);
    });
  });
  return bytes;
}

/** Reads exactly `count` embeddings; each is checked. */
export function embeddingsFromBytes(
  bytes: Uint8Array,
  count: number,
): Result<Float32Array[], EmbeddingError> {
  if (bytes.length !== count * BYTES_EACH) return err('EMBEDDING_LENGTH');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const embeddings: Float32Array[] = [];
  for (let row = 0; row < count; row += 1) {
    const embedding = new Float32Array(EMBEDDING_LENGTH);
    for (let column = 0; column < EMBEDDING_LENGTH; column += 1) {
      embedding[column] = view.getFloat32(row * BYTES_EACH + column * 4, true);
    }
    const checked = checkEmbedding(embedding);
    if (!checked.ok) return checked;
    embeddings.push(embedding);
  }
  return ok(embeddings);
}
