// What a date is for one person: which shift, and whether it is off. Holidays beat the roster, a named date beats the
// rotation, the rotation beats weekly offs, and weekly offs beat the default.
import { type DayNumber, occurrenceInMonth, weekdayOf } from './calendar.js';

/** `OFF` in a roster: no shift on that date. */
export const OFF = 'OFF';

export interface WeeklyOff {
  /** 0 is Sunday. */
  readonly weekday: number;
  /** Only these occurrences in the month (second and fourth Saturday: 2, 4); null for every one. */
  readonly occurrences: readonly number[] | null;
}

/** A change of one date with a colleague. It counts only when both have agreed. */
export interface Swap {
  readonly date: DayNumber;
  /** Shift id or `OFF`. */
  readonly takes: string;
  readonly isAgreedByEmployee: boolean;
  readonly isAgreedByColleague: boolean;
}

export interface Roster {
  readonly defaultShift: string;
  readonly weeklyOffs: readonly WeeklyOff[];
  /** Shift id or `OFF` by date. */
  readonly dates: ReadonlyMap<DayNumber, string>;
  /** Repeats for ever in both directions; `anchor` is the date of its first entry. */
  readonly rotation: { readonly anchor: DayNumber; readonly pattern: readonly string[] } | null;
  readonly swaps: readonly Swap[];
}

export interface RosteredDate {
  /** The shift whose break counts even when the date is off. */
  readonly shift: string;
  readonly isOff: boolean;
}

/** Whether a weekly off falls on the date. */
function isWeeklyOff(roster: Roster, date: DayNumber): boolean {
  const weekday = weekdayOf(date);
  for (const off of roster.weeklyOffs) {
    if (off.weekday !== weekday) continue;
    if (off.occurrences === null || off.occurrences.includes(occurrenceInMonth(date))) return true;
  }
  return false;
}

function namedOn(roster: Roster, date: DayNumber): string | undefined {
  for (const swap of roster.swaps) {
    if (swap.date === date && swap.isAgreedByEmployee && swap.isAgreedByColleague) return swap.takes;
  }
  const named = roster.dates.get(date);
  if (named !== undefined || roster.rotation === null) return named;
  const { anchor, pattern } = roster.rotation;
  return pattern[(((date - anchor) % pattern.length) + pattern.length) % pattern.length];
}

export function rosteredOn(roster: Roster, date: DayNumber): RosteredDate {
  const named = namedOn(roster, date);
  if (named === OFF) return { shift: roster.defaultShift, isOff: true };
  if (named !== undefined) return { shift: named, isOff: false };
  return { shift: roster.defaultShift, isOff: isWeeklyOff(roster, date) };
}
