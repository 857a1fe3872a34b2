// Which shift a person most likely worked, from the punches of a date, with how sure that is. HR confirms once; nothing
// is decided by a guess.
import type { DayNumber } from './calendar.js';
import type { FixedShift } from './shift.js';
import { type ZoneRules, instantOnDate } from './zone-rules.js';

const MIN_MS = 60_000;
const DAY_MIN = 1440;
/** Minutes away from a shift's start or end at which a punch says nothing for it. */
const FAR_MIN = 240;

export interface DetectedShift {
  readonly shift: string;
  /** 0..1: how well it fits, lowered by how well the next best fits. */
  readonly confidence: number;
}

const closeness = (awayMs: number): number => Math.max(0, 1 - Math.abs(awayMs) / MIN_MS / FAR_MIN);

function fit(
  zone: ZoneRules,
  date: DayNumber,
  shift: FixedShift,
  ends: readonly [number, number | null],
): number {
  const endMin = shift.endOfDayMin > shift.startOfDayMin ? shift.endOfDayMin : shift.endOfDayMin + DAY_MIN;
  const [inMs, outMs] = ends;
  const atStart = closeness(inMs - instantOnDate(zone, date, shift.startOfDayMin));
  if (outMs === null) return atStart / 2;
  return (atStart + closeness(outMs - instantOnDate(zone, date, endMin))) / 2;
}

/** The candidate that fits first IN and last OUT best; null when none fits at all. Equal fits: the earlier in the list. */
export function detectShift(
  zone: ZoneRules,
  date: DayNumber,
  candidates: ReadonlyMap<string, FixedShift>,
  ends: readonly [inMs: number, outMs: number | null],
): DetectedShift | null {
  const fits = [...candidates].map(([shift, rule]) => ({ shift, fit: fit(zone, date, rule, ends) }));
  fits.sort((a, b) => b.fit - a.fit);
  const [best, second] = fits;
  if (best === undefined || best.fit === 0) return null;
  const confidence = best.fit * (1 - (second?.fit ?? 0) / (best.fit + (second?.fit ?? 0)));
  return { shift: best.shift, confidence: Math.round(confidence * 100) / 100 };
}
