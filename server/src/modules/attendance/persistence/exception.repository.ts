// Stores and finds exceptions; one is resolved, never removed. Every query names the tenant.
import type { SelectQueryBuilder } from 'typeorm';
import type { Database } from '../../../platform/database/unit-of-work.js';
import type { AttendanceException, ExceptionPage, ExceptionStore } from '../exceptions.js';
import { exceptionSchema } from './punch.schema.js';

export class ExceptionRepository implements ExceptionStore {
  constructor(private readonly database: Database) {}

  async addIfNew(exception: AttendanceException): Promise<boolean> {
    const { tenantId, sameAs, id } = exception;
    const insert = this.database.manager().createQueryBuilder().insert().into(exceptionSchema);
    await insert
      .values({ ...exception })
      .orIgnore()
      .execute();
    return (await this.rows().findOneBy({ tenantId, sameAs }))?.id === id;
  }

  lock(tenantId: string, exceptionId: string): Promise<AttendanceException | null> {
    return this.database.lockRow(exceptionSchema, { tenantId, id: exceptionId });
  }

  async resolve(
    tenantId: string,
    exceptionId: string,
    how: { readonly note: string; readonly atMs: number; readonly by: string },
  ): Promise<void> {
    const change = { state: 'resolved' as const, note: how.note, resolvedAtMs: how.atMs, resolvedBy: how.by };
    await this.rows().update({ tenantId, id: exceptionId }, change);
  }

  async page(tenantId: string, page: ExceptionPage): Promise<AttendanceException[]> {
    if (page.personIds?.length === 0) return [];
    const query = this.filtered(tenantId, page);
    if (page.after !== null) {
      query.andWhere('(row.atMs < :atMs OR (row.atMs = :atMs AND row.id < :id))', page.after);
    }
    return query.orderBy('row.atMs', 'DESC').addOrderBy('row.id', 'DESC').limit(page.limit).getMany();
  }

  async count(tenantId: string, page: Pick<ExceptionPage, 'state' | 'personIds'>): Promise<number> {
    return page.personIds?.length === 0 ? 0 : this.filtered(tenantId, page).getCount();
  }

  private filtered(
    tenantId: string,
    { state, personIds }: Pick<ExceptionPage, 'state' | 'personIds'>,
  ): SelectQueryBuilder<AttendanceException> {
    const query = this.rows().createQueryBuilder('row').where('row.tenantId = :tenantId', { tenantId });
    if (state !== 'all') query.andWhere('row.state = :state', { state });
    if (personIds !== null) query.andWhere('row.personId IN (:...personIds)', { personIds });
    return query;
  }

  private rows() {
    return this.database.manager().getRepository(exceptionSchema);
  }
}
