// Stores and finds events of devices; there is no way to change or remove one. Every query names the tenant, except the
// server's own look after undecided boxes.
import { randomUUID } from 'node:crypto';
import { Between, LessThan } from 'typeorm';
import { GENESIS_HASH } from '@hazri/shared/crypto/hash-chain';
import type { Database } from '../../../platform/database/unit-of-work.js';
import type { DeviceHead, EventHeads } from '../../devices/public.js';
import type {
  EpochHead,
  EpochPlace,
  EventPlace,
  EventStore,
  SeqRange,
  StoredEvent,
  StoredOutcome,
  UndecidedBox,
} from '../stored-event.js';
import {
  deviceEpochSchema,
  deviceEventSchema,
  eventOutcomeSchema,
  quarantinedEventSchema,
  undecidedBoxSchema,
} from './event.schema.js';

export class EventRepository implements EventStore, EventHeads {
  constructor(private readonly database: Database) {}

  async headOf(tenantId: string, deviceId: string, epoch: number): Promise<DeviceHead | null> {
    const row = await this.epochs().findOneBy({ tenantId, deviceId, epoch });
    return row === null || row.seq === 0 ? null : { epoch, seq: row.seq, hash: row.hash };
  }

  async lockHead(place: EpochPlace): Promise<EpochHead | null> {
    const row = await this.database.lockRow(deviceEpochSchema, place);
    return row === null ? null : { seq: row.seq, hash: row.hash };
  }

  async beginEpoch(place: EpochPlace): Promise<void> {
    const insert = this.database.manager().createQueryBuilder().insert().into(deviceEpochSchema);
    await insert
      .values({ ...place, seq: 0, hash: GENESIS_HASH })
      .orIgnore()
      .execute();
  }

  async setHead(tenantId: string, deviceId: string, epoch: number, head: EpochHead): Promise<void> {
    await this.epochs().update({ tenantId, deviceId, epoch }, { seq: head.seq, hash: head.hash });
  }

  async append(events: readonly StoredEvent[]): Promise<void> {
    await this.events().insert(events.map((event) => ({ ...event })));
  }

  async hashes(range: SeqRange): Promise<Map<number, string>> {
    const rows = await this.events().find({ select: { seq: true, hash: true }, where: whereOf(range) });
    return new Map(rows.map((row) => [row.seq, row.hash]));
  }

  async outcomes(range: SeqRange): Promise<Map<number, StoredOutcome>> {
    const rows = await this.outcomeRows().findBy(whereOf(range));
    return new Map(rows.map((row) => [row.seq, row.outcome]));
  }

  async setOutcomes(
    outcomes: readonly (EventPlace & { readonly outcome: StoredOutcome })[],
    decidedAtMs: number,
  ): Promise<void> {
    if (outcomes.length === 0) return;
    await this.outcomeRows().insert(outcomes.map((one) => ({ ...one, decidedAtMs })));
  }

  async canonicalOf({ tenantId, deviceId, epoch, seq }: EventPlace): Promise<string | null> {
    return (await this.events().findOneBy({ tenantId, deviceId, epoch, seq }))?.canonical ?? null;
  }

  async keepBox(box: UndecidedBox): Promise<void> {
    await this.boxes().insert({ ...box, box: Buffer.from(box.box) });
  }

  async dropBox({ tenantId, deviceId, epoch, seq }: EventPlace): Promise<void> {
    await this.boxes().delete({ tenantId, deviceId, epoch, seq });
  }

  async undecided(limit: number): Promise<(StoredEvent & { readonly box: Uint8Array })[]> {
    const boxes = await this.boxes().find({
      order: { expiresAtMs: 'ASC', epoch: 'ASC', seq: 'ASC' },
      take: limit,
    });
    const found: (StoredEvent & { box: Uint8Array })[] = [];
    for (const { tenantId, deviceId, epoch, seq, box } of boxes) {
      const event = await this.events().findOneBy({ tenantId, deviceId, epoch, seq });
      if (event !== null) found.push({ ...event, box });
    }
    return found;
  }

  async dropBoxesBefore(atMs: number): Promise<EventPlace[]> {
    const rows = await this.boxes().findBy({ expiresAtMs: LessThan(atMs) });
    for (const row of rows) await this.dropBox(row);
    return rows.map(({ tenantId, deviceId, epoch, seq }) => ({ tenantId, deviceId, epoch, seq }));
  }

  async quarantine(events: readonly StoredEvent[]): Promise<void> {
    const rows = events.map(({ tenantId, deviceId, epoch, seq, hash, canonical, receivedAtMs }) => ({
      id: randomUUID(),
      tenantId,
      deviceId,
      epoch,
      seq,
      hash,
      canonical,
      receivedAtMs,
    }));
    const insert = this.database.manager().createQueryBuilder().insert().into(quarantinedEventSchema);
    await insert.values(rows).orIgnore().execute();
  }

  private epochs() {
    return this.database.manager().getRepository(deviceEpochSchema);
  }

  private events() {
    return this.database.manager().getRepository(deviceEventSchema);
  }

  private outcomeRows() {
    return this.database.manager().getRepository(eventOutcomeSchema);
  }

  private boxes() {
    return this.database.manager().getRepository(undecidedBoxSchema);
  }
}

const whereOf = ({ tenantId, deviceId, epoch, fromSeq, toSeq }: SeqRange) => ({
  tenantId,
  deviceId,
  epoch,
  seq: Between(fromSeq, toSeq),
});
