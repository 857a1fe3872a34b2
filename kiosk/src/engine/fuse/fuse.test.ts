import { describe, expect, it } from 'vitest';
import { distanceBetween, toUnit } from '../embed/unit.js';
import { fuseEmbeddings } from './fuse.js';

/** A unit vector near axis `axis`, moved a little along another one. */
function near(axis: number, along: number, by: number): Float32Array {
  const vector = new Float32Array(128);
  vector[axis] = 1;
  vector[along] = by;
  return toUnit(vector);
}

describe('fuseEmbeddings', () => {
  it('gives a vector of unit length in the middle', () => {
    const fused = fuseEmbeddings([
      { embedding: near(0, 1, 0.1), quality: 1 },
      { embedding: near(0, 1, -0.1), quality: 1 },
      { embedding: near(0, 2, 0.1), quality: 1 },
    ]);
    expect(fused?.frames).toBe(3);
    expect(distanceBetween(fused?.embedding ?? new Float32Array(128), near(0, 1, 0))).toBeLessThan(0.06);
    expect(Math.hypot(...(fused?.embedding ?? []))).toBeCloseTo(1, 5);
  });

  it('leaves out the frame of somebody else', () => {
    const own = [0.1, 0, -0.1, 0.05].map((by) => ({ embedding: near(0, 1, by), quality: 1 }));
    const fused = fuseEmbeddings([...own, { embedding: near(3, 1, 0), quality: 0.2 }]);
    expect(fused?.frames).toBe(4);
  });

  it('refuses frames that agree on nobody, and no frames', () => {
    expect(fuseEmbeddings([])).toBeNull();
    const strangers = [0, 1, 2, 3].map((axis) => ({ embedding: near(axis, 9, 0), quality: 1 }));
    expect(fuseEmbeddings(strangers)).toBeNull();
  });
});
