// The offsets of an IANA zone as plain data, read from the time zone data of this Node. The rules never ask Intl
// themselves, so that the same data always gives the same bytes.
import { IANAZone } from 'luxon';
import type { ZoneRules } from '@hazri/shared/domain/schedule/zone-rules';

const MIN_MS = 60_000;
const DAY_MS = 86_400_000;
/** No zone has changed its offset twice within so few days since 1970 without coming back to it. */
const STEP_MS = DAY_MS;

/** Whether this Node knows the zone by this IANA name. */
export const isIanaZone = (zone: string): boolean => /^[A-Za-z]/.test(zone) && IANAZone.isValidZone(zone);

/** Exact for instants from `fromMs` to `toMs`; before and after, the nearest offset is taken to go on. */
export function zoneRules(name: string, fromMs: number, toMs: number): ZoneRules {
  const zone = IANAZone.create(name);
  const offsetMs = (atMs: number): number => zone.offset(atMs) * MIN_MS;
  const startsMs = [-Infinity];
  const offsetsMs = [offsetMs(fromMs)];
  for (let atMs = fromMs; atMs < toMs; atMs += STEP_MS) {
    let before = atMs;
    let after = Math.min(atMs + STEP_MS, toMs);
    const old = offsetMs(before);
    if (offsetMs(after) === old) continue;
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (offsetMs(middle) === old) before = middle;
      else after = middle;
    }
    startsMs.push(after);
    offsetsMs.push(offsetMs(after));
  }
  return { zone: name, tzdb: process.versions.tz ?? 'unknown', startsMs, offsetsMs };
}
