// Calendar dates as whole numbers: days since 1970-01-01 in the proleptic Gregorian calendar, without any time zone.

/** Days since 1970-01-01. */
export type DayNumber = number;

/** Sunday first, as in `weekdayOf`. */
export const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const DAY_MS = 86_400_000;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The date of a `YYYY-MM-DD`; null for anything else and for a date that the calendar does not have. */
export function parseDate(text: string): DayNumber | null {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const atMs = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const date = atMs / DAY_MS;
  return Number(year) >= 1000 && formatDate(date) === text ? date : null;
}

/** `YYYY-MM-DD`. */
export function formatDate(date: DayNumber): string {
  return new Date(date * DAY_MS).toISOString().slice(0, 10);
}

/** 0 is Sunday. */
export const weekdayOf = (date: DayNumber): number => (((date + 4) % 7) + 7) % 7;

/** Which one of its weekday a date is in its month, from 1: the second Saturday is 2. */
export function occurrenceInMonth(date: DayNumber): number {
  return Math.floor((new Date(date * DAY_MS).getUTCDate() - 1) / 7) + 1;
}

/** The same day of another month; a day that the month lacks becomes its last. */
export function addMonths(date: DayNumber, months: number): DayNumber {
  const at = new Date(date * DAY_MS);
  const first = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1);
  const daysInMonth = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months + 1, 0)).getUTCDate();
  return first / DAY_MS + Math.min(at.getUTCDate(), daysInMonth) - 1;
}

const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Minutes after midnight of an `HH:MM`, 0..1439; null for anything else. */
export function parseTimeOfDay(text: string): number | null {
  const [, hour, minute] = TIME.exec(text) ?? [];
  return hour === undefined || minute === undefined ? null : Number(hour) * 60 + Number(minute);
}
