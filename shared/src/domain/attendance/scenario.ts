// What the engine is given: one person's period with everything that decides it, as plain data. The written form of it
// (JSON, ISO times) is docs/attendance/contract.md.
import type { DayNumber } from '../schedule/calendar.js';
import type { Roster } from '../schedule/roster.js';
import type { Shift } from '../schedule/shift.js';
import type { ZoneRules } from '../schedule/zone-rules.js';
import type { Interval } from './interval.js';
import type { PackInUse } from './packs/in-use.js';
import type { CountedPunch, Punch } from './punch.js';

export interface Leave {
  readonly from: DayNumber;
  /** Inclusive. */
  readonly to: DayNumber;
  readonly kind: string;
  /** Applies to each date; null for whole days. */
  readonly half: 'first' | 'second' | null;
}

export interface OvertimePolicy {
  readonly before: boolean;
  readonly after: boolean;
  /** Work on an off date is overtime. */
  readonly onOff: boolean;
  readonly minBlockMin: number;
  /** 0 rounds nothing. */
  readonly roundDownMin: number;
}

export interface Policy {
  /** Null: 7/8 of the scheduled net time of the date. */
  readonly fullDayMin: number | null;
  /** Null: half of it; a quarter with a half leave. */
  readonly halfDayMin: number | null;
  readonly duplicateWithinSec: number;
  readonly maxSessionMin: number;
  readonly overtime: OvertimePolicy;
  /** Minutes after midnight; from = to is no night. */
  readonly nightWindow: { readonly fromMin: number; readonly toMin: number };
  readonly lateRule: { readonly everyNth: number; readonly costDays: number } | null;
  readonly missingPunch: 'exception' | 'half' | 'absent';
}

/** What decides a person's days and is the same whenever punches change. */
export interface Terms {
  readonly zone: ZoneRules;
  readonly joined: DayNumber | null;
  readonly left: DayNumber | null;
  readonly shifts: ReadonlyMap<string, Shift>;
  readonly roster: Roster;
  readonly holidays: ReadonlySet<DayNumber>;
  readonly leaves: readonly Leave[];
  /** Holds from the beginning. Duplicates, the longest session and the late rule are always judged by it. */
  readonly policy: Policy;
  /** Later policies, ascending by their first date; a change touches no date before it. */
  readonly policyChanges: readonly { readonly from: DayNumber; readonly policy: Policy }[];
}

/** The policy that holds on a date. */
export function policyOn({ policy, policyChanges }: Terms, date: DayNumber): Policy {
  let current = policy;
  for (const change of policyChanges) if (change.from <= date) current = change.policy;
  return current;
}

export interface Scenario extends Terms {
  readonly asOfMs: number;
  readonly period: { readonly from: DayNumber; readonly to: DayNumber };
  /** After corrections; in any order. */
  readonly punches: readonly CountedPunch[];
  /** Ascending, without overlaps. */
  readonly outages: readonly Interval[];
  readonly pack: PackInUse;
}

/** The direction that a tablet at a gate gives to every punch made at it. */
export type Gates = ReadonlyMap<string, 'in' | 'out'>;

export function atGates(punches: readonly Punch[], gates: Gates): readonly Punch[] {
  if (gates.size === 0) return punches;
  return punches.map((punch) => {
    const direction = gates.get(punch.device);
    return direction === undefined ? punch : { ...punch, direction };
  });
}
