// Half-open stretches of time. Every one is rounded down to the minute before it is summed.

export interface Interval {
  /** UTC epoch milliseconds; `toMs` is not part of it. */
  readonly fromMs: number;
  readonly toMs: number;
}

const MIN_MS = 60_000;

/** Whole minutes from one instant to another; 0 when it is not later. */
export const minutesBetween = (fromMs: number, toMs: number): number =>
  toMs > fromMs ? Math.floor((toMs - fromMs) / MIN_MS) : 0;

/** Whole minutes that two stretches share. */
export const sharedMin = (a: Interval, b: Interval): number =>
  minutesBetween(Math.max(a.fromMs, b.fromMs), Math.min(a.toMs, b.toMs));

export const overlaps = (a: Interval, b: Interval): boolean => a.fromMs < b.toMs && b.fromMs < a.toMs;

/** The same time as one ascending list without overlaps. */
export function merged(intervals: readonly Interval[]): Interval[] {
  const result: { fromMs: number; toMs: number }[] = [];
  for (const { fromMs, toMs } of [...intervals].sort((a, b) => a.fromMs - b.fromMs)) {
    const last = result.at(-1);
    if (last !== undefined && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else result.push({ fromMs, toMs });
  }
  return result;
}

/** What of `whole` lies in none of `holes` (ascending, without overlaps). */
export function without(whole: Interval, holes: readonly Interval[]): Interval[] {
  const left: Interval[] = [];
  let fromMs = whole.fromMs;
  for (const hole of holes) {
    if (hole.toMs <= fromMs || hole.fromMs >= whole.toMs) continue;
    if (hole.fromMs > fromMs) left.push({ fromMs, toMs: hole.fromMs });
    fromMs = Math.max(fromMs, hole.toMs);
  }
  if (fromMs < whole.toMs) left.push({ fromMs, toMs: whole.toMs });
  return left;
}
