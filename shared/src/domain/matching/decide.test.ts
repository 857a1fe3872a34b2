// Decisions from an error budget: what each outcome needs, and that the promise behind the threshold holds.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Calibration, calibration as measured } from './calibration.js';
import { DEFAULT_MATCHING_POLICY, decide, sameFaceAs } from './decide.js';
import { calibrationOf, distanceAtRate, doubtThreshold, identificationThreshold } from './threshold.js';

const calibration: Calibration = {
  modelId: 'test',
  pairs: 1_000_000_000,
  people: 1000,
  tail: [
    { distance: 0.2, fmr: 1e-7 },
    { distance: 0.3, fmr: 1e-5 },
    { distance: 0.4, fmr: 1e-3 },
    { distance: 0.5, fmr: 1e-1 },
  ],
};
const policy = DEFAULT_MATCHING_POLICY;
const near = (distance: number, personId = 'first') => ({ personId, distance });

describe('distanceAtRate', () => {
  it('hits every measured point and rises between them', () => {
    for (const point of calibration.tail) {
      expect(distanceAtRate(calibration, point.fmr)).toBeCloseTo(point.distance, 10);
    }
    expect(distanceAtRate(calibration, 1e-4)).toBeCloseTo(0.35, 10);
  });

  it('continues with the end slopes, never below zero', () => {
    expect(distanceAtRate(calibration, 1e-9)).toBeCloseTo(0.1, 10);
    expect(distanceAtRate(calibration, 1e-30)).toBe(0);
  });
});

describe('identificationThreshold', () => {
  it('falls with the gallery and rises with the budget', () => {
    const size = fc.integer({ min: 1, max: 1_000_000 });
    const budget = fc.double({ min: 0.001, max: 1000, noNaN: true });
    fc.assert(
      fc.property(size, size, budget, budget, (n, m, b, c) => {
        const at = (templateCount: number, wrongPerThousand: number) =>
          identificationThreshold({ calibration, templateCount, wrongPerThousand });
        expect(at(Math.max(n, m), b)).toBeLessThanOrEqual(at(Math.min(n, m), b));
        expect(at(n, Math.max(b, c))).toBeGreaterThanOrEqual(at(n, Math.min(b, c)));
        expect(doubtThreshold({ calibration, templateCount: n, wrongPerThousand: b })).toBeGreaterThanOrEqual(
          at(n, b),
        );
      }),
    );
  });

  it('never rests on a comparison looser than 1 in 10,000, even for one person', () => {
    const threshold = identificationThreshold({ calibration, templateCount: 1, wrongPerThousand: 500 });
    expect(threshold).toBeCloseTo(distanceAtRate(calibration, 1e-4), 10);
  });

  it('keeps its promise: strangers drawn from the tail are identified within the budget', () => {
    // Inverse sampling of the tail itself, seeded; 100,000 strangers against 200 templates at 1 in 100.
    let state = 12_345;
    const random = (): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return (state + 1) / 4_294_967_297;
    };
    const templateCount = 200;
    const threshold = identificationThreshold({ calibration, templateCount, wrongPerThousand: 10 });
    const strangers = 20_000;
    let wrong = 0;
    for (let stranger = 0; stranger < strangers; stranger += 1) {
      let nearest = Infinity;
      for (let at = 0; at < templateCount; at += 1) {
        const rate = random();
        if (rate < 1e-3) nearest = Math.min(nearest, distanceAtRate(calibration, rate));
      }
      if (nearest <= threshold) wrong += 1;
    }
    expect(wrong / strangers).toBeLessThan(0.012);
    expect(wrong / strangers).toBeGreaterThan(0.006);
  });

  it('refuses a budget or a gallery of nothing', () => {
    expect(() => identificationThreshold({ calibration, templateCount: 0, wrongPerThousand: 1 })).toThrow();
    expect(() => identificationThreshold({ calibration, templateCount: 1, wrongPerThousand: 0 })).toThrow();
    expect(() =>
      identificationThreshold({ calibration, templateCount: 1, wrongPerThousand: Number.NaN }),
    ).toThrow();
  });
});

describe('decide', () => {
  const of = (topTwo: readonly { personId: string; distance: number }[], templateCount = 100) =>
    decide({ topTwo, templateCount, calibration, policy });
  const threshold = identificationThreshold({ calibration, templateCount: 100, wrongPerThousand: 1 });

  it('says that nobody is enrolled', () => {
    expect(of([], 0)).toEqual({ kind: 'not-recognised', reason: 'GALLERY_EMPTY' });
  });

  it('accepts a near face with a clear margin, and the only person without one', () => {
    expect(of([near(threshold - 0.01), near(threshold + 0.2, 'second')])).toEqual({
      kind: 'accepted',
      personId: 'first',
    });
    expect(of([near(0.1)], 1)).toEqual({ kind: 'accepted', personId: 'first' });
  });

  it('accepts exactly at the threshold and not above', () => {
    expect(of([near(threshold)]).kind).toBe('accepted');
    expect(of([near(threshold + 1e-9)])).toEqual({ kind: 'second-factor', reason: 'UNSURE' });
  });

  it('asks again when the second person is too near', () => {
    expect(of([near(threshold - 0.02), near(threshold + 0.01, 'second')])).toEqual({
      kind: 'second-factor',
      reason: 'AMBIGUOUS',
    });
    expect(of([near(threshold - 0.02), near(threshold - 0.01, 'second')])).toEqual({
      kind: 'second-factor',
      reason: 'LOOK_ALIKE',
    });
  });

  it('does not recognise what is far', () => {
    expect(of([near(0.9), near(1, 'second')])).toEqual({ kind: 'not-recognised', reason: 'NO_MATCH' });
  });

  it('never answers with a number', () => {
    const distance = fc.double({ min: 0, max: 2, noNaN: true });
    fc.assert(
      fc.property(distance, distance, fc.integer({ min: 2, max: 100_000 }), (a, b, templateCount) => {
        const [first, second] = [Math.min(a, b), Math.max(a, b)];
        const text = JSON.stringify(of([near(first), near(second, 'second')], templateCount));
        expect(text).not.toMatch(/[0-9]/);
      }),
    );
  });
});

describe('sameFaceAs', () => {
  const of = (candidates: readonly { personId: string; distance: number }[], templateCount = 10) =>
    sameFaceAs({ candidates, templateCount, calibration, policy });

  it('names the other person whose face this is', () => {
    expect(of([near(0.9, 'far'), near(0.1, 'same')])).toBe('same');
    expect(of([near(0.9)])).toBeUndefined();
    expect(of([], 0)).toBeUndefined();
  });
});

describe('the calibration in use', () => {
  it('rises in distance and in rate, and serves its own model only', () => {
    for (const key of ['distance', 'fmr'] as const) {
      const values = measured.tail.map((point) => point[key]);
      expect(values).toEqual([...new Set(values)].sort((a, b) => a - b));
    }
    expect(calibrationOf(measured.modelId)).toBe(measured);
    expect(calibrationOf('unknown')).toBeUndefined();
  });

  it('does not let a handful of odd pairs decide how the tail goes on', () => {
    const odd: Calibration = {
      ...calibration,
      tail: [{ distance: 0.05, fmr: 5 / calibration.pairs }, ...calibration.tail],
    };
    expect(distanceAtRate(odd, 1e-8)).toBeCloseTo(distanceAtRate(calibration, 1e-8), 10);
  });

  it('refuses a calibration that knows nothing', () => {
    expect(() => distanceAtRate({ ...calibration, pairs: 10 }, 1e-4)).toThrow('two rates');
  });
});
