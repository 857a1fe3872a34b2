// The tablet's record of everything that happened at it: appended, never changed, chained by hashes, signed.
// An event is recorded when `append` has returned and not before. Boxes go when the server has acknowledged them; the
// events themselves stay. Nothing here is ever dropped: what cannot be read is set aside, what is refused is held back.
import { type DeviceEvent, deviceEvent } from '@hazri/shared/protocol/event';
import type { Outcome } from '@hazri/shared/protocol/device';
import { GENESIS_HASH, chainHash, headBytes } from '@hazri/shared/crypto/hash-chain';
import { canonicalBytes } from '@hazri/shared/crypto/encoding';
import { InvariantError, OperationalError, type Result, err, ok } from '@hazri/shared/result';
import type { Head } from '@hazri/shared/sync/heads';
import { type JournalDatabase, isDiskFull } from './database.js';

/** Signs with the device's key; the journal never sees the key itself. */
export interface Signer {
  /** Ed25519, 64 bytes. */
  sign(bytes: Uint8Array): Uint8Array;
}

/** Where the next event will stand; the event must carry exactly this. */
export interface Position {
  readonly epoch: number;
  readonly seq: number;
  readonly prevHash: string;
}

/** What is to be recorded: the event and, beside it, its sealed box. */
export interface Entry {
  readonly event: DeviceEvent;
  readonly box: Uint8Array | null;
}

export interface StoredEvent {
  readonly seq: number;
  readonly bytes: Uint8Array;
  readonly box: Uint8Array | null;
  readonly hash: string;
  readonly headSignature: Uint8Array;
}

export interface Unsent {
  readonly epoch: number;
  /** In order, without gaps. */
  readonly events: readonly StoredEvent[];
}

export interface QueueState {
  readonly unsent: number;
  readonly oldestUnsentAtMs: number | null;
  /** Events of refused epochs: kept, but not sent. */
  readonly heldBack: number;
}

export interface Acknowledgement {
  readonly epoch: number;
  readonly ackedSeq: number;
  readonly ackedHash: string;
  readonly outcomes: readonly { readonly seq: number; readonly outcome: Outcome }[];
}

interface EventRow {
  seq: number;
  bytes: Buffer;
  box: Buffer | null;
  hash: string;
  head_signature: Buffer;
}

const SENDABLE = 'e.seq > p.acked_seq AND (p.send_until IS NULL OR e.seq <= p.send_until)';

/** One tablet's journal. Synchronous by design: a punch is on disk before anything else happens. */
export class Journal {
  readonly #database: JournalDatabase;
  readonly #deviceId: string;
  readonly #signer: Signer;
  readonly #wallMs: () => number;
  readonly #lastEpoch: number;
  #head: Head;

  constructor(
    database: JournalDatabase,
    options: { deviceId: string; signer: Signer; wallMs: () => number; lastEpoch: number },
  ) {
    this.#database = database;
    this.#deviceId = options.deviceId;
    this.#signer = options.signer;
    this.#wallMs = options.wallMs;
    this.#lastEpoch = options.lastEpoch;
    this.#head = this.#readHead() ?? { epoch: Math.max(options.lastEpoch, 1), seq: 0, hash: GENESIS_HASH };
  }

  get head(): Head {
    return this.#head;
  }

