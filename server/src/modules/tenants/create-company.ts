// Founds a company with its first site, its keys and its owner. Anyone who reaches the server may found the FIRST real
// company ("start your own company" beside the demo); afterwards the door is closed, so that nobody on the network can
// fill a company's server with others. The root key protects all companies of a server.
import { randomUUID } from 'node:crypto';
import type { Locale } from '@hazri/shared/protocol/primitives';
import { type Result, err, ok } from '@hazri/shared/result';
import type { Clock } from '../../platform/clock/clock.js';
import { isZone } from '../../platform/clock/local-date.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Actor } from '../../platform/http/principal.js';
import type { Refusal } from '../../platform/http/refusal.js';
import type { TenantKeys } from '../../platform/keys/tenant-keys.js';
import { type Throttle, addressBucket, atMost } from '../../platform/throttle/throttle.js';
import type { AuditTrail } from '../audit/public.js';
import type { Accounts, OpenSession, OpenedSession } from '../auth/public.js';
import type { CompanyStore } from './company-store.js';

export interface Founding {
  readonly companyName: string;
  readonly siteName: string;
  readonly zone: string;
  readonly locale: Locale;
  readonly ownerName: string;
  readonly email: string;
  readonly password: string;
}

export interface Founded {
  readonly tenantId: string;
  readonly siteId: string;
  readonly userId: string;
}

/** Founding hashes a password, so it is limited like signing in. */
const PER_ADDRESS = atMost(20, 3_600_000);
const ZONE_UNKNOWN = {
  code: 'REQUEST_INVALID',
  issues: [{ path: 'body.zone', code: 'ZONE_UNKNOWN' }],
} as const;

/** What founding a company writes to. */
export interface FoundingStores {
  readonly companies: CompanyStore;
  readonly keys: TenantKeys;
  readonly audit: AuditTrail;
}

export class CreateCompany {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stores: FoundingStores,
    private readonly accounts: Accounts,
    private readonly clock: Clock,
  ) {}

  /** Refuses ALREADY_DONE once there is a real company; a demo is founded by the server itself only. */
  async run(
    input: Founding,
    origin: { readonly address: string | null; readonly isDemo: boolean },
  ): Promise<Result<Founded, Refusal>> {
    if (!isZone(input.zone)) return err(ZONE_UNKNOWN);
    const secret = await this.accounts.newPassword(input.password, [
      input.companyName,
      input.ownerName,
      input.email,
    ]);
    if (!secret.ok) return secret;
    const { companies, keys, audit } = this.stores;
    return this.unitOfWork.attempt<Founded, Refusal>(async () => {
      await this.accounts.lockDirectory();
      if (!origin.isDemo && (await companies.countReal()) > 0) return err('ALREADY_DONE');
      const founded = { tenantId: randomUUID(), siteId: randomUUID(), userId: randomUUID() };
      const { tenantId } = founded;
      const { zone, locale } = input;
      const createdAtMs = this.clock.nowMs();
      const { isDemo } = origin;
      await companies.addCompany({
        id: tenantId,
        name: input.companyName,
        zone,
        locale,
        isDemo,
        createdAtMs,
      });
      await keys.createFor(tenantId);
      await companies.addSite({ id: founded.siteId, tenantId, name: input.siteName, zone, createdAtMs });
      const owner = {
        id: founded.userId,
        tenantId,
        email: input.email,
        name: input.ownerName,
        role: 'owner' as const,
        locale,
        department: null,
      };
      const added = await this.accounts.addActive(owner, secret.value);
      if (added === 'email-taken') return err('EMAIL_TAKEN');
      const actor: Actor = { kind: 'user', id: owner.id, name: owner.name, address: origin.address };
      audit.record({ tenantId, actor, action: 'company.founded', subject: input.companyName });
      return ok(founded);
    });
  }
}

/** "Start your own company" in the console: founds it and signs its owner in. */
export class StartCompany {
  constructor(
    private readonly createCompany: CreateCompany,
    private readonly throttle: Throttle,
    private readonly openSession: OpenSession,
  ) {}

  async run(input: Founding, address: string): Promise<Result<OpenedSession, Refusal>> {
    const admitted = await this.throttle.admit([
      { bucket: addressBucket('found', address), policy: PER_ADDRESS },
    ]);
    if (!admitted.ok) return err('SIGN_IN_THROTTLED');
    const founded = await this.createCompany.run(input, { address, isDemo: false });
    if (!founded.ok) return founded;
    await this.throttle.forgive(admitted.value);
    return ok(await this.openSession.run(founded.value.userId, address));
  }
}
