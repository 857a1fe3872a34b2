// The tablet's record of everything that happened at it: appended, never changed, chained by hashes, signed.
// An event is recorded when `append` has returned and not before. Boxes go when the server has acknowledged them; the
// events themselves stay for 90 days more. What the server has not acknowledged is never dropped: what cannot be read is
// set aside, what is refused is held back.
import { type DeviceEvent, deviceEvent } from '@hazri/shared/protocol/event';
import type { Outcome } from '@hazri/shared/protocol/device';
import { GENESIS_HASH, chainHash, headBytes } from '@hazri/shared/crypto/hash-chain';
import { canonicalBytes } from '@hazri/shared/crypto/encoding';
import { InvariantError, type Result, err, ok } from '@hazri/shared/result';
import type { Head } from '@hazri/shared/sync/heads';
import type { EpochRow, EventRow, JournalTables } from './tables.js';

/** How long an acknowledged event is kept to prove what this tablet once sent, by the server's clock. */
export const KEEP_ACKNOWLEDGED_MS = 90 * 24 * 60 * 60_000;
const VERIFIED_AT_ONCE = 1_000;
const SETTLED_AT_ONCE = 64;

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

export interface Unsent {
  readonly epoch: number;
  /** In order, without gaps. */
  readonly events: readonly EventRow[];
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
  /** The server's time, signed with the rest. */
  readonly serverMs: number;
  readonly outcomes: readonly { readonly seq: number; readonly outcome: Outcome }[];
}

export interface JournalOptions {
  readonly deviceId: string;
  readonly signer: Signer;
  readonly wallMs: () => number;
  /** The highest epoch that this device ever began, remembered outside the journal; 0 for none. */
  readonly lastEpoch: number;
}

/** One tablet's journal. Synchronous by design: a punch is on disk before anything else happens. */
export class Journal {
  readonly #tables: JournalTables;
  readonly #options: JournalOptions;
  #head: Head;

  constructor(tables: JournalTables, options: JournalOptions) {
    this.#tables = tables;
    this.#options = options;
    this.#head = this.#readHead() ?? { epoch: Math.max(options.lastEpoch, 1), seq: 0, hash: GENESIS_HASH };
  }

  get head(): Head {
    return this.#head;
  }

