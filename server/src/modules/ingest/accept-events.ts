// Takes a batch of events from a tablet: stores each once, decides what it leads to, and signs what was done.
// A lost reply costs nothing: the same batch again gets the same answer. A batch that does not continue what is stored
// changes nothing at all, except that a second history under one number is put aside and reported.
import { toBase64 } from '@hazri/shared/crypto/encoding';
import { GENESIS_HASH } from '@hazri/shared/crypto/hash-chain';
import { acknowledgementBytes } from '@hazri/shared/crypto/reply-signing';
import type { EventsRequest, EventsResponse, Outcome } from '@hazri/shared/protocol/device';
import { InvariantError, type Result, err, ok } from '@hazri/shared/result';
import type { Clock } from '../../platform/clock/clock.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { DevicePrincipal } from '../../platform/http/principal.js';
import type { ExceptionBook } from '../attendance/public.js';
import { type BatchError, type CheckedBatch, type CheckedEvent, checkBatch } from './event-batch.js';
import type { Decided } from './decided.js';
import { type OutcomeViews, namedOutcome } from './outcome-view.js';
import type { EventContext } from './prepare-event.js';
import type { StoreEvents, Stored } from './store-events.js';
import type { DeviceSurroundings } from './surroundings.js';
import type { EpochHead, EventStore } from './stored-event.js';

export interface EventRefusal {
  readonly code: BatchError | 'EVENT_GAP' | 'EVENT_FORK';
  /** What the server holds, where that helps the tablet. */
  readonly acked?: { readonly epoch: number; readonly seq: number; readonly hash: string };
}

/** Whether `signature` is the device's own over `message`; the key is base64 of 32 bytes. */
export type DeviceSignatureCheck = (
  signPublicKey: string,
  message: Uint8Array,
  signature: Uint8Array,
) => boolean;

export interface AcceptEventsDeps {
  readonly unitOfWork: Pick<UnitOfWork, 'run'>;
  readonly events: EventStore;
  readonly store: StoreEvents;
  readonly views: Pick<OutcomeViews, 'of'>;
  readonly surroundings: Pick<DeviceSurroundings, 'of'>;
  readonly exceptions: Pick<ExceptionBook, 'open'>;
  readonly signer: { sign(bytes: Uint8Array): Uint8Array };
  readonly verifies: DeviceSignatureCheck;
  readonly clock: Clock;
}

/** Another server appended to the same epoch in between; more often than this it is not chance. */
const ATTEMPTS = 5;
const EMPTY: EpochHead = { seq: 0, hash: GENESIS_HASH };

export class AcceptEvents {
  constructor(private readonly deps: AcceptEventsDeps) {}

