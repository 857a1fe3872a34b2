// Wires companies and sites.
import { type FactoryProvider, Global, Module } from '@nestjs/common';
import type { Clock } from '../../platform/clock/clock.js';
import { Database, UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { RootKey } from '../../platform/keys/root-key.js';
import { TenantKeys } from '../../platform/keys/tenant-keys.js';
import { Throttle } from '../../platform/throttle/throttle.js';
import { CLOCK, ROOT_KEY } from '../../platform/tokens.js';
import { AuditTrail } from '../audit/public.js';
import { Accounts, OpenSession, SessionViews } from '../auth/public.js';
import { COMPANY_DIRECTORY } from './company-directory.js';
import { CreateCompany, StartCompany } from './create-company.js';
import { TenantsController } from './http/tenants.controller.js';
import { TenantsRepository } from './persistence/tenants.repository.js';
import { ConfirmRootKey, CopyRootKey } from './root-key-copy.js';
import { CreateSite, ListSites } from './sites.js';

const providers: FactoryProvider[] = [
  {
    provide: TenantsRepository,
    useFactory: (database: Database) => new TenantsRepository(database),
    inject: [Database],
  },
  { provide: COMPANY_DIRECTORY, useFactory: (rows: TenantsRepository) => rows, inject: [TenantsRepository] },
  {
    provide: CreateCompany,
    useFactory: (
      unit: UnitOfWork,
      companies: TenantsRepository,
      keys: TenantKeys,
      audit: AuditTrail,
      accounts: Accounts,
      clock: Clock,
    ) => new CreateCompany(unit, { companies, keys, audit }, accounts, clock),
    inject: [UnitOfWork, TenantsRepository, TenantKeys, AuditTrail, Accounts, CLOCK],
  },
  {
    provide: StartCompany,
    useFactory: (create: CreateCompany, throttle: Throttle, open: OpenSession) =>
      new StartCompany(create, throttle, open),
    inject: [CreateCompany, Throttle, OpenSession],
  },
  {
    provide: ListSites,
    useFactory: (unit: UnitOfWork, rows: TenantsRepository) => new ListSites(unit, rows),
    inject: [UnitOfWork, TenantsRepository],
  },
  {
    provide: CreateSite,
    useFactory: (unit: UnitOfWork, rows: TenantsRepository, audit: AuditTrail, clock: Clock) =>
      new CreateSite(unit, rows, audit, clock),
    inject: [UnitOfWork, TenantsRepository, AuditTrail, CLOCK],
  },
  {
    provide: CopyRootKey,
    useFactory: (
      unit: UnitOfWork,
      rows: TenantsRepository,
      rootKey: RootKey,
      accounts: Accounts,
      audit: AuditTrail,
    ) => new CopyRootKey(unit, rows, rootKey, accounts, audit),
    inject: [UnitOfWork, TenantsRepository, ROOT_KEY, Accounts, AuditTrail],
  },
  {
    provide: ConfirmRootKey,
    useFactory: (
      unit: UnitOfWork,
      rows: TenantsRepository,
      rootKey: RootKey,
      audit: AuditTrail,
      views: SessionViews,
      clock: Clock,
    ) => new ConfirmRootKey(unit, rows, rootKey, audit, { views, clock }),
    inject: [UnitOfWork, TenantsRepository, ROOT_KEY, AuditTrail, SessionViews, CLOCK],
  },
];

@Global()
@Module({
  controllers: [TenantsController],
  providers,
  exports: [COMPANY_DIRECTORY, CreateCompany],
})
export class TenantsModule {}
