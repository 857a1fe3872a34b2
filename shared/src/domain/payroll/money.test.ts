// Nothing is lost to rounding.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, overtimePaise, shareOf } from './money.js';

describe('allocate', () => {
  it('gives the paise that are left to the largest remainders', () => {
    expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocate(1000, [1, 2, 4])).toEqual([143, 286, 571]);
    expect(allocate(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
    expect(allocate(5, [0, 1])).toEqual([0, 5]);
  });

  it('refuses weights that divide nothing', () => {
    expect(allocate(100, [])).toEqual([]);
    expect(allocate(100, [0, 0])).toEqual([]);
    expect(allocate(100, [2, -1])).toEqual([]);
    expect(allocate(0.5, [1])).toEqual([]);
  });

  it('always sums to the total', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 31 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.integer({ min: -1e11, max: 1e11 }), weights, (total, parts) => {
        fc.pre(parts.some((weight) => weight > 0));
        const given = allocate(total, parts);
        expect(given.reduce((sum, part) => sum + part, 0)).toBe(total);
        expect(given.every(Number.isInteger)).toBe(true);
      }),
    );
  });
});

describe('shareOf', () => {
  it('rounds half away from zero, exactly', () => {
    expect(shareOf(100, 1, 3)).toBe(33);
    expect(shareOf(5, 1, 2)).toBe(3);
    expect(shareOf(-5, 1, 2)).toBe(-3);
    expect(shareOf(9_007_199_254_740_991, 3, 3)).toBe(9_007_199_254_740_991);
  });

  it('pays overtime', () => {
    // 90 minutes at twice Rs 100.50 an hour: 301.50
    expect(overtimePaise(10_050, 90, 200)).toBe(30_150);
    // 15 minutes at twice Rs 83.33: 41.665, rounded up
    expect(overtimePaise(8333, 15, 200)).toBe(4167);
  });
});
