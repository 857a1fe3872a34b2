// The port through which time zones enter the rules: a zone's offsets as plain data. Where they come from (and of which
// tzdb version they are) is the caller's business; the rules only look them up, so the same data gives the same bytes.
import type { DayNumber } from './calendar.js';

export interface ZoneRules {
  /** IANA name. */
  readonly zone: string;
  /** Version of the time zone data, such as `2025c`. */
  readonly tzdb: string;
  /** When each offset begins, UTC epoch milliseconds, ascending; the first is -Infinity. */
  readonly startsMs: readonly number[];
  /** Local time minus UTC in milliseconds, one for each start. */
  readonly offsetsMs: readonly number[];
}

const DAY_MS = 86_400_000;
const MIN_MS = 60_000;

function indexAt(rules: ZoneRules, atMs: number): number {
  const { startsMs } = rules;
  let low = 0;
  let high = startsMs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((startsMs[middle] ?? Infinity) <= atMs) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Local time minus UTC at an instant, in milliseconds. */
export const offsetAt = (rules: ZoneRules, atMs: number): number =>
  rules.offsetsMs[indexAt(rules, atMs)] ?? 0;

/**
 * The instant of a local time (`localMs` reads the wall clock as if it were UTC). A time that the clocks skip is the
 * first instant after the gap; one that they show twice is the first of the two.
 */
export function instantOf(rules: ZoneRules, localMs: number): number {
  const { startsMs, offsetsMs } = rules;
  for (let at = indexAt(rules, localMs - 2 * DAY_MS); at < startsMs.length; at += 1) {
    const atMs = localMs - (offsetsMs[at] ?? 0);
    const endMs = startsMs[at + 1] ?? Infinity;
    if (atMs < endMs) return Math.max(atMs, startsMs[at] ?? -Infinity);
  }
  return localMs;
}

/** The instant of a wall-clock minute of a date; minutes past 1440 are the next date's. */
export const instantOnDate = (rules: ZoneRules, date: DayNumber, minutes: number): number =>
  instantOf(rules, date * DAY_MS + minutes * MIN_MS);

/** The date that the wall clock shows at an instant. */
export const dateAt = (rules: ZoneRules, atMs: number): DayNumber =>
  Math.floor((atMs + offsetAt(rules, atMs)) / DAY_MS);

/**
 * A site that moves to another zone: `before` until the midnight that begins `date` on the clocks of `after`, and
 * `after` from then on. What the clocks skip or repeat at that moment is judged like any other change of an offset.
 */
export function movedZone(before: ZoneRules, after: ZoneRules, date: DayNumber): ZoneRules {
  const moveMs = instantOnDate(after, date, 0);
  const kept = before.startsMs.filter((startMs) => startMs < moveMs).length;
  const later = after.startsMs.findIndex((startMs) => startMs > moveMs);
  const following = later < 0 ? after.startsMs.length : later;
  return {
    zone: after.zone,
    tzdb: after.tzdb,
    startsMs: [...before.startsMs.slice(0, kept), moveMs, ...after.startsMs.slice(following)],
    offsetsMs: [
      ...before.offsetsMs.slice(0, kept),
      offsetAt(after, moveMs),
      ...after.offsetsMs.slice(following),
    ],
  };
}

/** ISO 8601 with the zone's offset: `2026-03-02T09:31:00+05:30`; milliseconds only when there are any. */
export function formatInstant(rules: ZoneRules, atMs: number): string {
  const offsetMin = Math.round(offsetAt(rules, atMs) / MIN_MS);
  const local = new Date(atMs + offsetMin * MIN_MS).toISOString();
  const two = (value: number): string => String(value).padStart(2, '0');
  const size = Math.abs(offsetMin);
  const offset = `${offsetMin < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  return local.slice(0, 19) + (local.slice(19, 23) === '.000' ? '' : local.slice(19, 23)) + offset;
}

const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** UTC epoch milliseconds of an ISO 8601 instant with an offset; null for anything else. */
export function parseInstant(text: string): number | null {
  const [, date] = INSTANT.exec(text) ?? [];
  if (date === undefined) return null;
  const dayMs = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(dayMs) || new Date(dayMs).toISOString().slice(0, 10) !== date) return null;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? null : atMs;
}
