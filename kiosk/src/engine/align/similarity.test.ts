import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applySimilarity, fitSimilarity } from './similarity.js';

const points = [0, 0, 10, 0, 10, 20, -5, 7];

describe('fitSimilarity', () => {
  it('finds any scale, rotation and shift again', () => {
    const small = fc.double({ min: -100, max: 100, noNaN: true });
    const angle = fc.double({ min: -3, max: 3, noNaN: true });
    const scale = fc.double({ min: 0.1, max: 10, noNaN: true });
    fc.assert(
      fc.property(scale, angle, small, small, (s, t, x, y) => {
        const map = { a: s * Math.cos(t), b: s * Math.sin(t), x, y };
        const moved = [0, 2, 4, 6].flatMap((at) =>
          applySimilarity(map, points[at] ?? 0, points[at + 1] ?? 0),
        );
        const found = fitSimilarity(points, moved);
        expect(found.a).toBeCloseTo(map.a, 6);
        expect(found.b).toBeCloseTo(map.b, 6);
        expect(found.x).toBeCloseTo(map.x, 6);
        expect(found.y).toBeCloseTo(map.y, 6);
      }),
    );
  });

  it('never mirrors', () => {
    const mirrored = points.map((value, at) => (at % 2 === 0 ? -value : value));
    const { a, b } = fitSimilarity(points, mirrored);
    expect(a * a + b * b).toBeLessThan(1);
  });

  it('only shifts when all points are one', () => {
    expect(fitSimilarity([3, 4, 3, 4], [5, 7, 5, 7])).toEqual({ a: 1, b: 0, x: 2, y: 3 });
  });
});
