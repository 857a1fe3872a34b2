// The audit trail as the console shows it: newest first, one company's only.
import type { AuditEntry } from '@hazri/shared/protocol/console-types';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { AuditRecord } from './audit-trail.js';

export interface AuditPage {
  readonly tenantId: string;
  readonly search: string;
  /** Only rows before this one; null for the newest. */
  readonly beforeSeq: number | null;
  readonly limit: number;
}

export interface AuditReader {
  page(question: AuditPage): Promise<{ items: AuditRecord[]; total: number }>;
}

const DEFAULT_LIMIT = 50;

export class ListAudit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: AuditReader,
  ) {}

  async run(input: {
    readonly tenantId: string;
    readonly search?: string | undefined;
    readonly cursor?: string | undefined;
    readonly limit?: number | undefined;
  }): Promise<{ items: AuditEntry[]; nextCursor: string | null; total: number }> {
    const limit = input.limit ?? DEFAULT_LIMIT;
    const cursor = Number(input.cursor ?? Number.NaN);
    const { items, total } = await this.unitOfWork.run(() =>
      this.reader.page({
        tenantId: input.tenantId,
        search: input.search ?? '',
        beforeSeq: Number.isSafeInteger(cursor) ? cursor : null,
        limit: limit + 1,
      }),
    );
    const shown = items.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map(toEntry),
      nextCursor: items.length > limit && last !== undefined ? String(last.seq) : null,
      total,
    };
  }
}

function toEntry(record: AuditRecord): AuditEntry {
  const { id, atMs, actorKind, actorName, action, subject, address } = record;
  return { id, atMs, actorKind, actorName, action, subject, address };
}
