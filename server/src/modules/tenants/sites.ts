// Sites of a company: where tablets hang, each with its own time zone.
import { randomUUID } from 'node:crypto';
import type { Site } from '@hazri/shared/protocol/console-types';
import { type Result, err, ok } from '@hazri/shared/result';
import type { Clock } from '../../platform/clock/clock.js';
import { isZone } from '../../platform/clock/local-date.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Refusal } from '../../platform/http/refusal.js';
import type { UserRequest } from '../../platform/http/principal.js';
import type { AuditTrail } from '../audit/public.js';
import type { CompanyDirectory } from './company-directory.js';
import type { CompanyStore } from './company-store.js';

export class ListSites {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly companies: CompanyDirectory,
  ) {}

  async run(tenantId: string): Promise<{ items: Site[] }> {
    return { items: await this.unitOfWork.run(() => this.companies.sites(tenantId)) };
  }
}

const refuse = (path: string, code: string): Refusal => ({
  code: 'REQUEST_INVALID',
  issues: [{ path, code }],
});

export class CreateSite {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly companies: CompanyStore,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  async run(by: UserRequest, input: { name: string; zone: string }): Promise<Result<Site, Refusal>> {
    const { tenantId } = by.principal;
    if (!isZone(input.zone)) return err(refuse('body.zone', 'ZONE_UNKNOWN'));
    return this.unitOfWork.attempt<Site, Refusal>(async () => {
      const site = { id: randomUUID(), ...input };
      const added = await this.companies.addSite({ ...site, tenantId, createdAtMs: this.clock.nowMs() });
      if (added === 'name-taken') return err(refuse('body.name', 'NAME_TAKEN'));
      this.audit.record({ tenantId, actor: by.actor, action: 'site.created', subject: input.name });
      return ok(site);
    });
  }
}
