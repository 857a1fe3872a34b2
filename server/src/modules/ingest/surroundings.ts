// The site and the policy that a device's events are judged by. Both are remembered for a moment: they hardly ever change,
// and a busy tablet would read them anew for each punch. The device itself is never remembered, so what an administrator
// does to it counts at once.
import { InvariantError } from '@hazri/shared/result';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { CompanyPolicies, CompanyPolicy } from '../devices/public.js';
import type { CompanyDirectory } from '../tenants/public.js';

const REMEMBER_MS = 2000;
const REMEMBERED_AT_MOST = 10_000;

export interface Surroundings {
  readonly site: { readonly id: string; readonly zone: string };
  readonly policy: CompanyPolicy;
}

export class DeviceSurroundings {
  private readonly remembered = new Map<string, Surroundings & { readonly atMs: number }>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly companies: CompanyDirectory,
    private readonly policies: CompanyPolicies,
  ) {}

  async of(tenantId: string, siteId: string, nowMs: number): Promise<Surroundings> {
    const name = `${tenantId}|${siteId}`;
    const known = this.remembered.get(name);
    if (known !== undefined && Math.abs(nowMs - known.atMs) < REMEMBER_MS) return known;
    const read = await this.unitOfWork.run(async () => ({
      site: await this.companies.site(tenantId, siteId),
      policy: await this.policies.of(tenantId),
    }));
    if (read.site === null) throw new InvariantError('a device without a site');
    const around = { site: read.site, policy: read.policy, atMs: nowMs };
    if (this.remembered.size >= REMEMBERED_AT_MOST) this.remembered.clear();
    this.remembered.set(name, around);
    return around;
  }
}
