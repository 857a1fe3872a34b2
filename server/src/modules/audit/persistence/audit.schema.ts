// Rows of the audit trail and the head of each company's chain.
import { EntitySchema } from 'typeorm';
import {
  id,
  instantMs,
  integer,
  json,
  nullable,
  primaryId,
  shortText,
} from '../../../platform/database/columns.js';
import type { AuditRecord } from '../audit-trail.js';

export type AuditEntryRow = { -readonly [K in keyof AuditRecord]: AuditRecord[K] };
export const auditEntrySchema = new EntitySchema<AuditEntryRow>({
  name: 'AuditEntry',
  tableName: 'audit_entry',
  columns: {
    id: primaryId,
    tenantId: id,
    seq: integer,
    atMs: instantMs,
    actorKind: shortText(10),
    actorId: nullable(id),
    actorName: shortText(200),
    action: shortText(60),
    subject: nullable(shortText(200)),
    address: nullable(shortText(64)),
    detail: nullable(json),
    prevHash: shortText(64),
    hash: shortText(64),
  },
});

export interface AuditHeadRow {
  tenantId: string;
  seq: number;
  hash: string;
}
export const auditHeadSchema = new EntitySchema<AuditHeadRow>({
  name: 'AuditHead',
  tableName: 'audit_head',
  columns: { tenantId: primaryId, seq: integer, hash: shortText(64) },
});