  async run(by: DevicePrincipal, request: EventsRequest): Promise<Result<EventsResponse, EventRefusal>> {
    const { tenantId, deviceId, signPublicKey } = by;
    const checked = checkBatch(request, {
      tenantId,
      deviceId,
      verifies: (message, signature) => this.deps.verifies(signPublicKey, message, signature),
    });
    if (!checked.ok) return err({ code: checked.error });
    const batch = checked.value;
    const context = await this.contextOf(by);
    const straight = await this.continueStraight(context, batch);
    if (straight !== 'moved') return ok(await this.reply(context, batch, straight));
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const head = (await this.headOf(context, batch.epoch)) ?? EMPTY;
      const joined = await this.joins(context, batch, head);
      if (!joined.ok) return joined;
      const fresh = batch.events.filter(({ event }) => event.seq > head.seq);
      if (fresh.length === 0) return ok(await this.reply(context, batch, { head, decided: new Map() }));
      const stored = await this.deps.store.run(context, { ...batch, events: fresh }, head);
      if (stored !== 'moved') return ok(await this.reply(context, batch, stored));
    }
    throw new InvariantError('an epoch kept moving under a request');
  }

  private async contextOf(by: DevicePrincipal): Promise<EventContext> {
    const { tenantId, deviceId: id, name, cameraPin, siteId, address } = by;
    const actor = { kind: 'device', id, name, address } as const;
    const receivedAtMs = this.deps.clock.nowMs();
    const around = await this.deps.surroundings.of(tenantId, siteId, receivedAtMs);
    return { tenantId, device: { id, name, cameraPin }, actor, ...around, receivedAtMs };
  }

  /**
   * Nearly every batch continues exactly what is stored, and says so itself: it is stored if that holds under the lock.
   * A PIN is not tried on this chance, because a try counts even when the batch was an old one.
   */
  private async continueStraight(context: EventContext, batch: CheckedBatch): Promise<Stored | 'moved'> {
    if (batch.events.some(({ event }) => event.type === 'pin')) return 'moved';
    const { seq, prevHash: hash } = batch.first.event;
    return this.deps.store.run(context, batch, { seq: seq - 1, hash });
  }

  private headOf(context: EventContext, epoch: number): Promise<EpochHead | null> {
    const { unitOfWork, events } = this.deps;
    return unitOfWork.run(() => events.headOf(context.tenantId, context.device.id, epoch));
  }

  /** Whether the batch overlaps or continues what is stored, without a gap and without another history. */
  private async joins(
    context: EventContext,
    batch: CheckedBatch,
    head: EpochHead,
  ): Promise<Result<void, EventRefusal>> {
    const acked = { epoch: batch.epoch, ...head };
    const { seq: firstSeq, prevHash } = batch.first.event;
    if (firstSeq > head.seq + 1) return err({ code: 'EVENT_GAP', acked });
    if (firstSeq === head.seq + 1) {
      if (prevHash === head.hash) return ok(undefined);
      // The first event of an epoch has nothing before it; anything else is not an event of this chain.
      if (head.seq === 0) return err({ code: 'EVENT_TAMPERED' });
      return this.fork(batch, context, { acked, other: batch.events });
    }
    const { tenantId, device } = context;
    const hashes = await this.deps.unitOfWork.run(() =>
      this.deps.events.hashes({
        tenantId,
        deviceId: device.id,
        epoch: batch.epoch,
        fromSeq: firstSeq,
        toSeq: Math.min(batch.last.event.seq, head.seq),
      }),
    );
    const firstOther = batch.events.findIndex(
      ({ event, hash }) => event.seq <= head.seq && hashes.get(event.seq) !== hash,
    );
    if (firstOther < 0) return ok(undefined);
    return this.fork(batch, context, { acked, other: batch.events.slice(firstOther) });
  }

  private async fork(
    batch: CheckedBatch,
    context: EventContext,
    found: { readonly acked: EventRefusal['acked']; readonly other: readonly CheckedEvent[] },
  ): Promise<Result<void, EventRefusal>> {
    const { unitOfWork, events, exceptions } = this.deps;
    const { tenantId, device, receivedAtMs } = context;
    await unitOfWork.run(async () => {
      await events.quarantine(this.deps.store.rowsOf(context, batch, found.other));
      await exceptions.open({
        tenantId,
        kind: 'EVENT_FORK',
        sameAs: `fork|${device.id}|${String(batch.epoch)}|${batch.last.hash.slice(0, 16)}`,
        atMs: receivedAtMs,
        deviceId: device.id,
      });
    });
    return err({ code: 'EVENT_FORK', ...(found.acked === undefined ? {} : { acked: found.acked }) });
  }

  private async reply(context: EventContext, batch: CheckedBatch, stored: Stored): Promise<EventsResponse> {
    const { signer, clock } = this.deps;
    const { epoch } = batch;
    const { seq: ackedSeq, hash: ackedHash } = stored.head;
    const outcomes = await this.outcomesOf(context, batch, stored);
    const unsigned = { epoch, ackedSeq, ackedHash, serverMs: clock.nowMs(), outcomes };
    const signature = toBase64(signer.sign(acknowledgementBytes(context.device.id, unsigned)));
    return { ...unsigned, signature };
  }

  /** What this request decided is at hand; only what was known before it is read. */
  private async outcomesOf(
    context: EventContext,
    batch: CheckedBatch,
    { decided }: Stored,
  ): Promise<EventsResponse['outcomes']> {
    const seqs = batch.events.map(({ event }) => event.seq);
    if (seqs.every((seq) => decided.has(seq))) {
      return seqs.map((seq) => ({ seq, outcome: outcomeOf(decided.get(seq)) }));
    }
    const { tenantId, device } = context;
    return this.deps.views.of({
      tenantId,
      deviceId: device.id,
      epoch: batch.epoch,
      fromSeq: batch.first.event.seq,
      toSeq: batch.last.event.seq,
    });
  }
}

function outcomeOf(decided: Decided | undefined): Outcome {
  return decided === undefined ? { kind: 'stored' } : namedOutcome(decided.outcome, () => decided);
}
