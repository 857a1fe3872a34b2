// A secret orthonormal rotation per tenant: the same face has unrelated numbers in two companies, and a new key renews
// them. It is a second layer only (128 known pairs recover it); what protects a template is its encryption.
import { createCipheriv } from 'node:crypto';
import { EMBEDDING_LENGTH } from '@hazri/shared/protocol/primitives';

const N = EMBEDDING_LENGTH;
/** Sums of this many uniform numbers are close enough to normal, and need no function that differs by platform. */
const UNIFORMS_EACH = 12;
const UINT32 = 4;

export class KeyedRotation {
  private readonly matrix: Float64Array;

  /** @param key 32 bytes; the same key gives the same rotation for ever */
  constructor(key: Uint8Array) {
    this.matrix = orthonormalRows(normalNumbers(key, N * N));
  }

  /** R·e, a new array. */
  apply(embedding: Float32Array): Float32Array {
    const rotated = new Float32Array(N);
    for (let row = 0; row < N; row += 1) {
      let sum = 0;
      for (let column = 0; column < N; column += 1) {
        sum += (this.matrix[row * N + column] ?? 0) * (embedding[column] ?? 0);
      }
      rotated[row] = sum;
    }
    return rotated;
  }

  /** Rᵀ·r, a new array: undoes `apply` up to rounding to float32. */
  undo(rotated: Float32Array): Float32Array {
    const sums = new Float64Array(N);
    for (let row = 0; row < N; row += 1) {
      const value = rotated[row] ?? 0;
      for (let column = 0; column < N; column += 1) {
        sums[column] = (sums[column] ?? 0) + (this.matrix[row * N + column] ?? 0) * value;
      }
    }
    return Float32Array.from(sums);
  }
}

function normalNumbers(key: Uint8Array, count: number): Float64Array {
  const zeros = Buffer.alloc(count * UNIFORMS_EACH * UINT32);
  const stream = createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(zeros);
  const numbers = new Float64Array(count);
  for (let at = 0; at < count; at += 1) {
    let sum = -UNIFORMS_EACH / 2;
    for (let term = 0; term < UNIFORMS_EACH; term += 1) {
      sum += stream.readUInt32LE((at * UNIFORMS_EACH + term) * UINT32) / 2 ** 32;
    }
    numbers[at] = sum;
  }
  return numbers;
}

/** Gram–Schmidt, twice, so that rounding does not leave the rows askew. */
function orthonormalRows(matrix: Float64Array): Float64Array {
  const row = (at: number): Float64Array => matrix.subarray(at * N, (at + 1) * N);
  for (let pass = 0; pass < 2; pass += 1) {
    for (let at = 0; at < N; at += 1) {
      const current = row(at);
      for (let before = 0; before < at; before += 1) {
        const other = row(before);
        const shared = dot(current, other);
        for (let index = 0; index < N; index += 1) {
          current[index] = (current[index] ?? 0) - shared * (other[index] ?? 0);
        }
      }
      const length = Math.sqrt(dot(current, current));
      for (let index = 0; index < N; index += 1) current[index] = (current[index] ?? 0) / length;
    }
  }
  return matrix;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < N; index += 1) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}
