// The local calendar date of an instant.
import { DateTime } from 'luxon';

/** YYYY-MM-DD; in UTC when the zone is not known. */
export function localDateAt(atMs: number, zone: string): string {
  const local = DateTime.fromMillis(atMs, { zone });
  return (local.isValid ? local : DateTime.fromMillis(atMs, { zone: 'utc' })).toFormat('yyyy-MM-dd');
}
