// Fills the quarters of an hour in which nobody arrived, so that a gap in the morning is seen as a gap.
import type { Today } from '@hazri/shared/protocol/console-types';

export const QUARTER_MS = 900_000;
const MOST_BARS = 96;

/** Consecutive quarters from the hour of the first arrival to the end of the hour of the last, in order. */
export function filledQuarters(arrivals: Today['arrivals']): Today['arrivals'] {
  const times = arrivals.map((bar) => bar.atMs);
  if (times.length === 0) return [];
  const hourMs = 4 * QUARTER_MS;
  const offsetMs = (times[0] ?? 0) % QUARTER_MS;
  const first = Math.floor(Math.min(...times) / hourMs) * hourMs + offsetMs;
  const last = Math.max(...times);
  const byTime = new Map(arrivals.map((bar) => [bar.atMs, bar.count]));
  const count = Math.min(MOST_BARS, Math.ceil((last + QUARTER_MS - first) / hourMs) * 4);
  return Array.from({ length: count }, (_, index) => {
    const atMs = first + index * QUARTER_MS;
    return { atMs, count: byTime.get(atMs) ?? 0 };
  });
}
