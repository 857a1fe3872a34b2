// Pay periods, their life, and what is emitted of them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDate, parseDate } from '../schedule/calendar.js';
import { adjustmentsOf, deltaOf, ncpDaysOf, payFigures, totalOf } from './events.js';
import { canonicalText, lockText } from './lock.js';
import { type PayCycle, nextPayPeriod, payPeriodOf } from './pay-period.js';
import { type PeriodAction, type PeriodActor, type PeriodState, actOnPeriod } from './period-state.js';

const span = (cycle: PayCycle, date: string): string[] => {
  const { from, to, label } = payPeriodOf(cycle, parseDate(date) ?? NaN);
  return [formatDate(from), formatDate(to), label];
};

describe('pay periods', () => {
  it('are calendar months, or begin on the 21st or 26th', () => {
    expect(span({ kind: 'monthly', startDay: 1 }, '2028-02-29')).toEqual([
      '2028-02-01',
      '2028-02-29',
      '2028-02',
    ]);
    expect(span({ kind: 'monthly', startDay: 21 }, '2026-03-20')).toEqual([
      '2026-02-21',
      '2026-03-20',
      '2026-03',
    ]);
    expect(span({ kind: 'monthly', startDay: 21 }, '2026-03-21')).toEqual([
      '2026-03-21',
      '2026-04-20',
      '2026-04',
    ]);
    expect(span({ kind: 'monthly', startDay: 26 }, '2026-01-03')).toEqual([
      '2025-12-26',
      '2026-01-25',
      '2026-01',
    ]);
    expect(span({ kind: 'monthly', startDay: 26 }, '2026-12-31')).toEqual([
      '2026-12-26',
      '2027-01-25',
      '2027-01',
    ]);
  });

  it('are weeks that begin on a chosen day', () => {
    expect(span({ kind: 'weekly', startsOn: 1 }, '2026-03-08')).toEqual([
      '2026-03-02',
      '2026-03-08',
      '2026-03-02',
    ]);
    expect(span({ kind: 'weekly', startsOn: 0 }, '2026-03-08')).toEqual([
      '2026-03-08',
      '2026-03-14',
      '2026-03-08',
    ]);
  });

  it('follow each other without a gap', () => {
    for (const cycle of [
      { kind: 'monthly', startDay: 1 },
      { kind: 'monthly', startDay: 21 },
      { kind: 'weekly', startsOn: 3 },
    ] as const) {
      let period = payPeriodOf(cycle, parseDate('2027-12-30') ?? NaN);
      for (let turn = 0; turn < 40; turn += 1) {
        const next = nextPayPeriod(cycle, period);
        expect(next.from).toBe(period.to + 1);
        period = next;
      }
    }
  });
});

describe('the life of a pay period', () => {
  const hr: PeriodActor = { userId: 'meera', role: 'hr' };
  const finance: PeriodActor = { userId: 'arjun', role: 'finance' };
  const draft: PeriodState = { state: 'draft' };
  const review: PeriodAction = { kind: 'review', openExceptions: 0, acceptedExceptions: 0 };
  const after = (from: PeriodState, action: PeriodAction, actor: PeriodActor): PeriodState => {
    const done = actOnPeriod(from, action, actor);
    if (!done.ok) throw new Error(done.error);
    return done.value;
  };
  const refusal = (from: PeriodState, action: PeriodAction, actor: PeriodActor): string => {
    const done = actOnPeriod(from, action, actor);
    return done.ok ? done.value.state : done.error;
  };
  const reviewed = after(draft, review, hr);
  const approved = after(reviewed, { kind: 'approve' }, finance);
  const locked = after(approved, { kind: 'lock', lockHash: 'abc' }, hr);

  it('goes from draft to locked and remembers who did what', () => {
    expect(locked).toEqual({ state: 'locked', reviewedBy: 'meera', approvedBy: 'arjun', lockHash: 'abc' });
  });

  it('needs four eyes', () => {
    expect(refusal(reviewed, { kind: 'approve' }, { userId: 'meera', role: 'owner' })).toBe(
      'PERIOD_SAME_PERSON',
    );
    expect(refusal(reviewed, { kind: 'approve' }, hr)).toBe('PERIOD_ROLE');
    expect(refusal(draft, review, finance)).toBe('PERIOD_ROLE');
  });

  it('skips no step', () => {
    expect(refusal(draft, { kind: 'approve' }, finance)).toBe('PERIOD_WRONG_STATE');
    expect(refusal(reviewed, { kind: 'lock', lockHash: 'x' }, hr)).toBe('PERIOD_WRONG_STATE');
    expect(refusal(reviewed, review, hr)).toBe('PERIOD_WRONG_STATE');
  });

  it('is not reviewed over exceptions that nobody accepted', () => {
    expect(refusal(draft, { ...review, openExceptions: 2 }, hr)).toBe('PERIOD_EXCEPTIONS_OPEN');
    expect(refusal(draft, { ...review, openExceptions: 2, acceptedExceptions: 2 }, hr)).toBe('reviewed');
  });

  it('can be reopened with a reason until it is locked', () => {
    expect(refusal(approved, { kind: 'reopen', reason: ' ' }, hr)).toBe('PERIOD_REASON_MISSING');
    expect(after(approved, { kind: 'reopen', reason: 'a leave came late' }, hr)).toEqual(draft);
    expect(refusal(draft, { kind: 'reopen', reason: 'x' }, hr)).toBe('PERIOD_WRONG_STATE');
    for (const action of [review, { kind: 'approve' }, { kind: 'reopen', reason: 'x' }] as const)
      expect(refusal(locked, action, hr)).toBe('PERIOD_LOCKED');
  });
});

