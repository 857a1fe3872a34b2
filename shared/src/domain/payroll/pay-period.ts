// Which pay period a date lies in: calendar months, months that begin on another day (21-20, 26-25), weeks.
import { type DayNumber, formatDate, weekdayOf } from '../schedule/calendar.js';

export type PayCycle =
  /** `startDay` 1 is the calendar month; 21 runs to the 20th, 26 to the 25th. 1..28, so that every month has it. */
  | { readonly kind: 'monthly'; readonly startDay: number }
  /** 0 is Sunday. */
  | { readonly kind: 'weekly'; readonly startsOn: number };

export interface PayPeriod {
  readonly from: DayNumber;
  /** Inclusive. */
  readonly to: DayNumber;
  /** `2026-03` for the month in which a monthly period ends, `2026-03-02` for the first date of a week. */
  readonly label: string;
}

function firstOf(year: number, month: number, day: number): DayNumber {
  return Date.UTC(year, month, day) / 86_400_000;
}

export function payPeriodOf(cycle: PayCycle, date: DayNumber): PayPeriod {
  if (cycle.kind === 'weekly') {
    const from = date - ((weekdayOf(date) - cycle.startsOn + 7) % 7);
    return { from, to: from + 6, label: formatDate(from) };
  }
  const [year = 1970, month = 1, day = 1] = formatDate(date).split('-').map(Number);
  const begins = day >= cycle.startDay ? month - 1 : month - 2;
  const from = firstOf(year, begins, cycle.startDay);
  const to = firstOf(year, begins + 1, cycle.startDay) - 1;
  return { from, to, label: formatDate(to).slice(0, 7) };
}

export const nextPayPeriod = (cycle: PayCycle, period: PayPeriod): PayPeriod =>
  payPeriodOf(cycle, period.to + 1);
