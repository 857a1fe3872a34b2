// Pairs of people who look alike and the runs that look for them. Every query names the tenant.
import { In, type SelectQueryBuilder } from 'typeorm';
import type { Database } from '../../../platform/database/unit-of-work.js';
import type {
  CheckRun,
  CheckRuns,
  LookAlikePair,
  LookAlikeRows,
  PairChange,
  PairPage,
} from '../look-alike.js';
import { lookAlikeCheckSchema, lookAlikeSchema } from './look-alike.schema.js';

const GUARDED = ['open', 'confirmed'] as const;
const UNDECIDED = ['open', 'blocked'] as const;

export class LookAlikeRepository implements LookAlikeRows {
  constructor(private readonly database: Database) {}

  between(tenantId: string, [personA, personB]: readonly [string, string]): Promise<LookAlikePair | null> {
    return this.rows().findOneBy({ tenantId, personA, personB });
  }

  lock(tenantId: string, pairId: string): Promise<LookAlikePair | null> {
    return this.database.lockRow(lookAlikeSchema, { tenantId, id: pairId });
  }

  async addIfNew(pair: LookAlikePair): Promise<void> {
    const insert = this.database.manager().createQueryBuilder().insert().into(lookAlikeSchema);
    await insert
      .values({ ...pair })
      .orIgnore()
      .execute();
  }

  async change(tenantId: string, pairId: string, change: PairChange): Promise<void> {
    await this.rows().update({ tenantId, id: pairId }, change);
  }

  async removeOf(tenantId: string, personId: string): Promise<void> {
    await this.rows().delete({ tenantId, personA: personId });
    await this.rows().delete({ tenantId, personB: personId });
  }

  ofPerson(tenantId: string, personId: string): Promise<LookAlikePair[]> {
    const either = [
      { tenantId, personA: personId },
      { tenantId, personB: personId },
    ];
    return this.rows().find({ where: either });
  }

  async remove(tenantId: string, pairIds: readonly string[]): Promise<void> {
    if (pairIds.length > 0) await this.rows().delete({ tenantId, id: In([...pairIds]) });
  }

  async page(tenantId: string, { state, after, limit }: PairPage): Promise<LookAlikePair[]> {
    const query = this.filtered(tenantId, state);
    if (after !== null) {
      query.andWhere('(row.createdAtMs < :atMs OR (row.createdAtMs = :atMs AND row.id < :id))', after);
    }
    return query.orderBy('row.createdAtMs', 'DESC').addOrderBy('row.id', 'DESC').limit(limit).getMany();
  }

  count(tenantId: string, state: PairPage['state']): Promise<number> {
    return this.filtered(tenantId, state).getCount();
  }

  guarded(tenantId: string): Promise<Pick<LookAlikePair, 'personA' | 'personB'>[]> {
    const select = { id: true, personA: true, personB: true } as const;
    return this.rows().find({ select, where: { tenantId, state: In([...GUARDED]) } });
  }

  private filtered(tenantId: string, state: PairPage['state']): SelectQueryBuilder<LookAlikePair> {
    const query = this.rows().createQueryBuilder('row').where('row.tenantId = :tenantId', { tenantId });
    const states: readonly string[] = state === 'open' ? UNDECIDED : [state];
    return state === 'all' ? query : query.andWhere('row.state IN (:...states)', { states });
  }

  private rows() {
    return this.database.manager().getRepository(lookAlikeSchema);
  }
}

export class CheckRunRepository implements CheckRuns {
  constructor(private readonly database: Database) {}

  of(tenantId: string): Promise<CheckRun | null> {
    return this.rows().findOneBy({ tenantId });
  }

  lock(tenantId: string): Promise<CheckRun | null> {
    return this.database.lockRow(lookAlikeCheckSchema, { tenantId });
  }

  async put(run: CheckRun): Promise<void> {
    await this.rows().upsert({ ...run }, ['tenantId']);
  }

  async change(
    { tenantId, runId }: Pick<CheckRun, 'tenantId' | 'runId'>,
    change: Partial<Omit<CheckRun, 'tenantId' | 'runId'>>,
  ): Promise<boolean> {
    const { affected } = await this.rows().update({ tenantId, runId, state: 'running' }, change);
    return affected !== 0;
  }

  private rows() {
    return this.database.manager().getRepository(lookAlikeCheckSchema);
  }
}