  /** Above every epoch this device ever began, as far as is known. */
  get nextEpoch(): number {
    return Math.max(this.#head.epoch, this.#options.lastEpoch) + 1;
  }

  /**
   * Appends in one transaction; `compose` is told the place and must fill it. On DISK_FULL nothing was recorded.
   */
  append(compose: (position: Position) => Entry): Result<Head, 'DISK_FULL'> {
    const { epoch, seq, hash } = this.#head;
    return this.#write({ epoch, seq: seq + 1, prevHash: hash }, compose);
  }

  /** Starts the next epoch with an event that says why; what was not taken of the epoch before it may be held back. */
  startEpoch(compose: (position: Position) => Entry, holdBack: boolean): Result<Head, 'DISK_FULL'> {
    const position = { epoch: this.nextEpoch, seq: 1, prevHash: GENESIS_HASH };
    const { epoch } = this.#head;
    const acked = this.acknowledgedSeq(epoch);
    return this.#write(position, compose, () => {
      if (holdBack) this.#tables.setSendUntil(epoch, acked);
    });
  }

  /** The oldest events that the server has not acknowledged, all of one epoch. */
  unsent(limit: number): Unsent | null {
    for (const row of this.#tables.epochs()) {
      const count = Math.min(limit, sendable(row));
      if (count === 0) continue;
      const events = this.#tables.events(row.epoch, row.ackedSeq + 1, count);
      if (events.length > 0) return { epoch: row.epoch, events };
    }
    return null;
  }

  queue(): QueueState {
    let unsent = 0;
    let heldBack = 0;
    let oldestUnsentAtMs: number | null = null;
    for (const row of this.#tables.epochs()) {
      const toSend = sendable(row);
      if (toSend > 0) {
        oldestUnsentAtMs ??= this.#tables.event(row.epoch, row.ackedSeq + 1)?.appendedAtMs ?? null;
      }
      unsent += toSend;
      heldBack += Math.max(row.lastSeq - row.ackedSeq, 0) - toSend;
    }
    return { unsent, oldestUnsentAtMs, heldBack };
  }

  hashAt(epoch: number, seq: number): string | null {
    return this.#tables.event(epoch, seq)?.hash ?? null;
  }

  /** The disk was full and the space kept for that moment is in use. */
  get isShortOfSpace(): boolean {
    return this.#tables.isShortOfSpace;
  }

  acknowledgedSeq(epoch: number): number {
    return this.#tables.epoch(epoch)?.ackedSeq ?? 0;
  }

  /**
   * Destroys the boxes up to an acknowledged event and forgets what was acknowledged long ago. Give it only
   * acknowledgements whose signature was verified. On DISK_FULL a part may be done; the rest is sent again.
   */
  acknowledge(reply: Acknowledgement): Result<{ progressed: boolean }, 'ACK_UNKNOWN' | 'DISK_FULL'> {
    const { epoch, ackedSeq, ackedHash } = reply;
    const before = this.acknowledgedSeq(epoch);
    if (ackedSeq === 0) return ok({ progressed: false });
    if (this.hashAt(epoch, ackedSeq) !== ackedHash) return err('ACK_UNKNOWN');
    // In pieces, so that even the last room of a full disk is enough for each.
    for (let from = before + 1; from <= ackedSeq; from += SETTLED_AT_ONCE) {
      const settled = this.#settle(reply, from, Math.min(from + SETTLED_AT_ONCE - 1, ackedSeq));
      if (!settled.ok) return settled;
    }
    return ok({ progressed: ackedSeq > before });
  }

  /** The server lost what it had acknowledged beyond `seq`: those events are sent again. */
  rewind(epoch: number, seq: number): void {
    if (seq >= this.acknowledgedSeq(epoch)) return;
    this.#tables.write(() => {
      this.#tables.setAcked(epoch, seq);
    }, 'make-room');
  }

  /** Walks what is still to be sent and says where the chain or a signature first breaks in each epoch, if it does. */
  verifyUnsent(
    verify: (bytes: Uint8Array, signature: Uint8Array) => boolean,
  ): { epoch: number; seq: number }[] {
    const broken: { epoch: number; seq: number }[] = [];
    for (const row of this.#tables.epochs()) {
      const seq = this.#brokenFrom(row, verify);
      if (seq !== null) broken.push({ epoch: row.epoch, seq });
    }
    return broken;
  }

  /** From `seq` on this epoch cannot be believed, or the server does not take it: it is kept and not sent. */
  holdBackFrom(epoch: number, seq: number): void {
    this.#tables.write(() => {
      this.#tables.setSendUntil(epoch, seq - 1);
    }, 'make-room');
  }

  close(): void {
    this.#tables.close();
  }

  #brokenFrom(
    { epoch, ackedSeq, sendUntil, lastSeq }: EpochRow,
    verify: (bytes: Uint8Array, signature: Uint8Array) => boolean,
  ): number | null {
    const until = Math.min(lastSeq, sendUntil ?? lastSeq);
    let previous = ackedSeq === 0 ? GENESIS_HASH : this.#hashBefore(epoch, ackedSeq + 1);
    let expected = ackedSeq + 1;
    let signed = ackedSeq;
    while (expected <= until) {
      const rows = this.#tables.events(epoch, expected, Math.min(VERIFIED_AT_ONCE, until - expected + 1));
      for (const row of rows) {
        const isNext =
          row.seq === expected && previous !== null && chainHash(previous, row.bytes) === row.hash;
        if (!isNext) return expected;
        previous = row.hash;
        expected += 1;
      }
      if (rows.length === 0) return expected;
      // One signature vouches for the whole chain before it, so the last one that holds is looked for.
      const vouched = rows.findLast((row) =>
        verify(this.#headBytes(epoch, row.seq, row.hash), row.headSignature),
      );
      signed = vouched?.seq ?? signed;
      if (signed < expected - 1) return signed + 1;
    }
    return null;
  }

  /** What the event itself says where the one before it is gone; its own signature vouches for that. */
  #hashBefore(epoch: number, seq: number): string | null {
    const stored = this.hashAt(epoch, seq - 1);
    if (stored !== null) return stored;
    const first = this.#tables.events(epoch, seq, 1)[0];
    return first?.seq === seq ? prevHashOf(first.bytes) : null;
  }

  #settle(reply: Acknowledgement, fromSeq: number, toSeq: number): Result<void, 'DISK_FULL'> {
    const { epoch, serverMs, outcomes } = reply;
    return this.#tables.write(() => {
      this.#tables.destroyBoxes({ epoch, fromSeq, toSeq, atMs: serverMs });
      this.#tables.setAcked(epoch, toSeq);
      for (const { seq, outcome } of outcomes) {
        if (seq < fromSeq || seq > toSeq) continue;
        this.#tables.setOutcome(epoch, seq, JSON.stringify(withoutPerson(outcome)));
      }
      this.#forget(serverMs - KEEP_ACKNOWLEDGED_MS);
    }, 'make-room');
  }

  /** The acknowledged head of an epoch itself stays: the chain goes on from it. */
  #forget(ackedBeforeMs: number): void {
    for (const { epoch, ackedSeq } of this.#tables.epochs()) {
      this.#tables.forget(epoch, ackedSeq, ackedBeforeMs);
    }
  }

  #write(
    position: Position,
    compose: (position: Position) => Entry,
    alsoDo: () => void = () => undefined,
  ): Result<Head, 'DISK_FULL'> {
    const { event, box } = compose(position);
    assertInPlace(event, position, this.#options.deviceId);
    const bytes = canonicalBytes(event);
    const { epoch, seq } = position;
    const head = { epoch, seq, hash: chainHash(position.prevHash, bytes) };
    const headSignature = this.#options.signer.sign(this.#headBytes(epoch, seq, head.hash));
    const appendedAtMs = Math.round(this.#options.wallMs());
    const written = this.#tables.write(() => {
      alsoDo();
      this.#tables.addEpoch(epoch);
      this.#tables.addEvent({ ...head, bytes, headSignature, box, appendedAtMs });
    }, 'record');
    if (!written.ok) return written;
    this.#head = head;
    return ok(head);
  }

  #headBytes(epoch: number, seq: number, hash: string): Uint8Array {
    return headBytes({ device: this.#options.deviceId, epoch, seq, hash });
  }

  #readHead(): Head | null {
    const last = this.#tables.epochs().at(-1);
    const hash = last === undefined ? null : this.hashAt(last.epoch, last.lastSeq);
    return last === undefined || hash === null ? null : { epoch: last.epoch, seq: last.lastSeq, hash };
  }
}

function prevHashOf(bytes: Uint8Array): string | null {
  try {
    const parsed = deviceEvent.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    return parsed.success ? parsed.data.prevHash : null;
  } catch {
    return null;
  }
}

function sendable({ ackedSeq, sendUntil, lastSeq }: EpochRow): number {
  return Math.max(Math.min(lastSeq, sendUntil ?? lastSeq) - ackedSeq, 0);
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
