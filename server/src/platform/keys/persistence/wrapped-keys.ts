// Wrapped keys as they stand in the database. Deleting a person's row is what makes that person's templates unreadable.
import { EntitySchema, In } from 'typeorm';
import { bytes, instantMs, primary, primaryId, shortText } from '../../database/columns.js';
import type { Database } from '../../database/unit-of-work.js';

export interface ServerKeyRow {
  id: string;
  purpose: 'sign' | 'box';
  publicKey: Uint8Array;
  wrapped: Uint8Array;
  rootKey: string;
  createdAtMs: number;
}
export const serverKeySchema = new EntitySchema<ServerKeyRow>({
  name: 'ServerKey',
  tableName: 'server_key',
  columns: {
    id: primary(shortText(64)),
    purpose: shortText(20),
    publicKey: bytes,
    wrapped: bytes,
    rootKey: shortText(32),
    createdAtMs: instantMs,
  },
});

export interface TenantKeyRow {
  tenantId: string;
  wrapped: Uint8Array;
  rootKey: string;
  createdAtMs: number;
}
export const tenantKeySchema = new EntitySchema<TenantKeyRow>({
  name: 'TenantKey',
  tableName: 'tenant_key',
  columns: { tenantId: primaryId, wrapped: bytes, rootKey: shortText(32), createdAtMs: instantMs },
});

export interface PersonKeyRow {
  tenantId: string;
  personId: string;
  wrapped: Uint8Array;
  createdAtMs: number;
}
export const personKeySchema = new EntitySchema<PersonKeyRow>({
  name: 'PersonKey',
  tableName: 'person_key',
  columns: { tenantId: primaryId, personId: primaryId, wrapped: bytes, createdAtMs: instantMs },
});

/** How many ids go into one query. */
const CHUNK = 400;

export class WrappedKeyRepository {
  constructor(private readonly database: Database) {}

  serverKeys(): Promise<ServerKeyRow[]> {
    return this.repository(serverKeySchema).find({ order: { createdAtMs: 'ASC', id: 'ASC' } });
  }

  async addServerKey(row: ServerKeyRow): Promise<void> {
    await this.repository(serverKeySchema).insert(row);
  }

  tenantKey(tenantId: string): Promise<TenantKeyRow | null> {
    return this.repository(tenantKeySchema).findOneBy({ tenantId });
  }

  async addTenantKey(row: TenantKeyRow): Promise<void> {
    await this.repository(tenantKeySchema).insert(row);
  }

  async personKeys(tenantId: string, personIds: readonly string[]): Promise<PersonKeyRow[]> {
    const rows: PersonKeyRow[] = [];
    for (let at = 0; at < personIds.length; at += CHUNK) {
      const personId = In(personIds.slice(at, at + CHUNK));
      rows.push(...(await this.repository(personKeySchema).findBy({ tenantId, personId })));
    }
    return rows;
  }

  async addPersonKey(row: PersonKeyRow): Promise<void> {
    await this.repository(personKeySchema).insert(row);
  }

  async removePersonKey(tenantId: string, personId: string): Promise<void> {
    await this.repository(personKeySchema).delete({ tenantId, personId });
  }

  private repository<Row extends object>(schema: EntitySchema<Row>) {
    return this.database.manager().getRepository(schema);
  }
}
