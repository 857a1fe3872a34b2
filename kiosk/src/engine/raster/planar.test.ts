import { describe, expect, it } from 'vitest';
import type { Frame } from '../port.js';
import { placeOnBlack, shrinkFrame, shrinkPlanar } from './planar.js';

function frameOf(width: number, height: number, channels: 3 | 4): Frame {
  const data = Uint8Array.from({ length: width * height * channels }, (_, at) => (at * 37) % 251);
  return { width, height, channels, data };
}

const meanOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

describe('shrinkFrame', () => {
  it('averages exactly what each pixel covers, by whole factors and by parts', () => {
    const frame: Frame = {
      width: 4,
      height: 1,
      channels: 3,
      data: Uint8Array.of(0, 0, 0, 10, 0, 0, 20, 0, 0, 30, 0, 0),
    };
    expect([...shrinkFrame(frame, 2, 1).data.slice(0, 2)]).toEqual([5, 25]);
    const thirds = shrinkFrame(frame, 3, 1).data;
    expect(thirds[0]).toBeCloseTo((0 * 1 + 10 / 3) / (4 / 3), 4);
    expect(thirds[1]).toBeCloseTo(15, 4);
  });

  it('keeps the mean colour at any size', () => {
    const frame = frameOf(60, 40, 4);
    const rgb = frame.data.filter((_, at) => at % 4 !== 3);
    for (const [width, height] of [
      [30, 20],
      [17, 11],
      [60, 40],
    ] as const) {
      expect(meanOf(shrinkFrame(frame, width, height).data)).toBeCloseTo(meanOf(rgb), 2);
    }
  });

  it.each([3, 4] as const)('gives the same picture of %d channels by words as by bytes', (channels) => {
    const aligned = frameOf(64, 48, channels);
    const bytes = new Uint8Array(aligned.data.length + 1);
    bytes.set(aligned.data, 1);
    const shifted = { ...aligned, data: bytes.subarray(1) };
    for (const factor of [4, 8, 16]) {
      const byWords = shrinkFrame(aligned, 64 / factor, 48 / factor);
      expect(byWords).toEqual(shrinkFrame(shifted, 64 / factor, 48 / factor));
    }
    const white = { ...aligned, data: aligned.data.map(() => 255) };
    expect(new Set(shrinkFrame(white, 16, 12).data)).toEqual(new Set([255]));
  });

  it('ignores alpha', () => {
    const opaque = frameOf(8, 8, 4);
    const clear = { ...opaque, data: opaque.data.map((value, at) => (at % 4 === 3 ? 0 : value)) };
    expect(shrinkFrame(clear, 4, 4).data).toEqual(shrinkFrame(opaque, 4, 4).data);
  });
});

describe('shrinkPlanar', () => {
  it('shrinks a shrunken picture as it would have shrunk the frame', () => {
    const frame = frameOf(64, 48, 3);
    const twice = shrinkPlanar(shrinkFrame(frame, 32, 24), 16, 12).data;
    shrinkFrame(frame, 16, 12).data.forEach((value, at) => {
      expect(twice[at]).toBeCloseTo(value, 2);
    });
  });
});

describe('placeOnBlack', () => {
  it('keeps every pixel and leaves the rest black', () => {
    const source = shrinkFrame(frameOf(4, 2, 3), 4, 2);
    const canvas = placeOnBlack(source, { width: 6, height: 6 }, 1, 3);
    expect(canvas.data[3 * 6 + 1]).toBe(source.data[0]);
    expect(canvas.data[36 + 3 * 6 + 1]).toBe(source.data[8]);
    expect(canvas.data[0]).toBe(0);
  });
});
