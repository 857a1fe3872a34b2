// A tablet's disk in memory: a write is there whole once it is committed, the power may go on either side of that moment,
// the disk may be full, and it may be put back to an image that was taken before.
import { type Result, err, ok } from '@hazri/shared/result';
import type { Acknowledged, EpochRow, EventRow, JournalTables } from '../../kiosk/src/journal/tables.js';

interface StoredEpoch {
  ackedSeq: number;
  sendUntil: number | null;
}

interface StoredRow extends EventRow {
  readonly ackedAtMs: number | null;
  readonly outcome: string | null;
}

export interface Image {
  readonly epochs: ReadonlyMap<number, Readonly<StoredEpoch>>;
  readonly events: ReadonlyMap<number, ReadonlyMap<number, StoredRow>>;
  /** What the tablet remembers outside its journal. */
  readonly lastEpoch: number;
}

export type PowerCut = 'before-commit' | 'after-commit';

export class SimulatedDisk {
  epochs = new Map<number, StoredEpoch>();
  rows = new Map<number, Map<number, StoredRow>>();
  lastEpoch = 0;
  isFull = false;
  /** The next write is the last of this process. */
  cutNextWrite: PowerCut | null = null;

  image(): Image {
    return {
      epochs: new Map([...this.epochs].map(([epoch, row]) => [epoch, { ...row }])),
      events: new Map([...this.rows].map(([epoch, rows]) => [epoch, new Map(rows)])),
      lastEpoch: this.lastEpoch,
    };
  }

  /** The journal goes back to `image`; the file beside it only when the whole disk does. */
  putBack(image: Image, isWholeDisk: boolean): void {
    this.epochs = new Map([...image.epochs].map(([epoch, row]) => [epoch, { ...row }]));
    this.rows = new Map([...image.events].map(([epoch, rows]) => [epoch, new Map(rows)]));
    if (isWholeDisk) this.lastEpoch = image.lastEpoch;
  }

  get isEmpty(): boolean {
    return this.epochs.size === 0;
  }

  /** The tables as one process sees them; after the power went they take nothing any more. */
  open(onPowerCut: () => void): SimulatedTables {
    return new SimulatedTables(this, onPowerCut);
  }
}

export class SimulatedTables implements JournalTables {
  readonly isShortOfSpace = false;
  isDead = false;
  #pending: (() => void)[] = [];

  constructor(
    private readonly disk: SimulatedDisk,
    private readonly onPowerCut: () => void,
  ) {}

  write(work: () => void): Result<void, 'DISK_FULL'> {
    if (this.disk.isFull && !this.isDead) return err('DISK_FULL');
    work();
    const pending = this.#pending;
    this.#pending = [];
    if (this.isDead) return ok(undefined);
    const cut = this.disk.cutNextWrite;
    this.disk.cutNextWrite = null;
    if (cut !== 'before-commit') for (const change of pending) change();
    if (cut !== null) {
      this.isDead = true;
      this.onPowerCut();
    }
    return ok(undefined);
  }

  epochs(): EpochRow[] {
    return [...this.disk.epochs.keys()].sort((a, b) => a - b).map((epoch) => this.#row(epoch));
  }

  epoch(epoch: number): EpochRow | null {
    return this.disk.epochs.has(epoch) ? this.#row(epoch) : null;
  }

  events(epoch: number, fromSeq: number, limit: number): EventRow[] {
    const rows = this.disk.rows.get(epoch);
    const found: EventRow[] = [];
    const last = this.#lastSeq(epoch);
    for (let seq = fromSeq; seq <= last && found.length < limit; seq += 1) {
      const row = rows?.get(seq);
      if (row !== undefined) found.push(row);
    }
    return found;
  }

  event(epoch: number, seq: number): EventRow | null {
    return this.disk.rows.get(epoch)?.get(seq) ?? null;
  }

  addEpoch(epoch: number): void {
    this.#pending.push(() => {
      if (!this.disk.epochs.has(epoch)) this.disk.epochs.set(epoch, { ackedSeq: 0, sendUntil: null });
    });
  }

  setAcked(epoch: number, ackedSeq: number): void {
    this.#change(epoch, (row) => {
      row.ackedSeq = ackedSeq;
    });
  }

  setSendUntil(epoch: number, sendUntil: number): void {
    this.#change(epoch, (row) => {
      row.sendUntil = sendUntil;
    });
  }

  addEvent(row: EventRow): void {
    this.#pending.push(() => {
      const rows = this.disk.rows.get(row.epoch) ?? new Map<number, StoredRow>();
      if (rows.has(row.seq)) throw new Error('a sequence number was used twice');
      rows.set(row.seq, { ...row, ackedAtMs: null, outcome: null });
      this.disk.rows.set(row.epoch, rows);
    });
  }

  setOutcome(epoch: number, seq: number, outcome: string): void {
    this.#replace(epoch, seq, (row) => ({ ...row, outcome }));
  }

  destroyBoxes({ epoch, fromSeq, toSeq, atMs }: Acknowledged): void {
    for (let seq = fromSeq; seq <= toSeq; seq += 1) {
      this.#replace(epoch, seq, (row) => ({ ...row, box: null, ackedAtMs: atMs }));
    }
  }

  forget(): void {
    // A simulation is over long before an event is old enough.
  }

  close(): void {
    this.isDead = true;
  }

  #row(epoch: number): EpochRow {
    const { ackedSeq, sendUntil } = this.disk.epochs.get(epoch) ?? { ackedSeq: 0, sendUntil: null };
    return { epoch, ackedSeq, sendUntil, lastSeq: this.#lastSeq(epoch) };
  }

  /** No event of a simulated journal is ever forgotten, so they are numbered without gaps. */
  #lastSeq(epoch: number): number {
    return this.disk.rows.get(epoch)?.size ?? 0;
  }

  #change(epoch: number, change: (row: StoredEpoch) => void): void {
    this.#pending.push(() => {
      const row = this.disk.epochs.get(epoch);
      if (row !== undefined) change(row);
    });
  }

  #replace(epoch: number, seq: number, change: (row: StoredRow) => StoredRow): void {
    this.#pending.push(() => {
      const rows = this.disk.rows.get(epoch);
      const row = rows?.get(seq);
      if (rows !== undefined && row !== undefined) rows.set(seq, change(row));
    });
  }
}
