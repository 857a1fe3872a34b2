// Local dates of a zone, and which zones there are.
import { DateTime, IANAZone } from 'luxon';

/** YYYY-MM-DD of an instant (UTC epoch milliseconds) in an IANA zone. */
export function localDate(atMs: number, zone: string): string {
  return DateTime.fromMillis(atMs, { zone }).toFormat('yyyy-MM-dd');
}

export const isZone = (zone: string): boolean => zone.includes('/') && IANAZone.isValidZone(zone);
