// Punches and what is recorded beside them. A punch is a fact: nothing here, and no trigger-protected table, changes one.
import type { PunchPoint } from '@hazri/shared/domain/attendance/work-session';
import type { Direction, TimeQuality } from '@hazri/shared/protocol/primitives';

/** Where a punch came from: one event of one device. */
export interface EventRef {
  readonly deviceId: string;
  readonly epoch: number;
  readonly seq: number;
}

export interface Punch extends EventRef, PunchPoint {
  readonly id: string;
  readonly tenantId: string;
  readonly personId: string;
  readonly siteId: string;
  readonly direction: Direction;
  readonly method: 'face' | 'pin';
  /** The tablet's best estimate; it is between `earliestMs` and `latestMs` where these are known. */
  readonly atMs: number;
  readonly earliestMs: number | null;
  readonly latestMs: number | null;
  readonly timeQuality: TimeQuality;
  readonly zone: string;
  readonly receivedAtMs: number;
}

export interface PunchUndo {
  readonly punchId: string;
  readonly tenantId: string;
  readonly atMs: number;
  readonly receivedAtMs: number;
  readonly reason: 'disputed';
}

export interface PunchWithUndo extends Punch {
  readonly undoneAtMs: number | null;
}

export interface PunchFilter {
  /** UTC ms, inclusive and exclusive. */
  readonly fromMs: number | null;
  readonly untilMs: number | null;
  readonly personId: string | null;
  readonly deviceId: string | null;
  readonly direction: Direction | null;
  /** Only these people; null means everyone. */
  readonly personIds: readonly string[] | null;
}

/** Newest first; `after` is the last row of the page before. */
export interface PunchPage {
  readonly after: { readonly atMs: number; readonly id: string } | null;
  readonly limit: number;
}

/** Every method runs inside the caller's unit of work. */
export interface PunchStore {
  /** Makes others who record for this person wait until the unit of work ends. */
  takeTurn(tenantId: string, personId: string): Promise<void>;
  /** Punches that count (not undone) of one person within a span, in any order. */
  counted(tenantId: string, personId: string, span: { fromMs: number; untilMs: number }): Promise<Punch[]>;
  /** The same for many people at once. */
  countedOf(
    tenantId: string,
    personIds: readonly string[],
    span: { fromMs: number; untilMs: number },
  ): Promise<Punch[]>;
  add(punch: Punch): Promise<void>;
  byEvent(tenantId: string, event: EventRef): Promise<PunchWithUndo | null>;
  newestOfDevice(tenantId: string, deviceId: string): Promise<Punch | null>;
  addUndo(undo: PunchUndo): Promise<void>;
  page(tenantId: string, filter: PunchFilter, page: PunchPage): Promise<PunchWithUndo[]>;
  count(tenantId: string, filter: PunchFilter): Promise<number>;
}
