// Templates (ciphertext) and the version of each company's gallery as they stand in the database.
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
import type { StoredTemplate } from '../template.js';

export type TemplateRow = StoredTemplate;
export const templateSchema = new EntitySchema<TemplateRow>({
  name: 'Template',
  tableName: 'template',
  columns: {
    id: primaryId,
    tenantId: id,
    personId: id,
    modelId: shortText(80),
    sealed: bytes,
    quality: nullable(json),
    source: shortText(20),
    createdAtMs: instantMs,
  },
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
