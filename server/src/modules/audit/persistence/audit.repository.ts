// Appends to and reads from the audit trail; there is no way to change or remove a row.
import type { Database } from '../../../platform/database/unit-of-work.js';
import type { AuditRecord, AuditStore } from '../audit-trail.js';
import type { AuditPage, AuditReader } from '../list-audit.js';
import { auditEntrySchema, auditHeadSchema } from './audit.schema.js';

export class AuditRepository implements AuditStore, AuditReader {
  constructor(private readonly database: Database) {}

  lockHead(tenantId: string): Promise<{ seq: number; hash: string } | null> {
    return this.database.lockRow(auditHeadSchema, { tenantId });
  }

  async append(records: readonly AuditRecord[]): Promise<void> {
    const [first] = records;
    const last = records.at(-1);
    if (first === undefined || last === undefined) return;
    const { tenantId, seq, hash } = last;
    await this.entries().insert(records.map((record) => ({ ...record })));
    if (first.seq === 1) await this.heads().insert({ tenantId, seq, hash });
    else await this.heads().update({ tenantId }, { seq, hash });
  }

  async page(question: AuditPage): Promise<{ items: AuditRecord[]; total: number }> {
    const query = this.entries()
      .createQueryBuilder('entry')
      .where('entry.tenantId = :tenantId', { tenantId: question.tenantId });
    if (question.search !== '') {
      const search = `%${question.search.toLowerCase().replace(/[\\%_]/g, '')}%`;
      query.andWhere(
        `(LOWER(entry.actorName) LIKE :search OR LOWER(entry.action) LIKE :search OR LOWER(entry.subject) LIKE :search)`,
        { search },
      );
    }
    const total = await query.getCount();
    if (question.beforeSeq !== null) query.andWhere('entry.seq < :seq', { seq: question.beforeSeq });
    const items = await query.orderBy('entry.seq', 'DESC').take(question.limit).getMany();
    return { items, total };
  }

  async tenantIds(): Promise<string[]> {
    const heads = await this.heads().find({ order: { tenantId: 'ASC' } });
    return heads.map((head) => head.tenantId);
  }

  /** The whole chain of a company, oldest first. */
  async of(tenantId: string): Promise<AuditRecord[]> {
    return this.entries().find({ where: { tenantId }, order: { seq: 'ASC' } });
  }

  private entries() {
    return this.database.manager().getRepository(auditEntrySchema);
  }

  private heads() {
    return this.database.manager().getRepository(auditHeadSchema);
  }
}
