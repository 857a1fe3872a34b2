// Fills the quarters of an hour in which nobody arrived, so that a gap in the morning is seen as a gap.
import type { Today } from '@hazri/shared/protocol/console-types';
import { DateTime } from 'luxon';

const QUARTER_MS = 900_000;
const MOST_BARS = 96;

/** Consecutive quarters from the local hour of the first arrival to the end of that of the last, in order. */
export function filledQuarters(arrivals: Today['arrivals'], zone: string): Today['arrivals'] {
  const times = arrivals.filter((bar) => bar.count > 0).map((bar) => bar.atMs);
  if (times.length === 0) return [];
  const firstMs = DateTime.fromMillis(Math.min(...times), { zone })
    .startOf('hour')
    .toMillis();
  const endMs = DateTime.fromMillis(Math.max(...times), { zone })
    .endOf('hour')
    .toMillis();
  const counts = new Map<number, number>();
  for (const { atMs, count } of arrivals) {
    const index = Math.floor((atMs - firstMs) / QUARTER_MS);
    counts.set(index, (counts.get(index) ?? 0) + count);
  }
  const bars = Math.min(MOST_BARS, Math.ceil((endMs - firstMs) / QUARTER_MS));
  return Array.from({ length: bars }, (_, index) => ({
    atMs: firstMs + index * QUARTER_MS,
    count: counts.get(index) ?? 0,
  }));
}
