// A finished day together with what it came from.
import type { DayResult } from './day-result.js';
import type { Pairing } from './pairing.js';
import type { WorkDay } from './work-day.js';

/** One date with everything that its result came from. */
export interface ComputedDay {
  readonly day: WorkDay;
  readonly pairing: Pairing;
  readonly result: DayResult;
}
