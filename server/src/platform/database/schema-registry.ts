// Every entity schema and every migration of the server, in order. A module adds its own here; nothing is discovered.
import type { EntitySchema } from 'typeorm';
import type { NumberedMigration } from './migration.js';
import { auditEntrySchema, auditHeadSchema } from '../../modules/audit/persistence/audit.schema.js';
import { linkSchema, sessionSchema, userSchema } from '../../modules/auth/persistence/users.schema.js';
import {
  consentSchema,
  employeeSchema,
  ticketSchema,
} from '../../modules/people/persistence/people.schema.js';
import { companySchema, siteSchema } from '../../modules/tenants/persistence/tenants.schema.js';
import { attemptBucketSchema, attemptSchema } from '../throttle/persistence/attempt.repository.js';
import { personKeySchema, serverKeySchema, tenantKeySchema } from '../keys/persistence/wrapped-keys.js';
import { coreTables } from './migrations/0001-core.js';

const platformSchemas = [
  serverKeySchema,
  tenantKeySchema,
  personKeySchema,
  attemptSchema,
  attemptBucketSchema,
];
const companySchemas = [companySchema, siteSchema, auditEntrySchema, auditHeadSchema];
const userSchemas = [userSchema, sessionSchema, linkSchema];
const peopleSchemas = [employeeSchema, consentSchema, ticketSchema];

export const SCHEMAS: readonly EntitySchema[] = [
  ...platformSchemas,
  ...companySchemas,
  ...userSchemas,
  ...peopleSchemas,
] as EntitySchema[];

/** Applied in this order; a released migration never changes. */
export const MIGRATIONS: readonly NumberedMigration[] = [coreTables];
