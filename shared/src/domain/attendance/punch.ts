// Punches as the rules see them: their one order, what is a duplicate, and how corrections lie over them.
// Raw punches never change; what does not count stays in the record.
import { type Result, err, ok } from '../../result/result.js';
import type { DayNumber } from '../schedule/calendar.js';

/** How far the punch's time can be believed. */
export type TimeQuality = 'trusted' | 'bounded' | 'unverified' | 'tampered';

export interface Punch {
  /** UTC epoch milliseconds. */
  readonly atMs: number;
  /** Null for a neutral punch: one tablet, both directions. */
  readonly direction: 'in' | 'out' | null;
  /** Empty when the punch names none; all such punches are of one device. */
  readonly device: string;
  readonly quality: TimeQuality;
}

export interface Correction {
  /** Every added punch belongs to this date, whatever its instant. */
  readonly date: DayNumber;
  readonly add: readonly Punch[];
  /** Punches at this instant, of this device or (null) of any. */
  readonly void: readonly { readonly atMs: number; readonly device: string | null }[];
}

/** A punch that counts. */
export interface CountedPunch extends Punch {
  /** The date that a correction gave it to; null for a raw punch. */
  readonly forcedDate: DayNumber | null;
}

export interface UnknownPunch {
  readonly code: 'CORRECTION_UNKNOWN_PUNCH';
  readonly correction: number;
  readonly entry: number;
}

/** Lays corrections over raw punches in their order; within one, what it voids goes before what it adds. */
export function correct(
  raw: readonly Punch[],
  corrections: readonly Correction[],
): Result<readonly CountedPunch[], UnknownPunch> {
  let punches: { punch: CountedPunch; isVoid: boolean }[] = raw.map((punch) => ({
    punch: { ...punch, forcedDate: null },
    isVoid: false,
  }));
  for (const [correction, { date, add, void: voided }] of corrections.entries()) {
    for (const [entry, { atMs, device }] of voided.entries()) {
      const named = punches.filter(
        ({ punch }) => punch.atMs === atMs && (device === null || punch.device === device),
      );
      if (named.length === 0) return err({ code: 'CORRECTION_UNKNOWN_PUNCH', correction, entry });
      for (const one of named) one.isVoid = true;
    }
    punches = punches.concat(add.map((punch) => ({ punch: { ...punch, forcedDate: date }, isVoid: false })));
  }
  return ok(punches.filter(({ isVoid }) => !isVoid).map(({ punch }) => punch));
}

const rank = (punch: Punch): number => (punch.direction === null ? 2 : punch.direction === 'in' ? 0 : 1);

/** By time; at one instant directed before neutral, IN before OUT, then by device; a correction before its twin. */
export function comparePunches(a: CountedPunch, b: CountedPunch): number {
  if (a.atMs !== b.atMs) return a.atMs - b.atMs;
  const byRank = rank(a) - rank(b);
  if (byRank !== 0) return byRank;
  if (a.device !== b.device) return a.device < b.device ? -1 : 1;
  const byForce = (a.forcedDate ?? Infinity) - (b.forcedDate ?? Infinity);
  if (byForce !== 0 && !Number.isNaN(byForce)) return byForce;
  return a.quality === b.quality ? 0 : a.quality < b.quality ? -1 : 1;
}

export interface JudgedPunches {
  /** In time order. */
  readonly counted: readonly CountedPunch[];
  readonly duplicates: readonly CountedPunch[];
}

/**
 * Splits punches up to `asOfMs` into those that count and duplicates: less than `duplicateWithinMs` after the previous
 * counted one, or the same instant of the same device. The order of the input does not matter.
 */
export function judgeDuplicates(
  punches: readonly CountedPunch[],
  { asOfMs, duplicateWithinMs }: { readonly asOfMs: number; readonly duplicateWithinMs: number },
): JudgedPunches {
  const counted: CountedPunch[] = [];
  const duplicates: CountedPunch[] = [];
  const inOrder = punches.filter((punch) => punch.atMs <= asOfMs).sort(comparePunches);
  let devicesNow = new Set<string>();
  for (const punch of inOrder) {
    const previous = counted.at(-1);
    const isSameInstant = previous?.atMs === punch.atMs;
    if (!isSameInstant) devicesNow = new Set();
    const isTwin = isSameInstant && devicesNow.has(punch.device);
    if (isTwin || (previous !== undefined && punch.atMs - previous.atMs < duplicateWithinMs)) {
      duplicates.push(punch);
      continue;
    }
    devicesNow.add(punch.device);
    counted.push(punch);
  }
  return { counted, duplicates };
}
