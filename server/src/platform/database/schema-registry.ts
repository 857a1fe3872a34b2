// Every entity schema and every migration of the server, in order. A module adds its own here; nothing is discovered.
import type { EntitySchema } from 'typeorm';
import type { NumberedMigration } from './migration.js';
import { personKeySchema, serverKeySchema, tenantKeySchema } from '../keys/persistence/wrapped-keys.js';
import { coreTables } from './migrations/0001-core.js';

const keySchemas = [serverKeySchema, tenantKeySchema, personKeySchema];

export const SCHEMAS: readonly EntitySchema[] = [...keySchemas] as EntitySchema[];

/** Applied in this order; a released migration never changes. */
export const MIGRATIONS: readonly NumberedMigration[] = [coreTables];
