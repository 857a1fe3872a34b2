// Clock times and durations as the screen writes them. Always in the site's zone, never the tablet's own.
import type { Locale } from '@hazri/shared/protocol/primitives';

export interface WorkedTime {
  readonly hours: number;
  readonly minutes: number;
}

/** Whole hours and the minutes left over; a negative or broken number counts as nothing. */
export function splitMinutes(workedMin: number): WorkedTime {
  const total = Number.isFinite(workedMin) ? Math.max(0, Math.floor(workedMin)) : 0;
  return { hours: Math.floor(total / 60), minutes: total % 60 };
}

function format(atMs: number, options: { locale: Locale; zone: string | null } & Intl.DateTimeFormatOptions) {
  const { locale, zone, ...parts } = options;
  const tag = locale === 'hi' ? 'hi-IN-u-nu-latn' : 'en-GB';
  try {
    return new Intl.DateTimeFormat(tag, { ...parts, timeZone: zone ?? 'UTC' }).format(atMs);
  } catch {
    return new Intl.DateTimeFormat(tag, { ...parts, timeZone: 'UTC' }).format(atMs);
  }
}

/** `09:02`, 24 hours. An unknown zone is written in UTC, never in the tablet's own. */
export function clockTime(atMs: number, locale: Locale, zone: string | null): string {
  return format(atMs, { locale, zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** `Friday, 20 November`, for the waiting screen. */
export function longDate(atMs: number, locale: Locale, zone: string | null): string {
  return format(atMs, { locale, zone, weekday: 'long', day: 'numeric', month: 'long' });
}

/** `20 Nov 2026, 09:02:41`, for the IT corner. */
export function exactTime(atMs: number, locale: Locale, zone: string | null): string {
  return format(atMs, {
    locale,
    zone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
}

/** Hour of the day in the site's zone, 0 to 23. */
export function hourOfDay(atMs: number, zone: string | null): number {
  return Number(format(atMs, { locale: 'en', zone, hour: '2-digit', hourCycle: 'h23' }));
}
