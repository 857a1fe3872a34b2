// Pairings and the company's policy.
import { LessThan } from 'typeorm';
import type { Database } from '../../../platform/database/unit-of-work.js';
import { type CompanyPolicies, type CompanyPolicy, DEFAULT_POLICY } from '../company-policy.js';
import type { Pairing, PairingStore } from '../pairing.js';
import { companyPolicySchema, pairingSchema } from './device.schema.js';

export class PairingRepository implements PairingStore {
  constructor(private readonly database: Database) {}

  async add(pairing: Pairing): Promise<void> {
    await this.pairings().insert({ ...pairing });
  }

  lockByCode(codeHash: string): Promise<Pairing | null> {
    return this.database.lockRow(pairingSchema, { codeHash });
  }

  ofTenant(tenantId: string, pairingId: string): Promise<Pairing | null> {
    return this.pairings().findOneBy({ tenantId, id: pairingId });
  }

  lock(tenantId: string, pairingId: string): Promise<Pairing | null> {
    return this.database.lockRow(pairingSchema, { tenantId, id: pairingId });
  }

  async setState(pairing: Pairing, state: Pairing['state'], deviceId: string | null): Promise<void> {
    const { tenantId, id } = pairing;
    await this.pairings().update({ tenantId, id }, { state, deviceId });
  }

  async forgetBefore(atMs: number): Promise<void> {
    await this.pairings().delete({ expiresAtMs: LessThan(atMs) });
  }

  private pairings() {
    return this.database.manager().getRepository(pairingSchema);
  }
}

export class CompanyPolicyRepository implements CompanyPolicies {
  constructor(private readonly database: Database) {}

  async of(tenantId: string): Promise<CompanyPolicy> {
    const row = await this.rows().findOneBy({ tenantId });
    return row === null
      ? DEFAULT_POLICY
      : { ...row, selfUpdate: row.selfUpdate ?? DEFAULT_POLICY.selfUpdate };
  }

  async set(tenantId: string, policy: CompanyPolicy): Promise<void> {
    await this.rows().upsert({ tenantId, ...policy }, ['tenantId']);
  }

  private rows() {
    return this.database.manager().getRepository(companyPolicySchema);
  }
}
