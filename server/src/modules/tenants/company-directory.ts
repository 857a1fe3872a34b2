// Companies and sites as other modules see them.
import type { Locale } from '@hazri/shared/protocol/primitives';

export interface CompanyView {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  readonly locale: Locale;
  readonly isDemo: boolean;
  /** A copy of the root key was confirmed. */
  readonly isRootKeySaved: boolean;
}

export interface SiteView {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
}

export const COMPANY_DIRECTORY = Symbol('CompanyDirectory');

export interface CompanyDirectory {
  company(tenantId: string): Promise<CompanyView | null>;
  companyIds(): Promise<string[]>;
  site(tenantId: string, siteId: string): Promise<SiteView | null>;
  /** By name. */
  sites(tenantId: string): Promise<SiteView[]>;
}