  /** Above every epoch this device ever began, as far as is known. */
  get nextEpoch(): number {
    return Math.max(this.#head.epoch, this.#lastEpoch) + 1;
  }

  /**
   * Appends in one transaction; `compose` is told the place and must fill it. On DISK_FULL nothing was recorded.
   */
  append(compose: (position: Position) => Entry): Result<Head, 'DISK_FULL'> {
    const { epoch, seq, hash } = this.#head;
    return this.#write({ epoch, seq: seq + 1, prevHash: hash }, compose);
  }

  /** Starts the next epoch with an event that says why; the events before it that were not taken are held back. */
  startEpoch(compose: (position: Position) => Entry, holdBack: boolean): Result<Head, 'DISK_FULL'> {
    const epoch = this.#head.epoch;
    const position = { epoch: this.nextEpoch, seq: 1, prevHash: GENESIS_HASH };
    return this.#write(position, compose, () => {
      if (holdBack)
        this.#database.prepare('UPDATE epochs SET send_until = acked_seq WHERE epoch = ?').run(epoch);
    });
  }

  /** The oldest events that the server has not acknowledged, all of one epoch. */
  unsent(limit: number): Unsent | null {
    const epoch = this.#database
      .prepare(
        `SELECT e.epoch FROM events e JOIN epochs p USING (epoch) WHERE ${SENDABLE} ORDER BY e.epoch, e.seq`,
      )
      .pluck()
      .get() as number | undefined;
    if (epoch === undefined) return null;
    const rows = this.#database
      .prepare(
        `SELECT e.seq, e.bytes, e.box, e.hash, e.head_signature FROM events e JOIN epochs p USING (epoch)
         WHERE e.epoch = ? AND ${SENDABLE} ORDER BY e.seq LIMIT ?`,
      )
      .all(epoch, limit) as EventRow[];
    return { epoch, events: rows.map(toStored) };
  }

  queue(): QueueState {
    const rows = this.#database
      .prepare(
        `SELECT p.epoch, p.acked_seq AS acked, p.send_until AS until,
                (SELECT max(e.seq) FROM events e WHERE e.epoch = p.epoch) AS last
         FROM epochs p ORDER BY p.epoch`,
      )
      .all() as { epoch: number; acked: number; until: number | null; last: number }[];
    let unsent = 0;
    let heldBack = 0;
    let oldestUnsentAtMs: number | null = null;
    for (const { epoch, acked, until, last } of rows) {
      const sendable = Math.max(Math.min(last, until ?? last) - acked, 0);
      if (sendable > 0) oldestUnsentAtMs ??= this.#appendedAtMs(epoch, acked + 1);
      unsent += sendable;
      heldBack += Math.max(last - acked, 0) - sendable;
    }
    return { unsent, oldestUnsentAtMs, heldBack };
  }

  hashAt(epoch: number, seq: number): string | null {
    const hash = this.#database
      .prepare('SELECT hash FROM events WHERE epoch = ? AND seq = ?')
      .pluck()
      .get(epoch, seq) as string | undefined;
    return hash ?? null;
  }

  acknowledgedSeq(epoch: number): number {
    const seq = this.#database.prepare('SELECT acked_seq FROM epochs WHERE epoch = ?').pluck().get(epoch);
    return (seq as number | undefined) ?? 0;
  }

  /** Destroys the boxes up to an acknowledged event. Give it only acknowledgements whose signature was verified. */
  acknowledge(reply: Acknowledgement): Result<{ progressed: boolean }, 'ACK_UNKNOWN'> {
    const { epoch, ackedSeq, ackedHash, outcomes } = reply;
    const before = this.acknowledgedSeq(epoch);
    if (ackedSeq === 0) return ok({ progressed: false });
    if (this.hashAt(epoch, ackedSeq) !== ackedHash) return err('ACK_UNKNOWN');
    this.#database.transaction(() => {
      this.#database
        .prepare('UPDATE events SET box = NULL WHERE epoch = ? AND seq <= ? AND box IS NOT NULL')
        .run(epoch, ackedSeq);
      this.#database
        .prepare('UPDATE epochs SET acked_seq = max(acked_seq, ?) WHERE epoch = ?')
        .run(ackedSeq, epoch);
      const store = this.#database.prepare('UPDATE events SET outcome = ? WHERE epoch = ? AND seq = ?');
      for (const { seq, outcome } of outcomes) {
        if (seq <= ackedSeq) store.run(JSON.stringify(withoutPerson(outcome)), epoch, seq);
      }
    })();
    return ok({ progressed: ackedSeq > before });
  }

  /** The server lost what it had acknowledged beyond `seq`: those events are sent again. */
  rewind(epoch: number, seq: number): void {
    this.#database.prepare('UPDATE epochs SET acked_seq = min(acked_seq, ?) WHERE epoch = ?').run(seq, epoch);
  }

  /** Walks what is still to be sent and says where the chain or a signature first breaks, if it does. */
  verifyUnsent(
    verify: (bytes: Uint8Array, signature: Uint8Array) => boolean,
  ): { epoch: number; seq: number } | null {
    const epochs = this.#database.prepare('SELECT epoch, acked_seq FROM epochs ORDER BY epoch').all() as {
      epoch: number;
      acked_seq: number;
    }[];
    for (const { epoch, acked_seq } of epochs) {
      let previous = acked_seq === 0 ? GENESIS_HASH : this.hashAt(epoch, acked_seq);
      let expected = acked_seq + 1;
      const rows = this.#database
        .prepare(
          'SELECT seq, bytes, box, hash, head_signature FROM events WHERE epoch = ? AND seq > ? ORDER BY seq',
        )
        .all(epoch, acked_seq) as EventRow[];
      for (const row of rows) {
        const isNext =
          row.seq === expected && previous !== null && chainHash(previous, row.bytes) === row.hash;
        if (!isNext) return { epoch, seq: expected };
        previous = row.hash;
        expected += 1;
      }
      const last = rows.at(-1);
      if (last !== undefined && !verify(this.#headBytes(epoch, last.seq, last.hash), last.head_signature)) {
        return { epoch, seq: last.seq };
      }
    }
    return null;
  }

  /** From `seq` on this epoch cannot be believed: it is kept and not sent. */
  holdBackFrom(epoch: number, seq: number): void {
    this.#database.prepare('UPDATE epochs SET send_until = ? WHERE epoch = ?').run(seq - 1, epoch);
  }

  close(): void {
    this.#database.close();
  }

  #write(
    position: Position,
    compose: (position: Position) => Entry,
    alsoDo: () => void = () => undefined,
  ): Result<Head, 'DISK_FULL'> {
    const { event, box } = compose(position);
    assertInPlace(event, position, this.#deviceId);
    const bytes = canonicalBytes(event);
    const head = { epoch: position.epoch, seq: position.seq, hash: chainHash(position.prevHash, bytes) };
    const signature = this.#signer.sign(this.#headBytes(head.epoch, head.seq, head.hash));
    try {
      this.#database.transaction(() => {
        alsoDo();
        this.#database
          .prepare('INSERT INTO epochs (epoch) VALUES (?) ON CONFLICT DO NOTHING')
          .run(head.epoch);
        this.#database
          .prepare(
            `INSERT INTO events (epoch, seq, bytes, hash, head_signature, box, appended_at_ms)
             VALUES (?, ?, ?, ?, ?, ?, ?)`,
          )
          .run(head.epoch, head.seq, bytes, head.hash, signature, box, this.#wallMs());
      })();
    } catch (error) {
      if (isDiskFull(error)) return err('DISK_FULL');
      throw new OperationalError('JOURNAL_WRITE_FAILED', true, { cause: error });
    }
    this.#head = head;
    return ok(head);
  }

  #appendedAtMs(epoch: number, seq: number): number | null {
    const atMs = this.#database
      .prepare('SELECT appended_at_ms FROM events WHERE epoch = ? AND seq = ?')
      .pluck()
      .get(epoch, seq) as number | undefined;
    return atMs ?? null;
  }

  #headBytes(epoch: number, seq: number, hash: string): Uint8Array {
    return headBytes({ device: this.#deviceId, epoch, seq, hash });
  }

  #readHead(): Head | null {
    const row = this.#database
      .prepare('SELECT epoch, seq, hash FROM events ORDER BY epoch DESC, seq DESC LIMIT 1')
      .get() as Head | undefined;
    return row ?? null;
  }
}

function assertInPlace(event: DeviceEvent, position: Position, deviceId: string): void {
  const parsed = deviceEvent.safeParse(event);
  if (!parsed.success) throw new InvariantError('event does not fit its schema', { type: event.type });
  const fits =
    event.device === deviceId &&
    event.epoch === position.epoch &&
    event.seq === position.seq &&
    event.prevHash === position.prevHash;
  if (!fits) throw new InvariantError('event is not in its place', { seq: position.seq });
}

function toStored(row: EventRow): StoredEvent {
  const { seq, bytes, box, hash } = row;
  return { seq, bytes, box, hash, headSignature: row.head_signature };
}

/** What the server decided, without whom it concerns: names are shown, never stored on a tablet. */
function withoutPerson(outcome: Outcome): Record<string, unknown> {
  switch (outcome.kind) {
    case 'accepted':
      return { kind: outcome.kind, direction: outcome.direction };
    case 'second-factor':
    case 'not-recognised':
    case 'refused':
      return { kind: outcome.kind, reason: outcome.reason };
    case 'duplicate':
    case 'undone':
    case 'enrolled':
    case 'stored':
      return { kind: outcome.kind };
  }
}
