// Requests: what the policy allows, and that nobody approves their own money.
import { describe, expect, it } from 'vitest';
import {
  type Regularisation,
  type RegularisationAct,
  type RegularisationPolicy,
  actOnRegularisation,
  askRegularisation,
  correctionOf,
} from './regularisation.js';

const policy: RegularisationPolicy = { perMonth: 3, daysBack: 30, chain: ['head', 'hr'] };
const today = 20_530;
const request = {
  employeeId: 'asha',
  askedBy: 'asha',
  date: today - 2,
  add: [{ atMs: 1, direction: 'out', device: '', quality: 'trusted' }],
  void: [],
  reason: 'the tablet was down',
  evidence: { tabletOutageMin: 45, neighbourPunches: 0, scoreBand: null },
} as const;
const now = { today, askedThisMonth: 0 };

function asked(changes: Partial<Regularisation> = {}): Regularisation {
  const done = askRegularisation({ ...request, ...changes }, policy, now);
  if (!done.ok) throw new Error(done.error);
  return done.value;
}
const outcome = (from: Regularisation, act: RegularisationAct): string => {
  const done = actOnRegularisation(from, act, policy);
  return done.ok ? done.value.state : done.error;
};
function after(from: Regularisation, act: RegularisationAct): Regularisation {
  const done = actOnRegularisation(from, act, policy);
  if (!done.ok) throw new Error(done.error);
  return done.value;
}
const head = { kind: 'approve', userId: 'ravi', role: 'head' } as const;
const hr = { kind: 'approve', userId: 'meera', role: 'hr' } as const;

describe('asking', () => {
  const refusal = (changes: Partial<typeof request>, when = now): string => {
    const done = askRegularisation({ ...request, ...changes }, policy, when);
    return done.ok ? done.value.state : done.error;
  };

  it('needs a reason and something to change', () => {
    expect(refusal({ reason: '  ' as never })).toBe('REGULARISATION_REASON_MISSING');
    expect(refusal({ add: [] as never })).toBe('REGULARISATION_EMPTY');
  });

  it('is limited in the month and in days back, and never for the future', () => {
    expect(refusal({}, { today, askedThisMonth: 3 })).toBe('REGULARISATION_TOO_MANY');
    expect(refusal({}, { today, askedThisMonth: 2 })).toBe('asked');
    expect(refusal({ date: today - 31 })).toBe('REGULARISATION_TOO_OLD');
    expect(refusal({ date: today - 30 })).toBe('asked');
    expect(refusal({ date: today + 1 })).toBe('REGULARISATION_FUTURE');
  });
});

describe('deciding', () => {
  it('goes through the chain and becomes a correction only at its end', () => {
    const once = after(asked(), head);
    expect(once.state).toBe('asked');
    expect(correctionOf(once)).toBeNull();
    const twice = after(once, hr);
    expect(correctionOf(twice)).toEqual({ date: request.date, add: request.add, void: [] });
  });

  it('keeps the order of the chain and takes every person once', () => {
    expect(outcome(asked(), hr)).toBe('REGULARISATION_ROLE');
    const once = after(asked(), head);
    expect(outcome(once, { ...hr, userId: 'ravi' })).toBe('REGULARISATION_SAME_PERSON');
  });

  it('is never done by who asked or who gains', () => {
    expect(outcome(asked(), { ...head, userId: 'asha' })).toBe('REGULARISATION_SAME_PERSON');
    expect(outcome(asked({ askedBy: 'ravi' }), head)).toBe('REGULARISATION_SAME_PERSON');
  });

  it('may reject with a reason and be withdrawn by who asked', () => {
    const reject = { kind: 'reject', userId: 'ravi', role: 'head', reason: 'not on site' } as const;
    expect(outcome(asked(), { ...reject, reason: '' })).toBe('REGULARISATION_REASON_MISSING');
    expect(outcome(asked(), reject)).toBe('rejected');
    expect(outcome(after(asked(), reject), head)).toBe('REGULARISATION_DECIDED');
    expect(outcome(asked(), { kind: 'withdraw', userId: 'ravi' })).toBe('REGULARISATION_NOT_YOURS');
    expect(outcome(asked(), { kind: 'withdraw', userId: 'asha' })).toBe('withdrawn');
  });
});
