// Decisions from an error budget: what each outcome needs, and that the promise behind the threshold holds.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Calibration } from './calibration-type.js';
import { DEFAULT_MATCHING_POLICY, decide, scoreOf } from './decide.js';
import type { RankedPerson } from './rank.js';
import { identificationThreshold } from './threshold.js';

/** Each tenth of score is ten times rarer; with no rival to speak of, score and likeness are nearly the same. */
const calibration: Calibration = {
  modelId: 'test',
  people: 1000,
  pairs: 1_000_000_000,
  tail: [],
  crowding: [],
  fused: [0],
  usualRival: 0,
  tails: [
    {
      people: 1,
      attempts: 1_000_000_000,
      points: [6, 5, 4, 3, 2].map((tenths) => ({ score: tenths / 10, rate: 10 ** -tenths })),
    },
  ],
};
const policy = DEFAULT_MATCHING_POLICY;
const like = (likeness: number, personId = 'first'): RankedPerson => ({ personId, likeness });
const NOBODY: ReadonlySet<string> = new Set();

interface Around {
  readonly people?: number;
  readonly expected?: ReadonlySet<string>;
  readonly pairs?: Readonly<Record<string, readonly string[]>>;
}

const of = (candidates: readonly RankedPerson[], { people = 100, expected, pairs }: Around = {}) =>
  decide({
    ranking: { people, candidates },
    calibration,
    policy,
    ...(expected === undefined ? {} : { expected }),
    ...(pairs === undefined ? {} : { lookAlikesOf: (id: string) => new Set(pairs[id] ?? NOBODY) }),
  });
const threshold = identificationThreshold({ calibration, people: 100, wrongPerThousand: 1 });

describe('decide', () => {
  it('says that nobody is enrolled', () => {
    expect(of([], { people: 0 })).toEqual({ kind: 'not-recognised', reason: 'GALLERY_EMPTY' });
  });

  it('accepts exactly at the threshold and not below', () => {
    expect(threshold).toBeCloseTo(0.5 + Math.log10(2) / 10, 10);
    expect(of([like(threshold)])).toEqual({ kind: 'accepted', personId: 'first' });
    expect(of([like(threshold - 1e-9)])).toEqual({ kind: 'second-factor', reason: 'UNSURE' });
  });

  it('accepts the only person and one of two', () => {
    expect(of([like(0.9)], { people: 1 })).toEqual({ kind: 'accepted', personId: 'first' });
    expect(of([like(0.9), like(0.2, 'second')], { people: 2 })).toEqual({
      kind: 'accepted',
      personId: 'first',
    });
  });

  it('asks when a rival takes off what is needed, or is all but equal', () => {
    expect(of([like(0.55), like(0.3, 'second')])).toEqual({ kind: 'second-factor', reason: 'AMBIGUOUS' });
    expect(of([like(0.95), like(0.948, 'second')])).toEqual({ kind: 'second-factor', reason: 'AMBIGUOUS' });
    expect(of([like(0.95), like(0.5, 'second')]).kind).toBe('accepted');
  });

  it('does not recognise what is far', () => {
    expect(of([like(0.1), like(0, 'second')])).toEqual({ kind: 'not-recognised', reason: 'NO_MATCH' });
  });

  it('asks only the people of a look-alike pair for the second factor, even far apart', () => {
    const pairs = { first: ['twin'], twin: ['first'] };
    const asked = { kind: 'second-factor', reason: 'LOOK_ALIKE' };
    expect(of([like(0.9), like(0.899, 'twin')], { pairs })).toEqual(asked);
    expect(of([like(0.9, 'twin'), like(0.1, 'first')], { pairs })).toEqual(asked);
    expect(of([like(0.9, 'other'), like(0.5, 'twin')], { pairs }).kind).toBe('accepted');
  });

  it('does not hold a look-alike against the other of the pair, but anybody else', () => {
    const pairs = { first: ['twin'] };
    expect(of([like(0.55), like(0.5, 'twin'), like(0, 'far')], { pairs })).toMatchObject({
      reason: 'LOOK_ALIKE',
    });
    expect(of([like(0.55), like(0.5, 'twin'), like(0.4, 'near')], { pairs })).toMatchObject({
      reason: 'AMBIGUOUS',
    });
  });

  it('looks among those who are expected first: they need less, all others a little more', () => {
    const expected = new Set(['first', 'second', 'third', 'fourth', 'fifth']);
    expect(of([like(0.45)]).kind).toBe('second-factor');
    expect(of([like(0.45)], { expected }).kind).toBe('accepted');
    expect(of([like(threshold, 'elsewhere')]).kind).toBe('accepted');
    expect(of([like(threshold, 'elsewhere')], { expected }).kind).toBe('second-factor');
    expect(of([like(0.6, 'elsewhere')], { expected }).kind).toBe('accepted');
  });

  it('never spends more than the budget on strangers, whoever is expected', () => {
    const size = fc.integer({ min: 1, max: 3000 });
    fc.assert(
      fc.property(size, size, (expectedCount, othersCount) => {
        const people = expectedCount + othersCount;
        const expected = new Set(Array.from({ length: expectedCount }, (_, at) => `e${String(at)}`));
        const rate = (personId: string): number => {
          // The tail of the test says what share of strangers reaches the lowest accepted score.
          let [low, high] = [0, 1];
          for (let step = 0; step < 40; step += 1) {
            const middle = (low + high) / 2;
            if (of([like(middle, personId)], { people, expected }).kind === 'accepted') high = middle;
            else low = middle;
          }
          return 10 ** (-10 * high);
        };
        expect(rate('e0') * expectedCount + rate('other') * people).toBeLessThanOrEqual(0.001 * (1 + 1e-6));
      }),
      { numRuns: 30 },
    );
  });

  it('never answers with a number', () => {
    const likeness = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(likeness, likeness, fc.integer({ min: 2, max: 100_000 }), (a, b, people) => {
        const text = JSON.stringify(of([like(Math.max(a, b)), like(Math.min(a, b), 'second')], { people }));
        expect(text).not.toMatch(/[0-9]/);
      }),
    );
  });
});

describe('scoreOf', () => {
  it('falls as the runner-up comes nearer, and never rises because there are few people', () => {
    const real = { ...calibration, usualRival: 0.8 };
    const score = (candidates: RankedPerson[]) => scoreOf({ people: candidates.length, candidates }, real);
    expect(score([like(0.9), like(0.85, 'b')])).toBeLessThan(score([like(0.9), like(0.81, 'b')]) ?? 0);
    expect(score([like(0.9)])).toBe(score([like(0.9), like(0.1, 'b')]));
    expect(score([])).toBeUndefined();
  });
});
