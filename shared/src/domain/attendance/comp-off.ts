// Compensatory off: work on a day off earns a day, which is taken before it expires; the oldest goes first.
import type { DayNumber } from '../schedule/calendar.js';
import type { DayResult } from './day-result.js';

export interface CompOffPolicy {
  /** Work on an off date from which a whole day is earned, and half a day. */
  readonly fullDayMin: number;
  readonly halfDayMin: number;
  /** Days for which it can be taken, the date itself not counted (Factories Act s.53: the month and the next two). */
  readonly validDays: number;
}

export interface CompOffCredit {
  readonly earnedOn: DayNumber;
  /** Last date on which it may be taken. */
  readonly expiresOn: DayNumber;
  readonly days: number;
}

/** What the days of a period earn. */
export function compOffEarned(days: readonly DayResult[], policy: CompOffPolicy): CompOffCredit[] {
  const credits: CompOffCredit[] = [];
  for (const { date, status, workedMin } of days) {
    if ((status !== 'WO' && status !== 'H') || workedMin < policy.halfDayMin) continue;
    const earned = workedMin >= policy.fullDayMin ? 1 : 0.5;
    credits.push({ earnedOn: date, expiresOn: date + policy.validDays, days: earned });
  }
  return credits;
}

export interface CompOffBalance {
  readonly left: readonly CompOffCredit[];
  readonly expiredDays: number;
  /** Dates for which nothing was left to take. */
  readonly refused: readonly DayNumber[];
}

/** Takes `days` on each date from the oldest credit that is valid then, all of it or nothing. */
export function takeCompOff(
  credits: readonly CompOffCredit[],
  taken: readonly { readonly date: DayNumber; readonly days: number }[],
  today: DayNumber,
): CompOffBalance {
  let left = [...credits].sort((a, b) => a.earnedOn - b.earnedOn);
  const refused: DayNumber[] = [];
  for (const { date, days } of [...taken].sort((a, b) => a.date - b.date)) {
    const isValid = (credit: CompOffCredit): boolean => credit.earnedOn < date && date <= credit.expiresOn;
    let open = days;
    const after = left.map((credit) => {
      const used = isValid(credit) ? Math.min(open, credit.days) : 0;
      open -= used;
      return { ...credit, days: credit.days - used };
    });
    if (open > 0) refused.push(date);
    else left = after;
  }
  const expiredDays = left.reduce((sum, credit) => sum + (credit.expiresOn < today ? credit.days : 0), 0);
  return { left: left.filter(({ days, expiresOn }) => days > 0 && expiresOn >= today), expiredDays, refused };
}
