// Companies and their sites.
import { isDuplicate } from '../../../platform/database/dialect.js';
import type { Database } from '../../../platform/database/unit-of-work.js';
import type { CompanyDirectory, CompanyView, SiteView } from '../company-directory.js';
import type { CompanyStore, NewCompany, NewSite } from '../company-store.js';
import { type CompanyRow, companySchema, siteSchema } from './tenants.schema.js';

export class TenantsRepository implements CompanyDirectory, CompanyStore {
  constructor(private readonly database: Database) {}

  async company(tenantId: string): Promise<CompanyView | null> {
    const row = await this.companies().findOneBy({ id: tenantId });
    return row === null ? null : toCompany(row);
  }

  async companyIds(): Promise<string[]> {
    const rows = await this.companies().find({ order: { createdAtMs: 'ASC', id: 'ASC' } });
    return rows.map((row) => row.id);
  }

  site(tenantId: string, siteId: string): Promise<SiteView | null> {
    return this.sitesTable().findOneBy({ tenantId, id: siteId });
  }

  async sites(tenantId: string): Promise<SiteView[]> {
    return this.sitesTable().find({ where: { tenantId }, order: { name: 'ASC', id: 'ASC' } });
  }

  countReal(): Promise<number> {
    return this.companies().countBy({ isDemo: false });
  }

  async addCompany(company: NewCompany): Promise<void> {
    await this.companies().insert({ ...company, rootKeySavedAtMs: null });
  }

  async addSite(site: NewSite): Promise<'added' | 'name-taken'> {
    try {
      await this.sitesTable().insert({ ...site });
      return 'added';
    } catch (error) {
      if (isDuplicate(error)) return 'name-taken';
      throw error;
    }
  }

  async markRootKeySaved(tenantId: string, atMs: number): Promise<void> {
    await this.companies().update({ id: tenantId }, { rootKeySavedAtMs: atMs });
  }

  private companies() {
    return this.database.manager().getRepository(companySchema);
  }

  private sitesTable() {
    return this.database.manager().getRepository(siteSchema);
  }
}

function toCompany(row: CompanyRow): CompanyView {
  const { id, name, zone, locale, isDemo } = row;
  return { id, name, zone, locale, isDemo, isRootKeySaved: row.rootKeySavedAtMs !== null };
}
