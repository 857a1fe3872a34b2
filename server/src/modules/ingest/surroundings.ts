// The site and the policy that a device's events are judged by. Both are remembered for a moment: they hardly ever change,
// and a busy tablet would read them anew for each punch. The device itself is never remembered, so what an administrator
// does to it counts at once.
import { InvariantError } from '@hazri/shared/result';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { CompanyPolicies, CompanyPolicy } from '../devices/public.js';
import type { CompanyDirectory } from '../tenants/public.js';
import type { SitePeople } from './site-people.js';

const REMEMBER_MS = 2000;
const REMEMBERED_AT_MOST = 10_000;

export interface Surroundings {
  readonly site: { readonly id: string; readonly zone: string };
  readonly policy: CompanyPolicy;
  /** Who works at the site. */
  readonly expected: ReadonlySet<string>;
}

export class DeviceSurroundings {
  private readonly remembered = new Map<string, Omit<Surroundings, 'expected'> & { readonly atMs: number }>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly companies: CompanyDirectory,
    private readonly policies: CompanyPolicies,
    private readonly sitePeople: SitePeople,
  ) {}

  async of(tenantId: string, siteId: string, nowMs: number): Promise<Surroundings> {
    const around = await this.siteAndPolicy(tenantId, siteId, nowMs);
    return { ...around, expected: await this.sitePeople.of(tenantId, around.site, nowMs) };
  }

  private async siteAndPolicy(tenantId: string, siteId: string, nowMs: number) {
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