describe('figures', () => {
  const summary = {
    employedDays: 31,
    payableDays: 29.5,
    lopDays: 1,
    lateLopDays: 0.5,
    presentDays: 24,
    lateCount: 3,
    overtimeMin: 90,
    nightMin: 0,
    workedMin: 11_000,
    exceptions: 0,
  };
  const events = [
    { code: 'OVERTIME_MIN', quantity: 60, rate: 2, days: [] },
    { code: 'OVERTIME_MIN', quantity: 30, rate: 1.5, days: [] },
  ] as const;
  const figures = payFigures(summary, events, { ncpRounding: 'half-up', encashedDays: 0 });

  it('hold days, losses by the stated rounding and overtime by rate', () => {
    expect(figures).toEqual([
      { code: 'PAYABLE_DAYS', quantity: 29.5, rate: null },
      { code: 'NCP_DAYS', quantity: 2, rate: null },
      { code: 'LATE_COUNT', quantity: 3, rate: null },
      { code: 'OVERTIME_MIN', quantity: 60, rate: 2 },
      { code: 'OVERTIME_MIN', quantity: 30, rate: 1.5 },
    ]);
    expect([ncpDaysOf(1.5, 'down'), ncpDaysOf(1.5, 'up'), ncpDaysOf(1.4, 'half-up')]).toEqual([1, 2, 1]);
  });

  it('are emitted once and revised by differences', () => {
    expect(deltaOf(figures, figures)).toEqual([]);
    const changed = figures.map((one) => (one.rate === 2 ? { ...one, quantity: 45 } : one));
    const delta = deltaOf(figures, changed);
    expect(delta).toEqual([{ code: 'OVERTIME_MIN', quantity: -15, rate: 2 }]);
    expect(deltaOf([...figures, ...delta], changed)).toEqual([]);
    expect(totalOf([...figures, ...delta]).find(({ rate }) => rate === 2)?.quantity).toBe(45);
    expect(deltaOf(figures, []).reduce((sum, { quantity }) => sum + quantity, 0)).toBe(-124.5 - 0);
  });

  it('of a locked period never change: the difference is paid in the next', () => {
    const locked = structuredClone(figures);
    const late = figures.map((one) => (one.code === 'PAYABLE_DAYS' ? { ...one, quantity: 30.5 } : one));
    const about = { reason: 'late-punch', ofPeriodFrom: 20_513, paidInFrom: 20_544 } as const;
    expect(adjustmentsOf(figures, late, about)).toEqual([
      { code: 'PAYABLE_DAYS', quantity: 1, rate: null, ...about },
    ]);
    expect(figures).toEqual(locked);
  });
});

describe('whatever is emitted', () => {
  const anyFigures = fc.array(
    fc.record({
      code: fc.constantFrom('PAYABLE_DAYS', 'OVERTIME_MIN', 'NIGHT_MIN'),
      quantity: fc.integer({ min: -500, max: 500 }),
      rate: fc.constantFrom(null, 1.5, 2),
    }),
    { maxLength: 12 },
  );
  const sums = (figures: Parameters<typeof totalOf>[0]): Map<string, number> =>
    new Map(
      totalOf(figures)
        .filter(({ quantity }) => quantity !== 0)
        .map(({ code, rate, quantity }): [string, number] => [`${code} ${String(rate)}`, quantity]),
    );

  it('and revised any number of times sums to the present, and never touches what was emitted', () => {
    fc.assert(
      fc.property(fc.array(anyFigures, { minLength: 1, maxLength: 6 }), (states) => {
        let emitted: Parameters<typeof totalOf>[0] = [];
        for (const state of states) {
          const before = structuredClone(emitted);
          const delta = deltaOf(emitted, state);
          expect(emitted).toEqual(before);
          emitted = [...emitted, ...delta];
          expect(sums(emitted)).toEqual(sums(state));
          expect(deltaOf(emitted, state)).toEqual([]);
        }
      }),
    );
  });

  it('of a locked period is paid by adjustments that make up the difference exactly', () => {
    fc.assert(
      fc.property(anyFigures, anyFigures, (locked, recomputed) => {
        const before = structuredClone(locked);
        const about = { reason: 'correction', ofPeriodFrom: 1, paidInFrom: 32 } as const;
        const adjustments = adjustmentsOf(locked, recomputed, about);
        expect(locked).toEqual(before);
        expect(sums([...locked, ...adjustments])).toEqual(sums(recomputed));
      }),
    );
  });
});

describe('the text of a lock', () => {
  const person = (personId: string, at: string) => ({
    personId,
    scenario: { punches: [at], a: 1 },
    figures: [],
  });

  it('does not depend on the order of people, packs or keys', () => {
    const one = { people: [person('b', 'x'), person('a', 'y')], packs: ['q@1', 'p@2'], tzdb: '2025c' };
    const two = { tzdb: '2025c', packs: ['p@2', 'q@1'], people: [person('a', 'y'), person('b', 'x')] };
    expect(lockText(one)).toBe(lockText(two));
    expect(canonicalText({ b: [1, null], a: undefined, c: 'é"' })).toBe('{"b":[1,null],"c":"é\\""}');
  });

  it('changes with any input, pack or zone data', () => {
    const base = { people: [person('a', 'x')], packs: ['p@1'], tzdb: '2025c' };
    const texts = [
      base,
      { ...base, people: [person('a', 'y')] },
      { ...base, packs: ['p@2'] },
      { ...base, tzdb: '2026a' },
    ].map(lockText);
    expect(new Set(texts).size).toBe(4);
  });
});
