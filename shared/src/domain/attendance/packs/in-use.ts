// A rule pack as one computation uses it.
import type { DayNumber } from '../../schedule/calendar.js';
import type { PackRule, RulePack } from './pack.js';

/** A pack with what the company lays over it, and what the period does not show by itself. */
export interface PackInUse {
  readonly pack: RulePack;
  /** The company's own rules; they win where they are in force. */
  readonly overlay: readonly PackRule[];
  /** Overtime of the quarter before the period begins, in minutes. */
  readonly carriedOvertimeMin: number;
  /** Dates for which the person has agreed to overtime. */
  readonly consents: ReadonlySet<DayNumber>;
}
