import { describe, expect, it } from 'vitest';
import { splitJpegs } from './jpeg-stream.js';

/** A JPEG's skeleton: start, one metadata segment, one scan, end. */
function jpeg(metadata: readonly number[], scan: readonly number[]): number[] {
  const length = metadata.length + 2;
  return [
    0xff,
    0xd8,
    0xff,
    0xe1,
    length >> 8,
    length & 255,
    ...metadata,
    0xff,
    0xda,
    0,
    2,
    ...scan,
    0xff,
    0xd9,
  ];
}

const split = (bytes: readonly number[]): number[][] =>
  [...splitJpegs(Uint8Array.from(bytes))].map((picture) => [...picture]);

describe('splitJpegs', () => {
  const plain = jpeg([1, 2, 3], [9, 9, 9]);

  it('finds every picture of a stream', () => {
    expect(split([...plain, ...plain, ...plain])).toEqual([plain, plain, plain]);
  });

  it('takes a thumbnail for what it is', () => {
    const withThumbnail = jpeg(plain, [5]);
    expect(split([...withThumbnail, ...plain])).toEqual([withThumbnail, plain]);
  });

  it('reads over stuffed bytes and restart markers in compressed data', () => {
    const tricky = jpeg([], [0xff, 0, 0xff, 0xd3, 7, 0xff, 0]);
    expect(split([...tricky, ...plain])).toEqual([tricky, plain]);
  });

  it('skips what lies between pictures and drops a cut-off last one', () => {
    expect(split([1, 2, 0xff, ...plain, 0, 0, ...plain, ...plain.slice(0, -3)])).toEqual([plain, plain]);
  });

  it('finds nothing in nothing', () => {
    expect(split([])).toEqual([]);
    expect(split([0xff, 0xd8])).toEqual([]);
  });
});
