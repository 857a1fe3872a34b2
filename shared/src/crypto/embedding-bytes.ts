// Embeddings as bytes: little-endian float32, one after the other. Refuses what cannot be an embedding.
import { type EmbeddingError, checkEmbedding } from '../domain/matching/unit-embedding.js';
import { EMBEDDING_LENGTH } from '../protocol/primitives.js';
import { InvariantError, type Result, err, ok } from '../result/result.js';

export { type EmbeddingError, checkEmbedding };

const BYTES_EACH = EMBEDDING_LENGTH * 4;

/** Throws on an embedding of another length: its bytes would be read as other numbers. */
export function embeddingsToBytes(embeddings: readonly Float32Array[]): Uint8Array {
  if (embeddings.some((embedding) => embedding.length !== EMBEDDING_LENGTH)) {
    throw new InvariantError('embedding length');
  }
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
