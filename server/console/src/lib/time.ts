// Instants and durations as people read them: always in a named zone, always 24-hour, Latin digits in every language.
// Never uses the browser's zone without being told to.
import { DateTime } from 'luxon';

const INTL_LOCALE: Readonly<Record<string, string>> = { en: 'en-IN', hi: 'hi-IN' };

function at(ms: number, zone: string, language: string): DateTime {
  return DateTime.fromMillis(ms, { zone }).reconfigure({
    locale: INTL_LOCALE[language] ?? 'en-IN',
    numberingSystem: 'latn',
  });
}

/** 09:02 */
export function clock(ms: number, zone: string): string {
  return at(ms, zone, 'en').toFormat('HH:mm');
}

/** 20 Nov, or 20 Nov 2025 when the year is not that of `nowMs`. */
export function shortDate(ms: number, zone: string, language: string, nowMs: number): string {
  const instant = at(ms, zone, language);
  return instant.toFormat(instant.year === at(nowMs, zone, language).year ? 'd LLL' : 'd LLL yyyy');
}

/** Friday, 20 November 2026, from a calendar date. */
export function longDate(date: string, language: string): string {
  return DateTime.fromISO(date, { zone: 'utc' })
    .reconfigure({ locale: INTL_LOCALE[language] ?? 'en-IN', numberingSystem: 'latn' })
    .toFormat('cccc, d LLLL yyyy');
}

/** 20 Nov 2026, from a calendar date. */
export function mediumDate(date: string, language: string): string {
  return DateTime.fromISO(date, { zone: 'utc' })
    .reconfigure({ locale: INTL_LOCALE[language] ?? 'en-IN', numberingSystem: 'latn' })
    .toFormat('d LLL yyyy');
}

/** November 2026, from YYYY-MM. */
export function monthName(month: string, language: string): string {
  return DateTime.fromISO(`${month}-01`, { zone: 'utc' })
    .reconfigure({ locale: INTL_LOCALE[language] ?? 'en-IN', numberingSystem: 'latn' })
    .toFormat('LLLL yyyy');
}

/** Fri, 20 Nov 2026, 09:02:14 · Asia/Kolkata (UTC+5:30) */
export function absolute(ms: number, zone: string, language: string): string {
  const instant = at(ms, zone, language);
  return `${instant.toFormat('ccc, d LLL yyyy, HH:mm:ss')} · ${zone} (UTC${instant.toFormat('Z')})`;
}

/** The calendar date of an instant in a zone, YYYY-MM-DD. */
export function localDateOf(ms: number, zone: string): string {
  return at(ms, zone, 'en').toFormat('yyyy-MM-dd');
}

export function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export interface DurationWords {
  readonly hour: string;
  readonly minute: string;
}

/** Whole minutes as "7 h 40 m"; never a decimal. */
export function duration(minutes: number, words: DurationWords): string {
  const whole = Math.max(0, Math.floor(minutes));
  const hours = Math.floor(whole / 60);
  const rest = `${String(whole % 60)} ${words.minute}`;
  return hours === 0 ? rest : `${String(hours)} ${words.hour} ${rest}`;
}

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** "2 min ago", "in 9 min"; under a minute "now". */
export function relative(ms: number, nowMs: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(`${INTL_LOCALE[language] ?? 'en-IN'}-u-nu-latn`, {
    numeric: 'auto',
    style: 'short',
  });
  const distanceMs = ms - nowMs;
  for (const [unit, unitMs] of STEPS) {
    if (Math.abs(distanceMs) >= unitMs) return format.format(Math.trunc(distanceMs / unitMs), unit);
  }
  return format.format(0, 'second');
}

/** Remaining time as 9:05; never negative. */
export function countdown(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`;
}

/** The month of a calendar date and its neighbours, YYYY-MM. */
export function shiftMonth(month: string, by: number): string {
  return DateTime.fromISO(`${month}-01`, { zone: 'utc' }).plus({ months: by }).toFormat('yyyy-MM');
}

export interface MonthGrid {
  /** Empty cells before the first day in a week that begins on Monday. */
  readonly lead: number;
  /** Calendar dates, YYYY-MM-DD, in order. */
  readonly dates: readonly string[];
}

export function monthGrid(month: string): MonthGrid {
  const first = DateTime.fromISO(`${month}-01`, { zone: 'utc' });
  const dates = Array.from({ length: first.daysInMonth ?? 0 }, (_, day) =>
    first.plus({ days: day }).toFormat('yyyy-MM-dd'),
  );
  return { lead: first.weekday - 1, dates };
}

/** Mon … Sun as single short names. */
export function weekdayNames(language: string): readonly string[] {
  const monday = DateTime.fromISO('2026-01-05', { zone: 'utc' }).setLocale(INTL_LOCALE[language] ?? 'en-IN');
  return Array.from({ length: 7 }, (_, day) => monday.plus({ days: day }).toFormat('ccc'));
}
