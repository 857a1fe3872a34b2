// Stores checked events of one device in order, in small units of work, each with everything its events lead to. What was
// committed is acknowledged, what was not is sent again; an event is never half there.
import { GENESIS_HASH } from '@hazri/shared/crypto/hash-chain';
import { OperationalError } from '@hazri/shared/result';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Logger } from '../../platform/logging/logger.js';
import type { RecordPunch } from '../attendance/public.js';
import type { ApplyEvent } from './apply-event.js';
import type { Decided } from './decided.js';
import type { CheckedBatch, CheckedEvent } from './event-batch.js';
import type { EventContext, PrepareEvent, Prepared } from './prepare-event.js';
import type { EpochHead, EpochPlace, EventStore, StoredEvent } from './stored-event.js';

/** So few at once that a live punch of another tablet does not wait long behind a backlog. */
const EVENTS_AT_ONCE = 32;
const KEEP_UNDECIDED_MS = 30 * 24 * 60 * 60_000;

/** What is stored now; an event that stays undecided is missing from `decided`. */
export interface Stored {
  readonly head: EpochHead;
  /** By sequence number. */
  readonly decided: ReadonlyMap<number, Decided>;
}

interface Ready {
  readonly checked: CheckedEvent;
  readonly prepared: Prepared;
}

export class StoreEvents {
  constructor(
    private readonly deps: {
      readonly unitOfWork: Pick<UnitOfWork, 'run'>;
      readonly events: EventStore;
      readonly prepare: Pick<PrepareEvent, 'run'>;
      readonly apply: Pick<ApplyEvent, 'run'>;
      readonly punches: Pick<RecordPunch, 'takeTurns'>;
      readonly logger: Logger;
    },
  ) {}

  /** The head after all of them with what each led to, or "moved" when the epoch no longer stood at `from`. */
  async run(context: EventContext, batch: CheckedBatch, from: EpochHead): Promise<Stored | 'moved'> {
    let head = from;
    const decided = new Map<number, Decided>();
    for (const chunk of chunksOf(batch.events)) {
      const ready: Ready[] = [];
      for (const checked of chunk) {
        ready.push({ checked, prepared: await this.deps.prepare.run(checked, context) });
      }
      const stored = await this.storeChunk(context, batch, { ready, head });
      if (stored === 'moved') return stored;
      ({ head } = stored);
      for (const [seq, one] of stored.decided) decided.set(seq, one);
    }
    return { head, decided };
  }

  /** The rows of events as they are kept; the last one carries the batch's signature. */
  rowsOf(context: EventContext, batch: CheckedBatch, events = batch.events): StoredEvent[] {
    const { tenantId, device, receivedAtMs } = context;
    return events.map((checked) => ({
      tenantId,
      deviceId: device.id,
      epoch: checked.event.epoch,
      seq: checked.event.seq,
      id: checked.event.id,
      type: checked.event.type,
      hash: checked.hash,
      canonical: checked.canonical,
      headSignature: checked === batch.last ? batch.headSignature : null,
      receivedAtMs,
    }));
  }

  private async storeChunk(
    context: EventContext,
    batch: CheckedBatch,
    chunk: { readonly ready: readonly Ready[]; readonly head: EpochHead },
  ): Promise<Stored | 'moved'> {
    try {
      return await this.commit(context, batch, chunk);
    } catch (error) {
      if (error instanceof OperationalError) throw error;
      // A fault of ours in one event must not hold back a tablet's whole queue: each one is tried alone, and the one
      // that fails is stored undecided, box and all, until the fault is mended.
      this.deps.logger.error('events could not be applied', error, { device: context.device.id });
      return this.commitOneByOne(context, batch, chunk);
    }
  }

  private async commitOneByOne(
    context: EventContext,
    batch: CheckedBatch,
    chunk: { readonly ready: readonly Ready[]; readonly head: EpochHead },
  ): Promise<Stored | 'moved'> {
    let { head } = chunk;
    const decided = new Map<number, Decided>();
    for (const one of chunk.ready) {
      let stored: Stored | 'moved';
      try {
        stored = await this.commit(context, batch, { ready: [one], head });
      } catch (error) {
        if (error instanceof OperationalError) throw error;
        const undecided: Ready = { checked: one.checked, prepared: { kind: 'undecided' } };
        stored = await this.commit(context, batch, { ready: [undecided], head });
      }
      if (stored === 'moved') return stored;
      ({ head } = stored);
      for (const [seq, what] of stored.decided) decided.set(seq, what);
    }
    return { head, decided };
  }

  /** An epoch comes into being with its first event, and not with a request that only claims one. */
  private async lockHead(place: EpochPlace, expected: EpochHead): Promise<EpochHead | null> {
    const { events } = this.deps;
    const known = await events.lockHead(place);
    if (known !== null || expected.seq > 0 || expected.hash !== GENESIS_HASH) return known;
    await events.beginEpoch(place);
    return events.lockHead(place);
  }

  private commit(
    context: EventContext,
    batch: CheckedBatch,
    chunk: { readonly ready: readonly Ready[]; readonly head: EpochHead },
  ): Promise<Stored | 'moved'> {
    const { unitOfWork, events, apply, punches } = this.deps;
    const { tenantId, device, receivedAtMs } = context;
    const { ready, head } = chunk;
    return unitOfWork.run(async () => {
      const current = await this.lockHead({ tenantId, deviceId: device.id, epoch: batch.epoch }, head);
      if (current?.seq !== head.seq || current.hash !== head.hash) return 'moved';
      await punches.takeTurns(tenantId, peopleOf(ready));
      await events.append(
        this.rowsOf(
          context,
          batch,
          ready.map(({ checked }) => checked),
        ),
      );
      const decided = new Map<number, Decided>();
      for (const { checked, prepared } of ready) {
        const { epoch, seq } = checked.event;
        const outcome = await apply.run(checked.event, prepared, context);
        if (outcome !== null) decided.set(seq, outcome);
        else if (checked.box !== null) {
          const expiresAtMs = receivedAtMs + KEEP_UNDECIDED_MS;
          await events.keepBox({ tenantId, deviceId: device.id, epoch, seq, box: checked.box, expiresAtMs });
        }
      }
      await events.setOutcomes(
        [...decided].map(([seq, { outcome }]) => ({
          tenantId,
          deviceId: device.id,
          epoch: batch.epoch,
          seq,
          outcome,
        })),
        receivedAtMs,
      );
      const last = ready.at(-1)?.checked;
      const next = last === undefined ? head : { seq: last.event.seq, hash: last.hash };
      await events.setHead(tenantId, device.id, batch.epoch, next);
      return { head: next, decided };
    });
  }
}

function peopleOf(ready: readonly Ready[]): string[] {
  return ready.flatMap(({ prepared }) => (prepared.kind === 'person' ? [prepared.personId] : []));
}

/** An enrolment ends a chunk: who was enrolled by it is known to the gallery only after its commit. */
function chunksOf(events: readonly CheckedEvent[]): CheckedEvent[][] {
  const chunks: CheckedEvent[][] = [];
  let chunk: CheckedEvent[] = [];
  for (const checked of events) {
    chunk.push(checked);
    if (chunk.length === EVENTS_AT_ONCE || checked.event.type === 'enrolment') {
      chunks.push(chunk);
      chunk = [];
    }
  }
  if (chunk.length > 0) chunks.push(chunk);
  return chunks;
}
