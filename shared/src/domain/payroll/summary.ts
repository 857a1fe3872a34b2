// What a period's days come to for pay: the summary, and the events that a payroll takes over.
import type { DayNumber } from '../schedule/calendar.js';
import type { DayResult } from '../attendance/day-result.js';
import type { Policy } from '../attendance/scenario.js';

export interface PeriodSummary {
  readonly employedDays: number;
  /** employedDays - lopDays - lateLopDays */
  readonly payableDays: number;
  readonly lopDays: number;
  readonly lateLopDays: number;
  /** Present 1, half days 0.5. */
  readonly presentDays: number;
  /** Days that a late rule counts. */
  readonly lateCount: number;
  readonly overtimeMin: number;
  readonly nightMin: number;
  readonly workedMin: number;
  readonly exceptions: number;
}

export type PayrollEventCode = 'REGULAR_MIN' | 'OVERTIME_MIN' | 'NIGHT_MIN' | 'LOP_DAYS' | 'LATE_LOP_DAYS';

export interface PayrollEvent {
  readonly code: PayrollEventCode;
  /** Minutes or days, as the code says; never 0. */
  readonly quantity: number;
  /** Multiple of the ordinary rate, from the rule pack; null without one. */
  readonly rate: number | null;
  /** The dates it comes from, in order. */
  readonly days: readonly DayNumber[];
}

/** Days may cost fractions; sums of them carry no dust of binary fractions. */
const tidy = (value: number): number => Math.round(value * 1e6) / 1e6;

const isLate = ({ status, lateMin }: DayResult): boolean => status === 'P' && lateMin > 0;

function presenceOf({ status, workedMin }: DayResult): number {
  if (status === 'P') return 1;
  if (status === 'HD') return 0.5;
  return status.startsWith('HD+L:') && workedMin > 0 ? 0.5 : 0;
}

/** The late days that cost: every nth. */
function costlyLateDays(days: readonly DayResult[], { lateRule }: Pick<Policy, 'lateRule'>): DayResult[] {
  if (lateRule === null) return [];
  return days.filter(isLate).filter((_day, at) => (at + 1) % lateRule.everyNth === 0);
}

export function summarise(days: readonly DayResult[], policy: Pick<Policy, 'lateRule'>): PeriodSummary {
  const total = (of: (day: DayResult) => number): number => days.reduce((sum, day) => sum + of(day), 0);
  const employedDays = total(({ status }) => (status === 'NE' ? 0 : 1));
  const lopDays = total((day) => day.lopDays);
  const lateLopDays = tidy(costlyLateDays(days, policy).length * (policy.lateRule?.costDays ?? 0));
  return {
    employedDays,
    payableDays: tidy(employedDays - lopDays - lateLopDays),
    lopDays,
    lateLopDays,
    presentDays: total(presenceOf),
    lateCount: total((day) => (isLate(day) ? 1 : 0)),
    overtimeMin: total((day) => day.overtimeMin),
    nightMin: total((day) => day.nightMin),
    workedMin: total((day) => day.workedMin),
    exceptions: total((day) => day.exceptions.length),
  };
}

/** The multiple of the ordinary rate that holds on a date; null without one. */
export type RateOn = (code: PayrollEventCode, date: DayNumber) => number | null;

export function payrollEvents(
  days: readonly DayResult[],
  policy: Pick<Policy, 'lateRule'>,
  rateOn: RateOn,
): PayrollEvent[] {
  const events: PayrollEvent[] = [];
  const add = (code: PayrollEventCode, from: readonly DayResult[], of: (day: DayResult) => number): void => {
    const own = from.filter((day) => of(day) !== 0);
    for (const rate of new Set(own.map(({ date }) => rateOn(code, date)))) {
      const days = own.filter(({ date }) => rateOn(code, date) === rate);
      const quantity = tidy(days.reduce((sum, day) => sum + of(day), 0));
      if (quantity !== 0) events.push({ code, quantity, rate, days: days.map(({ date }) => date) });
    }
  };
  add('REGULAR_MIN', days, (day) => (day.isWorkingDate ? day.workedMin - day.overtimeMin : 0));
  add('OVERTIME_MIN', days, (day) => day.overtimeMin);
  add('NIGHT_MIN', days, (day) => day.nightMin);
  add('LOP_DAYS', days, (day) => day.lopDays);
  add('LATE_LOP_DAYS', costlyLateDays(days, policy), () => policy.lateRule?.costDays ?? 0);
  return events;
}
