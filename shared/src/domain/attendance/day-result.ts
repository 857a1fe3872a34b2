// What one date came to: minutes, status and exceptions.
import type { DayNumber } from '../schedule/calendar.js';

/** `L:<kind>` and `HD+L:<kind>` carry the kind of the leave. */
export type DayStatus =
  'NE' | 'H' | 'WO' | 'P' | 'OPEN' | 'UNVERIFIED' | 'EX' | 'HD' | 'A' | `L:${string}` | `HD+L:${string}`;

export interface DayException {
  /** Stable; docs/attendance/contract.md lists them. */
  readonly code: string;
  /** UTC epoch milliseconds; null for what has no instant. */
  readonly atMs: number | null;
}

export interface DayMinutes {
  readonly workedMin: number;
  readonly breakMin: number;
  readonly lateMin: number;
  readonly earlyOutMin: number;
  readonly overtimeMin: number;
  readonly nightMin: number;
}

export interface DayResult extends DayMinutes {
  readonly date: DayNumber;
  readonly status: DayStatus;
  /** Null on off dates and where the person is not employed. */
  readonly shift: string | null;
  readonly isWorkingDate: boolean;
  /** First counted IN and last counted OUT, paired or not; UTC epoch milliseconds. */
  readonly firstInMs: number | null;
  readonly lastOutMs: number | null;
  readonly lopDays: number;
  /** By time; one without an instant last. */
  readonly exceptions: readonly DayException[];
}
