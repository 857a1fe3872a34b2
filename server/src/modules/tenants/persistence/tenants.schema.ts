// Rows of companies and their sites.
import { EntitySchema } from 'typeorm';
import type { Locale } from '@hazri/shared/protocol/primitives';
import { flag, id, instantMs, nullable, primaryId, shortText } from '../../../platform/database/columns.js';

export interface CompanyRow {
  id: string;
  name: string;
  zone: string;
  locale: Locale;
  isDemo: boolean;
  rootKeySavedAtMs: number | null;
  createdAtMs: number;
}
export const companySchema = new EntitySchema<CompanyRow>({
  name: 'Company',
  tableName: 'company',
  columns: {
    id: primaryId,
    name: shortText(120),
    zone: shortText(64),
    locale: shortText(8),
    isDemo: flag,
    rootKeySavedAtMs: nullable(instantMs),
    createdAtMs: instantMs,
  },
});

export interface SiteRow {
  id: string;
  tenantId: string;
  name: string;
  zone: string;
  createdAtMs: number;
}
export const siteSchema = new EntitySchema<SiteRow>({
  name: 'Site',
  tableName: 'site',
  columns: {
    id: primaryId,
    tenantId: id,
    name: shortText(120),
    zone: shortText(64),
    createdAtMs: instantMs,
  },
});
