// Tenant keys (wrapped by the root key) and person keys (wrapped by the tenant's). Plain keys never leave this folder.
import { hkdfSync, randomBytes } from 'node:crypto';
import { wrapAad } from '@hazri/shared/crypto/envelope';
import { InvariantError } from '@hazri/shared/result';
import type { Clock } from '../clock/clock.js';
import { KEY_BYTES, openBytes, sealBytes } from './aes-gcm.js';
import { KeyedRotation } from './keyed-rotation.js';
import type { WrappedKeyRepository } from './persistence/wrapped-keys.js';
import type { RootKey } from './root-key.js';

interface TenantSecrets {
  readonly key: Buffer;
  readonly rotation: KeyedRotation;
}

export class TenantKeys {
  private readonly known = new Map<string, TenantSecrets>();

  constructor(
    private readonly root: RootKey,
    private readonly rows: WrappedKeyRepository,
    private readonly clock: Clock,
  ) {}

  /** Once per company, inside the unit of work that creates it. */
  async createFor(tenantId: string): Promise<void> {
    const key = randomBytes(KEY_BYTES);
    const wrapped = this.root.wrap(key, { tenant: tenantId, purpose: 'tenant-key', id: tenantId });
    key.fill(0);
    const createdAtMs = this.clock.nowMs();
    await this.rows.addTenantKey({ tenantId, wrapped, rootKey: this.root.fingerprint, createdAtMs });
  }

  async rotationOf(tenantId: string): Promise<KeyedRotation> {
    return (await this.secretsOf(tenantId)).rotation;
  }

  /** Person ids to plain keys; a person whose key was destroyed, or who never had one, is missing. */
  async personKeys(tenantId: string, personIds: readonly string[]): Promise<Map<string, Buffer>> {
    const { key } = await this.secretsOf(tenantId);
    const keys = new Map<string, Buffer>();
    for (const row of await this.rows.personKeys(tenantId, personIds)) {
      const opened = openBytes(key, row.wrapped, personAad(tenantId, row.personId));
      if (!opened.ok) throw new InvariantError('a person key does not open with its tenant key');
      keys.set(row.personId, opened.value);
    }
    return keys;
  }

  async createPersonKey(tenantId: string, personId: string): Promise<Buffer> {
    const { key: tenantKey } = await this.secretsOf(tenantId);
    const key = randomBytes(KEY_BYTES);
    const wrapped = sealBytes(tenantKey, key, personAad(tenantId, personId));
    await this.rows.addPersonKey({ tenantId, personId, wrapped, createdAtMs: this.clock.nowMs() });
    return key;
  }

  async destroyPersonKey(tenantId: string, personId: string): Promise<void> {
    await this.rows.removePersonKey(tenantId, personId);
  }

  private async secretsOf(tenantId: string): Promise<TenantSecrets> {
    const known = this.known.get(tenantId);
    if (known !== undefined) return known;
    const row = await this.rows.tenantKey(tenantId);
    if (row === null) throw new InvariantError('a tenant without a key');
    const key = this.root.unwrap(row.wrapped, { tenant: tenantId, purpose: 'tenant-key', id: tenantId });
    const rotationKey = new Uint8Array(hkdfSync('sha256', key, '', 'hazri|rotation|1', KEY_BYTES));
    const secrets = { key, rotation: new KeyedRotation(rotationKey) };
    this.known.set(tenantId, secrets);
    return secrets;
  }
}

const personAad = (tenant: string, id: string): Uint8Array => wrapAad({ tenant, purpose: 'person-key', id });
