// Embeddings as bytes: a wrong length, a number that is none, or a wrong norm is an error, never an embedding.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkEmbedding, embeddingsFromBytes, embeddingsToBytes } from './embedding-bytes.js';

const unit = fc
  .array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 128, maxLength: 128 })
  .map((values) => {
    const norm = Math.hypot(...values);
    return Float32Array.from(values, (value, index) => (norm < 1e-3 ? Number(index === 0) : value / norm));
  });

describe('embeddings as bytes', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.array(unit, { minLength: 1, maxLength: 4 }), (embeddings) => {
        const read = embeddingsFromBytes(embeddingsToBytes(embeddings), embeddings.length);
        expect(read.ok && read.value).toEqual(embeddings);
      }),
      { numRuns: 40 },
    );
  });

  it('stand little-endian, whatever the machine and the offset', () => {
    const one = new Float32Array(128);
    one[0] = 1;
    const bytes = embeddingsToBytes([one]);
    expect([...bytes.subarray(0, 4)]).toEqual([0, 0, 0x80, 0x3f]);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(embeddingsFromBytes(shifted.subarray(3), 1).ok).toBe(true);
  });

  it.each([
    ['one byte short', (bytes: Uint8Array) => bytes.subarray(1), 'EMBEDDING_LENGTH'],
    ['empty', () => new Uint8Array(0), 'EMBEDDING_LENGTH'],
    ['two instead of one', (bytes: Uint8Array) => Uint8Array.of(...bytes, ...bytes), 'EMBEDDING_LENGTH'],
  ])('%s is refused', (_name, change, error) => {
    const one = new Float32Array(128).fill(Math.sqrt(1 / 128));
    expect(embeddingsFromBytes(change(embeddingsToBytes([one])), 1)).toEqual({ ok: false, error });
  });

  it.each([
    ['NaN', Number.NaN, 'EMBEDDING_NOT_FINITE'],
    ['infinity', Number.POSITIVE_INFINITY, 'EMBEDDING_NOT_FINITE'],
    ['a large number', 3e38, 'EMBEDDING_NOT_UNIT'],
    ['a doubled component', 1, 'EMBEDDING_NOT_UNIT'],
  ])('%s inside is refused', (_name, value, error) => {
    const one = new Float32Array(128).fill(Math.sqrt(1 / 128));
    one[77] = value;
    expect(embeddingsFromBytes(embeddingsToBytes([one]), 1)).toEqual({ ok: false, error });
  });

  it('of another length are never written', () => {
    expect(() => embeddingsToBytes([new Float32Array(127)])).toThrow('embedding length');
  });

  it('all zeros, 127 or 129 numbers are refused', () => {
    expect(checkEmbedding(new Float32Array(128))).toEqual({ ok: false, error: 'EMBEDDING_NOT_UNIT' });
    expect(checkEmbedding(new Float32Array(127))).toEqual({ ok: false, error: 'EMBEDDING_LENGTH' });
    expect(checkEmbedding(new Float32Array(129))).toEqual({ ok: false, error: 'EMBEDDING_LENGTH' });
  });
});
