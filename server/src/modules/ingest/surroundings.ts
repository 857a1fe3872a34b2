// A device with its site and its company's policy, as every event needs them. Site and policy are remembered for a moment:
// they hardly ever change, and a busy tablet would read them anew for each punch. The device itself is never remembered,
// so what an administrator does to it counts at once.
import { InvariantError } from '@hazri/shared/result';
import type { CompanyPolicies, CompanyPolicy, DeviceFacts, DeviceRegister } from '../devices/public.js';
import type { CompanyDirectory } from '../tenants/public.js';

const REMEMBER_MS = 2000;
const REMEMBERED_AT_MOST = 10_000;

export interface Surroundings {
  readonly device: DeviceFacts;
  readonly site: { readonly id: string; readonly zone: string };
  readonly policy: CompanyPolicy;
}

type Slow = Omit<Surroundings, 'device'>;

export class DeviceSurroundings {
  private readonly remembered = new Map<string, { readonly atMs: number; readonly slow: Slow }>();

  constructor(
    private readonly devices: DeviceRegister,
    private readonly companies: CompanyDirectory,
    private readonly policies: CompanyPolicies,
  ) {}

  /** Inside the caller's unit of work. */
  async of(tenantId: string, deviceId: string, nowMs: number): Promise<Surroundings> {
    const device = await this.devices.device(tenantId, deviceId);
    if (device === null) throw new InvariantError('events of a device without a row');
    const known = this.remembered.get(`${tenantId}|${device.siteId}`);
    if (known !== undefined && Math.abs(nowMs - known.atMs) < REMEMBER_MS) return { device, ...known.slow };
    const site = await this.companies.site(tenantId, device.siteId);
    if (site === null) throw new InvariantError('a device without a site');
    const slow = { site, policy: await this.policies.of(tenantId) };
    if (this.remembered.size >= REMEMBERED_AT_MOST) this.remembered.clear();
    this.remembered.set(`${tenantId}|${device.siteId}`, { atMs: nowMs, slow });
    return { device, ...slow };
  }
}
