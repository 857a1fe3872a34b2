// The journal's tables in its SQLite file. Every write is one transaction that is synced before it returns; when the disk
// is full, the reserve is given up and the write is tried once more.
import type Database from 'better-sqlite3';
import { OperationalError, type Result, err, ok } from '@hazri/shared/result';
import { type JournalDatabase, isDiskFull } from './database.js';
import type { Reserve } from './reserve.js';
import type { Acknowledged, EpochRow, EventRow, JournalTables, WritePurpose } from './tables.js';

const RESTORE_RESERVE_EVERY = 64;
const EMPTY_LOG_EVERY = 8;
/** Bounds the work of one acknowledgement. */
const FORGOTTEN_AT_ONCE = 64;

const EPOCHS = `
  SELECT epoch, acked_seq AS ackedSeq, send_until AS sendUntil,
         coalesce((SELECT max(seq) FROM events WHERE events.epoch = epochs.epoch), 0) AS lastSeq
  FROM epochs`;
const EVENT = `epoch, seq, bytes, hash, head_signature AS headSignature, box, appended_at_ms AS appendedAtMs`;

export class SqliteTables implements JournalTables {
  readonly #database: JournalDatabase;
  readonly #reserve: Reserve;
  readonly #prepared = new Map<string, Database.Statement>();
  #writes = 0;
  #isShortOfSpace = false;

  constructor(database: JournalDatabase, reserve: Reserve) {
    this.#database = database;
    this.#reserve = reserve;
    this.#restoreReserve();
  }

  get isShortOfSpace(): boolean {
    return this.#isShortOfSpace;
  }

  write(work: () => void, purpose: WritePurpose): Result<void, 'DISK_FULL'> {
    let written = this.#once(work);
    if (!written.ok) {
      this.#isShortOfSpace = true;
      this.#emptyLog();
      written = this.#once(work);
    }
    if (!written.ok && this.#reserve.giveUp(purpose)) {
      this.#emptyLog();
      written = this.#once(work);
    }
    this.#writes += 1;
    // While space is short the log stays small: emptying a long one needs as much space again.
    const isDue = purpose === 'make-room' || this.#writes % EMPTY_LOG_EVERY === 0;
    if (this.#isShortOfSpace && isDue) this.#emptyLog();
    if (written.ok && this.#isShortOfSpace && this.#writes % RESTORE_RESERVE_EVERY === 0) {
      this.#restoreReserve();
    }
    return written;
  }

  epochs(): EpochRow[] {
    return this.#all<EpochRow>(`${EPOCHS} ORDER BY epoch`);
  }

  epoch(epoch: number): EpochRow | null {
    return this.#all<EpochRow>(`${EPOCHS} WHERE epoch = ?`, epoch)[0] ?? null;
  }

  events(epoch: number, fromSeq: number, limit: number): EventRow[] {
    const sql = `SELECT ${EVENT} FROM events WHERE epoch = ? AND seq >= ? ORDER BY seq LIMIT ?`;
    return this.#all<EventRow>(sql, epoch, fromSeq, limit);
  }

  event(epoch: number, seq: number): Pick<EventRow, 'hash' | 'appendedAtMs'> | null {
    const sql = 'SELECT hash, appended_at_ms AS appendedAtMs FROM events WHERE epoch = ? AND seq = ?';
    return this.#all<Pick<EventRow, 'hash' | 'appendedAtMs'>>(sql, epoch, seq)[0] ?? null;
  }

  addEpoch(epoch: number): void {
    this.#run('INSERT INTO epochs (epoch) VALUES (?) ON CONFLICT DO NOTHING', epoch);
  }

  setAcked(epoch: number, ackedSeq: number): void {
    this.#run('UPDATE epochs SET acked_seq = ? WHERE epoch = ?', ackedSeq, epoch);
  }

  setSendUntil(epoch: number, sendUntil: number): void {
    this.#run('UPDATE epochs SET send_until = ? WHERE epoch = ?', sendUntil, epoch);
  }

  addEvent({ epoch, seq, bytes, hash, headSignature, box, appendedAtMs }: EventRow): void {
    const sql = `INSERT INTO events (epoch, seq, bytes, hash, head_signature, box, appended_at_ms)
                 VALUES (?, ?, ?, ?, ?, ?, ?)`;
    this.#run(sql, epoch, seq, bytes, hash, headSignature, box, appendedAtMs);
  }

  setOutcome(epoch: number, seq: number, outcome: string): void {
    this.#run('UPDATE events SET outcome = ? WHERE epoch = ? AND seq = ?', outcome, epoch, seq);
  }

  destroyBoxes({ epoch, fromSeq, toSeq, atMs }: Acknowledged): void {
    const sql = 'UPDATE events SET box = NULL, acked_at_ms = ? WHERE epoch = ? AND seq BETWEEN ? AND ?';
    this.#run(sql, Math.round(atMs), epoch, fromSeq, toSeq);
  }

  forget(epoch: number, beforeSeq: number, ackedBeforeMs: number): void {
    const oldest = this.#all<{ seq: number; ackedAtMs: number | null }>(
      'SELECT seq, acked_at_ms AS ackedAtMs FROM events WHERE epoch = ? AND seq < ? ORDER BY seq LIMIT ?',
      epoch,
      beforeSeq,
      FORGOTTEN_AT_ONCE,
    );
    for (const { seq, ackedAtMs } of oldest) {
      if (ackedAtMs === null || ackedAtMs >= ackedBeforeMs) return;
      this.#run('DELETE FROM events WHERE epoch = ? AND seq = ?', epoch, seq);
    }
  }

  close(): void {
    this.#database.close();
  }

  #restoreReserve(): void {
    this.#reserve.restore();
    this.#isShortOfSpace = !this.#reserve.isWhole;
  }

  /** The write-ahead log holds every page as often as it was written; the file itself needs each only once. */
  #emptyLog(): void {
    try {
      this.#database.pragma('wal_checkpoint(TRUNCATE)');
    } catch (error) {
      if (!isDiskFull(error)) throw new OperationalError('JOURNAL_WRITE_FAILED', true, { cause: error });
    }
  }

  #once(work: () => void): Result<void, 'DISK_FULL'> {
    try {
      this.#database.transaction(work)();
      return ok(undefined);
    } catch (error) {
      if (isDiskFull(error)) return err('DISK_FULL');
      throw new OperationalError('JOURNAL_WRITE_FAILED', true, { cause: error });
    }
  }

  #run(sql: string, ...values: unknown[]): void {
    this.#statement(sql).run(...values);
  }

  #all<Row>(sql: string, ...values: unknown[]): Row[] {
    return this.#statement(sql).all(...values) as Row[];
  }

  #statement(sql: string): Database.Statement {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#prepared.set(sql, statement);
    return statement;
  }
}
