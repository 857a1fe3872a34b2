// What another policy would have made of past months, before it takes effect: who gains, who loses, and how much.
import type { Computation } from '../attendance/compute.js';
import type { DayNumber } from '../schedule/calendar.js';
import { type PeriodSummary, summarise } from './summary.js';
import type { Policy } from '../attendance/scenario.js';

export interface DayChange {
  readonly date: DayNumber;
  readonly statusBefore: string;
  readonly statusAfter: string;
  /** After minus before. */
  readonly workedMin: number;
  readonly overtimeMin: number;
  readonly lateMin: number;
  readonly lopDays: number;
}

export interface PolicyComparison {
  /** Dates on which something differs, in order. */
  readonly days: readonly DayChange[];
  /** After minus before, of every figure of the summary. */
  readonly change: PeriodSummary;
  /** By payable days, then by overtime. */
  readonly verdict: 'gains' | 'loses' | 'same';
}

function dayChange(before: Computation, after: Computation, at: number): DayChange | null {
  const [one, two] = [before.days[at]?.result, after.days[at]?.result];
  if (one === undefined || two === undefined) return null;
  const change = {
    date: one.date,
    statusBefore: one.status,
    statusAfter: two.status,
    workedMin: two.workedMin - one.workedMin,
    overtimeMin: two.overtimeMin - one.overtimeMin,
    lateMin: two.lateMin - one.lateMin,
    lopDays: two.lopDays - one.lopDays,
  };
  const isSame =
    one.status === two.status &&
    change.workedMin === 0 &&
    change.overtimeMin === 0 &&
    change.lateMin === 0 &&
    change.lopDays === 0;
  return isSame ? null : change;
}

type WithPolicy = readonly [Computation, Pick<Policy, 'lateRule'>];

/** Compares two computations of one person and period under two policies. */
export function comparePolicies([before, old]: WithPolicy, [after, changed]: WithPolicy): PolicyComparison {
  const one = summarise(
    before.days.map(({ result }) => result),
    old,
  );
  const two = summarise(
    after.days.map(({ result }) => result),
    changed,
  );
  const change = Object.fromEntries(
    (Object.keys(one) as (keyof PeriodSummary)[]).map((key) => [key, two[key] - one[key]]),
  ) as unknown as PeriodSummary;
  const decisive = change.payableDays !== 0 ? change.payableDays : change.overtimeMin;
  return {
    days: before.days.map((_day, at) => dayChange(before, after, at)).filter((day) => day !== null),
    change,
    verdict: decisive > 0 ? 'gains' : decisive < 0 ? 'loses' : 'same',
  };
}
