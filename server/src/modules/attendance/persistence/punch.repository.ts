// Stores and finds punches; there is no way to change or remove one. Every query names the tenant.
import { type SelectQueryBuilder } from 'typeorm';
import type { Database } from '../../../platform/database/unit-of-work.js';
import type {
  EventRef,
  Punch,
  PunchFilter,
  PunchPage,
  PunchStore,
  PunchUndo,
  PunchWithUndo,
} from '../punch.js';
import { personTurnSchema, punchSchema, punchUndoSchema } from './punch.schema.js';

/** How many ids go into one query. */
const CHUNK = 400;

interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
}

export class PunchRepository implements PunchStore {
  constructor(private readonly database: Database) {}

  async takeTurn(tenantId: string, personId: string): Promise<void> {
    if (await this.database.lockRow(personTurnSchema, { personId })) return;
    const insert = this.database.manager().createQueryBuilder().insert().into(personTurnSchema);
    await insert.values({ personId, tenantId }).orIgnore().execute();
    await this.database.lockRow(personTurnSchema, { personId });
  }

  counted(tenantId: string, personId: string, span: Span): Promise<Punch[]> {
    return this.countedWithin(tenantId, span).andWhere('punch.personId = :personId', { personId }).getMany();
  }

  async countedOf(tenantId: string, personIds: readonly string[], span: Span): Promise<Punch[]> {
    const punches: Punch[] = [];
    for (let at = 0; at < personIds.length; at += CHUNK) {
      const some = personIds.slice(at, at + CHUNK);
      punches.push(
        ...(await this.countedWithin(tenantId, span)
          .andWhere('punch.personId IN (:...some)', { some })
          .getMany()),
      );
    }
    return punches;
  }

  async add(punch: Punch): Promise<void> {
    await this.punches().insert({ ...punch });
  }

  async byEvent(tenantId: string, event: EventRef): Promise<PunchWithUndo | null> {
    const { deviceId, epoch, seq } = event;
    const punch = await this.punches().findOneBy({ tenantId, deviceId, epoch, seq });
    if (punch === null) return null;
    const [withUndo] = await this.withUndos(tenantId, [punch]);
    return withUndo ?? null;
  }

  newestOfDevice(tenantId: string, deviceId: string): Promise<Punch | null> {
    return this.punches().findOne({ where: { tenantId, deviceId }, order: { epoch: 'DESC', seq: 'DESC' } });
  }

  async addUndo(undo: PunchUndo): Promise<void> {
    await this.undos().insert({ ...undo });
  }

  async page(tenantId: string, filter: PunchFilter, page: PunchPage): Promise<PunchWithUndo[]> {
    if (filter.personIds?.length === 0) return [];
    const query = this.filtered(tenantId, filter);
    if (page.after !== null) {
      query.andWhere('(punch.atMs < :atMs OR (punch.atMs = :atMs AND punch.id < :id))', page.after);
    }
    query.orderBy('punch.atMs', 'DESC').addOrderBy('punch.id', 'DESC').limit(page.limit);
    return this.withUndos(tenantId, await query.getMany());
  }

  async count(tenantId: string, filter: PunchFilter): Promise<number> {
    return filter.personIds?.length === 0 ? 0 : this.filtered(tenantId, filter).getCount();
  }

  private filtered(tenantId: string, filter: PunchFilter): SelectQueryBuilder<Punch> {
    const query = this.ofTenant(tenantId);
    const conditions: [unknown, string][] = [
      [filter.fromMs, 'punch.atMs >= :fromMs'],
      [filter.untilMs, 'punch.atMs < :untilMs'],
      [filter.personId, 'punch.personId = :personId'],
      [filter.deviceId, 'punch.deviceId = :deviceId'],
      [filter.direction, 'punch.direction = :direction'],
      [filter.personIds, 'punch.personId IN (:...personIds)'],
    ];
    for (const [value, condition] of conditions) if (value !== null) query.andWhere(condition);
    return query.setParameters({ ...filter, tenantId });
  }

  private countedWithin(tenantId: string, span: Span): SelectQueryBuilder<Punch> {
    return this.ofTenant(tenantId)
      .leftJoin('punch_undo', 'undo', 'undo.punch_id = punch.id')
      .andWhere('undo.punch_id IS NULL')
      .andWhere('punch.atMs >= :fromMs AND punch.atMs < :untilMs', span);
  }

  private ofTenant(tenantId: string): SelectQueryBuilder<Punch> {
    return this.punches().createQueryBuilder('punch').where('punch.tenantId = :tenantId', { tenantId });
  }

  private async withUndos(tenantId: string, punches: readonly Punch[]): Promise<PunchWithUndo[]> {
    const undone = new Map<string, number>();
    for (let at = 0; at < punches.length; at += CHUNK) {
      const ids = punches.slice(at, at + CHUNK).map((punch) => punch.id);
      const query = this.undos().createQueryBuilder('undo').where('undo.tenantId = :tenantId', { tenantId });
      for (const undo of await query.andWhere('undo.punchId IN (:...ids)', { ids }).getMany()) {
        undone.set(undo.punchId, undo.atMs);
      }
    }
    return punches.map((punch) => ({ ...punch, undoneAtMs: undone.get(punch.id) ?? null }));
  }

  private punches() {
    return this.database.manager().getRepository(punchSchema);
  }

  private undos() {
    return this.database.manager().getRepository(punchUndoSchema);
  }
}
