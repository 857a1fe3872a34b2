// Local dates and their instants in an IANA zone.
import { DateTime } from 'luxon';
import { UserError } from '@hazri/shared/result';

export interface LocalDay {
  /** YYYY-MM-DD */
  readonly date: string;
  /** UTC ms of its first instant, and of the next day's. */
  readonly startMs: number;
  readonly endMs: number;
}

/** The day that was asked for last in each zone: nearly every question is about the same one. */
const lastDays = new Map<string, LocalDay>();
const ZONES_AT_MOST = 1000;

export function localDayAt(atMs: number, zone: string): LocalDay {
  const last = lastDays.get(zone);
  if (last !== undefined && atMs >= last.startMs && atMs < last.endMs) return last;
  const day = dayOf(DateTime.fromMillis(atMs, { zone }));
  if (lastDays.size >= ZONES_AT_MOST) lastDays.clear();
  lastDays.set(zone, day);
  return day;
}

/** Throws UserError REQUEST_INVALID for a date that the calendar does not have. */
export function localDay(date: string, zone: string): LocalDay {
  return dayOf(DateTime.fromISO(date, { zone }));
}

function dayOf(moment: DateTime): LocalDay {
  const start = moment.startOf('day');
  const date = start.toISODate();
  if (date === null) throw new UserError('REQUEST_INVALID', 'This date or time zone does not exist.');
  return { date, startMs: start.toMillis(), endMs: start.plus({ days: 1 }).toMillis() };
}

/** `2026-11-20` and `09:02:07` in the zone, for tables that people read. */
export function localDateAndTime(atMs: number, zone: string): { date: string; time: string } {
  const moment = DateTime.fromMillis(atMs, { zone });
  return { date: moment.toFormat('yyyy-MM-dd'), time: moment.toFormat('HH:mm:ss') };
}
