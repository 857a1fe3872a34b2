import { describe, expect, it } from 'vitest';
import type { Frame } from '../port.js';
import { warpSquare, type Similarity } from './warp.js';

const frame: Frame = {
  width: 8,
  height: 8,
  channels: 3,
  data: Uint8Array.from({ length: 8 * 8 * 3 }, (_, at) => Math.floor(at / 3) + (at % 3) * 64),
};

function warp(map: Similarity, size: number): Float32Array {
  const data = new Float32Array(3 * size * size);
  warpSquare(frame, map, { size, data, offset: 0 });
  return data;
}

describe('warpSquare', () => {
  it('copies when nothing is turned or scaled', () => {
    const data = warp({ a: 1, b: 0, x: 2, y: 1 }, 4);
    expect(data[0]).toBe(10);
    expect(data[5]).toBe(19);
    expect(data[16]).toBe(74);
  });

  it('turns clockwise', () => {
    const data = warp({ a: 0, b: 1, x: 6, y: 1 }, 4);
    expect(data[0]).toBe(8 + 6);
    expect(data[1]).toBe(16 + 6);
    expect(data[4]).toBe(8 + 5);
  });

  it('averages where it shrinks', () => {
    const data = warp({ a: 4, b: 0, x: 1.5, y: 1.5 }, 2);
    expect(data[0]).toBeCloseTo(13.5, 5);
  });

  it('is black outside the frame and half black on its border', () => {
    const data = warp({ a: 1, b: 0, x: -2.5, y: 0 }, 4);
    expect(data[0]).toBe(0);
    expect(data[2]).toBe(0);
    expect(data[6]).toBeCloseTo(4, 5);
    expect(data[7]).toBeCloseTo(8.5, 5);
  });
});
