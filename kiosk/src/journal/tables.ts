// What the journal needs of the place where it is kept: two tables and a transaction that is on disk when it returns.
// The rules live in journal.ts; a place only stores, and never decides what goes.
import type { Result } from '@hazri/shared/result';

export interface EpochRow {
  readonly epoch: number;
  /** Last sequence number that the server acknowledged, 0 for none. */
  readonly ackedSeq: number;
  /** Events after this number are held back; null when everything may be sent. */
  readonly sendUntil: number | null;
  /** Last sequence number that is stored, 0 for none. */
  readonly lastSeq: number;
}

export interface EventRow {
  readonly epoch: number;
  readonly seq: number;
  /** Canonical JSON. */
  readonly bytes: Uint8Array;
  readonly hash: string;
  readonly headSignature: Uint8Array;
  /** Null when the event has none or when it was destroyed. */
  readonly box: Uint8Array | null;
  readonly appendedAtMs: number;
}

export interface Acknowledged {
  readonly epoch: number;
  /** First and last event that this acknowledgement is news of. */
  readonly fromSeq: number;
  readonly toSeq: number;
  /** The server's signed time. */
  readonly atMs: number;
}

export type WritePurpose = 'record' | 'make-room';

export interface JournalTables {
  /**
   * All of `work` or nothing; durable when it returns. On DISK_FULL nothing was written. `purpose` says how much of the
   * space that is kept for a full disk it may use: what makes room again may use the last of it.
   */
  write(work: () => void, purpose: WritePurpose): Result<void, 'DISK_FULL'>;
  /** The disk was full and the space kept for that moment is in use. */
  readonly isShortOfSpace: boolean;
  /** In order. */
  epochs(): readonly EpochRow[];
  epoch(epoch: number): EpochRow | null;
  /** In order, from `fromSeq` on; at most `limit`. */
  events(epoch: number, fromSeq: number, limit: number): readonly EventRow[];
  event(epoch: number, seq: number): Pick<EventRow, 'hash' | 'appendedAtMs'> | null;

  /** The rest only inside `write`. */
  addEpoch(epoch: number): void;
  setAcked(epoch: number, ackedSeq: number): void;
  setSendUntil(epoch: number, sendUntil: number): void;
  addEvent(row: EventRow): void;
  setOutcome(epoch: number, seq: number, outcome: string): void;
  /** Destroys the boxes of the range and notes when. */
  destroyBoxes(acknowledged: Acknowledged): void;
  /** Forgets some of the oldest events before `beforeSeq`, if they were acknowledged before `ackedBeforeMs`. */
  forget(epoch: number, beforeSeq: number, ackedBeforeMs: number): void;
  close(): void;
}
