// Punches of a month by calendar date in the zone of each punch.
import type { Punch } from '@hazri/shared/protocol/console-types';
import { clock, localDateOf } from '../../lib/time.js';

export interface DayOfPunches {
  readonly count: number;
  /** "09:02–18:31", one time when there is one punch, null without punches that count. */
  readonly span: string | null;
  /** 0 none, 1 one, 2 two, 3 three and more: the depth of the colour. */
  readonly level: 0 | 1 | 2 | 3;
}

const NOTHING: DayOfPunches = { count: 0, span: null, level: 0 };

/** Undone punches do not count. */
export function punchesByDay(punches: readonly Punch[]): ReadonlyMap<string, DayOfPunches> {
  const byDate = new Map<string, Punch[]>();
  for (const punch of punches) {
    if (punch.undoneAtMs !== null) continue;
    const date = localDateOf(punch.atMs, punch.zone);
    byDate.set(date, [...(byDate.get(date) ?? []), punch]);
  }
  return new Map([...byDate].map(([date, ofDay]) => [date, summary(ofDay)]));
}

function summary(ofDay: readonly Punch[]): DayOfPunches {
  const inOrder = [...ofDay].sort((a, b) => a.atMs - b.atMs);
  const first = inOrder[0];
  const last = inOrder.at(-1);
  if (first === undefined || last === undefined) return NOTHING;
  const from = clock(first.atMs, first.zone);
  const level = Math.min(3, inOrder.length) as 1 | 2 | 3;
  return {
    count: inOrder.length,
    span: first === last ? from : `${from}–${clock(last.atMs, last.zone)}`,
    level,
  };
}

export function dayOf(days: ReadonlyMap<string, DayOfPunches>, date: string): DayOfPunches {
  return days.get(date) ?? NOTHING;
}
