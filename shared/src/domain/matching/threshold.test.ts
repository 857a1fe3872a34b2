// From budgets to thresholds: measured points are hit, gaps are bridged, and nothing is promised beyond the evidence.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibration as measured, calibrations } from './calibration.js';
import type { Calibration } from './calibration-type.js';
import { valueAtRate } from './curve.js';
import { calibrationOf, distanceAtRate, doubtThreshold, identificationThreshold } from './threshold.js';

const distances: Calibration = {
  ...measured,
  pairs: 1_000_000_000,
  tail: [
    { distance: 0.2, fmr: 1e-7 },
    { distance: 0.3, fmr: 1e-5 },
    { distance: 0.4, fmr: 1e-3 },
    { distance: 0.5, fmr: 1e-1 },
  ],
};

describe('distanceAtRate', () => {
  it('hits every measured point and rises between them', () => {
    for (const point of distances.tail) {
      expect(distanceAtRate(distances, point.fmr)).toBeCloseTo(point.distance, 10);
    }
    expect(distanceAtRate(distances, 1e-4)).toBeCloseTo(0.35, 10);
  });

  it('continues with the end slopes, never below zero', () => {
    expect(distanceAtRate(distances, 1e-9)).toBeCloseTo(0.1, 10);
    expect(distanceAtRate(distances, 1e-30)).toBe(0);
  });

  it('does not let a handful of odd pairs decide how the tail goes on', () => {
    const odd = { ...distances, tail: [{ distance: 0.05, fmr: 5 / distances.pairs }, ...distances.tail] };
    expect(distanceAtRate(odd, 1e-8)).toBeCloseTo(distanceAtRate(distances, 1e-8), 10);
  });

  it('refuses a calibration that knows nothing', () => {
    expect(() => distanceAtRate({ ...distances, pairs: 10 }, 1e-4)).toThrow('two rates');
  });
});

describe('valueAtRate', () => {
  it('goes on with the slope of the rarest points, whether values rise or fall', () => {
    const falling = [0.9, 0.8, 0.7].map((value, at) => ({ value, rate: 10 ** (at - 6) }));
    expect(valueAtRate(falling, 1e-7)).toBeCloseTo(1, 10);
    expect(valueAtRate(falling, 1)).toBe(0.7);
  });
});

describe('identificationThreshold', () => {
  const of = (people: number, wrongPerThousand: number, calibration: Calibration = measured) =>
    identificationThreshold({ calibration, people, wrongPerThousand });

  it('rises with the gallery as long as the same evidence speaks, and falls with the budget', () => {
    const sizes = fc.constantFrom(...measured.tails.map(({ people }) => people));
    const budget = fc.double({ min: 0.001, max: 1000, noNaN: true });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 0, max: 40 }), budget, budget, (people, more, b, c) => {
        const next = measured.tails.find((tail) => tail.people > people)?.people ?? Infinity;
        const larger = Math.min(people + more, next - 1);
        expect(of(larger, b)).toBeGreaterThanOrEqual(of(people, b));
        expect(of(people, Math.max(b, c))).toBeLessThanOrEqual(of(people, Math.min(b, c)));
        const doubt = doubtThreshold({ calibration: measured, people, wrongPerThousand: b });
        expect(doubt).toBeLessThanOrEqual(of(people, b));
      }),
    );
  });

  it('never rests on a comparison looser than 1 in 10,000, even for one person', () => {
    const alone = { ...measured, tails: measured.tails.slice(0, 1) };
    expect(of(1, 500, alone)).toBe(of(1, 0.2, alone));
    expect(of(1, 0.1, alone)).toBeGreaterThan(of(1, 0.2, alone));
  });

  it('speaks from the largest measured gallery that is no larger', () => {
    const [one, fifty] = measured.tails;
    expect(of(49, 1)).toBe(of(49, 1, { ...measured, tails: [one!] }));
    expect(of(50, 1)).toBe(of(50, 1, { ...measured, tails: [one!, fifty!] }));
    expect(of(50, 1)).not.toBe(of(50, 1, { ...measured, tails: [one!] }));
  });

  it('refuses a budget or a gallery of nothing', () => {
    for (const [people, budget] of [
      [0, 1],
      [1, 0],
      [1, Number.NaN],
    ] as const) {
      expect(() => of(people, budget)).toThrow('no budget');
    }
  });
});

describe('the calibrations in use', () => {
  it.each(calibrations)('of $modelId rise in rate and serve their own model only', (one) => {
    expect(calibrationOf(one.modelId)).toBe(one);
    expect(one.crowding).toHaveLength(128);
    expect(one.fused[0]).toBe(0);
    expect(one.tails[0]?.people).toBe(1);
    const isRising = (values: readonly number[]) =>
      values.every((value, at) => at === 0 || value > (values[at - 1] ?? Infinity));
    expect(isRising(one.tail.map(({ distance }) => distance))).toBe(true);
    expect(isRising(one.tail.map(({ fmr }) => fmr))).toBe(true);
    expect(isRising(one.tails.map(({ people }) => people))).toBe(true);
    for (const { points } of one.tails) {
      expect(isRising(points.map(({ rate }) => rate))).toBe(true);
      expect(isRising(points.map(({ score }) => -score))).toBe(true);
    }
  });

  it('know nothing of another model', () => {
    expect(calibrationOf('unknown')).toBeUndefined();
  });
});
