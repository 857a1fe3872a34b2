// What the company use-cases need from the database. Every method runs inside the caller's unit of work.
import type { Locale } from '@hazri/shared/protocol/primitives';

export interface NewCompany {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  readonly locale: Locale;
  readonly isDemo: boolean;
  readonly createdAtMs: number;
}

export interface NewSite {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly zone: string;
  readonly createdAtMs: number;
}

export interface CompanyStore {
  /** Companies that are no demo. */
  countReal(): Promise<number>;
  addCompany(company: NewCompany): Promise<void>;
  addSite(site: NewSite): Promise<'added' | 'name-taken'>;
  markRootKeySaved(tenantId: string, atMs: number): Promise<void>;
}
