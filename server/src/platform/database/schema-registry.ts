// Every entity schema and every migration of the server, in order. A module adds its own here; nothing is discovered.
import type { EntitySchema } from 'typeorm';
import type { NumberedMigration } from './migration.js';
import {
  exceptionSchema,
  personTurnSchema,
  punchSchema,
  punchUndoSchema,
} from '../../modules/attendance/persistence/punch.schema.js';
import { auditEntrySchema, auditHeadSchema } from '../../modules/audit/persistence/audit.schema.js';
import { linkSchema, sessionSchema, userSchema } from '../../modules/auth/persistence/users.schema.js';
import {
  companyPolicySchema,
  deviceHealthSchema,
  deviceSchema,
  pairingSchema,
} from '../../modules/devices/persistence/device.schema.js';
import {
  deviceEpochSchema,
  deviceEventSchema,
  eventOutcomeSchema,
  quarantinedEventSchema,
  undecidedBoxSchema,
} from '../../modules/ingest/persistence/event.schema.js';
import {
  lookAlikeCheckSchema,
  lookAlikeSchema,
} from '../../modules/matching/persistence/look-alike.schema.js';
import { recognitionModelsSchema } from '../../modules/matching/persistence/recognition-models.schema.js';
import {
  candidateSchema,
  galleryVersionSchema,
  templateSchema,
} from '../../modules/matching/persistence/template.schema.js';
import {
  consentSchema,
  employeeSchema,
  ticketSchema,
} from '../../modules/people/persistence/people.schema.js';
import { companySchema, siteSchema } from '../../modules/tenants/persistence/tenants.schema.js';
import { attemptBucketSchema, attemptSchema } from '../throttle/persistence/attempt.repository.js';
import { personKeySchema, serverKeySchema, tenantKeySchema } from '../keys/persistence/wrapped-keys.js';
import { coreTables } from './migrations/0001-core.js';
import { devicesAndPunches } from './migrations/0002-devices-and-punches.js';
import { templatesAndLookAlikes } from './migrations/0003-templates-and-look-alikes.js';

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

const deviceSchemas = [deviceSchema, deviceHealthSchema, pairingSchema, companyPolicySchema];
const eventSchemas = [
  deviceEpochSchema,
  deviceEventSchema,
  eventOutcomeSchema,
  undecidedBoxSchema,
  quarantinedEventSchema,
];
const templateSchemas = [
  templateSchema,
  candidateSchema,
  galleryVersionSchema,
  lookAlikeSchema,
  lookAlikeCheckSchema,
  recognitionModelsSchema,
];
const punchSchemas = [punchSchema, punchUndoSchema, personTurnSchema, exceptionSchema];

export const SCHEMAS: readonly EntitySchema[] = [
  ...platformSchemas,
  ...companySchemas,
  ...userSchemas,
  ...peopleSchemas,
  ...deviceSchemas,
  ...eventSchemas,
  ...templateSchemas,
  ...punchSchemas,
] as EntitySchema[];

/** Applied in this order; a released migration never changes. */
export const MIGRATIONS: readonly NumberedMigration[] = [
  coreTables,
  devicesAndPunches,
  templatesAndLookAlikes,
];
