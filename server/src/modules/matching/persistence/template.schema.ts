// Templates and candidates (ciphertext) and the version of each company's gallery as they stand in the database.
import { EntitySchema } from 'typeorm';
import {
  bytes,
  id,
  instantMs,
  integer,
  json,
  nullable,
  primaryId,
  shortText,
} from '../../../platform/database/columns.js';
import type { Candidate, StoredTemplate } from '../template.js';

const sealed = { id: primaryId, tenantId: id, personId: id, modelId: shortText(80), sealed: bytes } as const;

export interface TemplateRow extends Omit<StoredTemplate, 'usedCount'> {
  /** Null until it was used once. */
  readonly usedCount: number | null;
}
export const templateSchema = new EntitySchema<TemplateRow>({
  name: 'Template',
  tableName: 'template',
  columns: {
    ...sealed,
    quality: nullable(json),
    source: shortText(20),
    createdAtMs: instantMs,
    pose: nullable(shortText(8)),
    look: nullable(shortText(8)),
    usedCount: nullable(integer),
    lastUsedAtMs: nullable(instantMs),
  },
});

export const candidateSchema = new EntitySchema<Candidate>({
  name: 'TemplateCandidate',
  tableName: 'template_candidate',
  columns: { ...sealed, createdAtMs: instantMs },
});

export interface GalleryVersionRow {
  readonly tenantId: string;
  readonly version: number;
}
export const galleryVersionSchema = new EntitySchema<GalleryVersionRow>({
  name: 'GalleryVersion',
  tableName: 'gallery_version',
  columns: { tenantId: primaryId, version: integer },
});
