// The tables of keys, companies, people who sign in, employees, enrolment and the audit trail.
import {
  bytes,
  flag,
  id,
  instantMs,
  integer,
  json,
  nullable,
  primary,
  primaryId,
  shortText,
} from '../columns.js';
import type { MigrationSteps, NumberedMigration } from '../migration.js';

const hash = shortText(64);
const ofCompany = { columns: ['tenantId'], table: 'company', references: ['id'] } as const;

async function createKeys(steps: MigrationSteps): Promise<void> {
  await steps.createTable({
    name: 'server_key',
    columns: {
      id: primary(shortText(64)),
      purpose: shortText(20),
      publicKey: bytes,
      wrapped: bytes,
      rootKey: shortText(32),
      createdAtMs: instantMs,
    },
  });
  await steps.createTable({
    name: 'tenant_key',
    columns: { tenantId: primaryId, wrapped: bytes, rootKey: shortText(32), createdAtMs: instantMs },
  });
  await steps.createTable({
    name: 'person_key',
    columns: { tenantId: primaryId, personId: primaryId, wrapped: bytes, createdAtMs: instantMs },
  });
}

async function createCompanies(steps: MigrationSteps): Promise<void> {
  await steps.createTable({
    name: 'company',
    columns: {
      id: primaryId,
      name: shortText(120),
      zone: shortText(64),
      locale: shortText(8),
      isDemo: flag,
      rootKeySavedAtMs: nullable(instantMs),
      createdAtMs: instantMs,
    },
  });
  await steps.createTable({
    name: 'site',
    columns: {
      id: primaryId,
      tenantId: id,
      name: shortText(120),
      zone: shortText(64),
      createdAtMs: instantMs,
    },
    unique: [['tenantId', 'name']],
    foreignKeys: [ofCompany],
  });
}

async function createUsers(steps: MigrationSteps): Promise<void> {
  await steps.createTable({
    name: 'console_user',
    columns: {
      id: primaryId,
      tenantId: id,
      email: shortText(200),
      name: shortText(120),
      role: shortText(20),
      state: shortText(20),
      department: nullable(shortText(80)),
      locale: shortText(8),
      passwordHash: nullable(shortText(100)),
      mustChangePassword: flag,
      lastSignInMs: nullable(instantMs),
      createdAtMs: instantMs,
    },
    unique: [['email']],
    indexes: [['tenantId']],
    foreignKeys: [ofCompany],
  });
  const ofUser = { columns: ['userId'], table: 'console_user', references: ['id'] } as const;
  await steps.createTable({
    name: 'user_session',
    columns: {
      tokenHash: primary(hash),
      id,
      tenantId: id,
      userId: id,
      createdAtMs: instantMs,
      lastSeenMs: instantMs,
      expiresAtMs: instantMs,
    },
    indexes: [['userId'], ['expiresAtMs']],
    foreignKeys: [ofUser],
  });
  await steps.createTable({
    name: 'one_time_link',
    columns: {
      tokenHash: primary(hash),
      tenantId: id,
      userId: id,
      purpose: shortText(20),
      createdAtMs: instantMs,
      expiresAtMs: instantMs,
    },
    indexes: [['userId']],
    foreignKeys: [ofUser],
  });
  await steps.createTable({ name: 'attempt_bucket', columns: { bucket: primary(shortText(120)) } });
  await steps.createTable({
    name: 'attempt',
    columns: { id: primaryId, bucket: shortText(120), atMs: instantMs },
    indexes: [['bucket', 'atMs'], ['atMs']],
  });
}

async function createPeople(steps: MigrationSteps): Promise<void> {
  await steps.createTable({
    name: 'employee',
    columns: {
      id: primaryId,
      tenantId: id,
      code: shortText(32),
      codeKey: shortText(32),
      name: shortText(120),
      department: nullable(shortText(80)),
      siteId: id,
      locale: shortText(8),
      joined: shortText(10),
      leftOn: nullable(shortText(10)),
      enrolment: shortText(20),
      pinHash: nullable(shortText(200)),
      createdAtMs: instantMs,
    },
    unique: [['tenantId', 'codeKey']],
    foreignKeys: [ofCompany, { columns: ['siteId'], table: 'site', references: ['id'] }],
  });
  const ofEmployee = { columns: ['employeeId'], table: 'employee', references: ['id'] } as const;
  await steps.createTable({
    name: 'consent',
    columns: {
      id: primaryId,
      tenantId: id,
      employeeId: id,
      basis: shortText(20),
      noticeVersion: shortText(40),
      noticeSha256: hash,
      locale: shortText(8),
      givenAtMs: instantMs,
      withdrawnAtMs: nullable(instantMs),
      deviceId: nullable(id),
      createdAtMs: instantMs,
    },
    indexes: [['tenantId', 'employeeId']],
    foreignKeys: [ofEmployee],
  });
  await steps.createTable({
    name: 'enrolment_ticket',
    columns: {
      id: primaryId,
      tenantId: id,
      employeeId: id,
      deviceId: id,
      state: shortText(20),
      createdAtMs: instantMs,
      expiresAtMs: instantMs,
    },
    indexes: [
      ['tenantId', 'deviceId', 'state'],
      ['tenantId', 'employeeId', 'state'],
    ],
    foreignKeys: [ofEmployee],
  });
}

async function createAudit(steps: MigrationSteps): Promise<void> {
  await steps.createTable({
    name: 'audit_head',
    columns: { tenantId: primaryId, seq: integer, hash },
  });
  await steps.createTable({
    name: 'audit_entry',
    columns: {
      id: primaryId,
      tenantId: id,
      seq: integer,
      atMs: instantMs,
      actorKind: shortText(10),
      actorId: nullable(id),
      actorName: shortText(200),
      action: shortText(60),
      subject: nullable(shortText(200)),
      address: nullable(shortText(64)),
      detail: nullable(json),
      prevHash: hash,
      hash,
    },
    unique: [['tenantId', 'seq']],
  });
}

export const coreTables: NumberedMigration = {
  number: 1,
  title: 'core',
  async up(steps) {
    await createKeys(steps);
    await createCompanies(steps);
    await createUsers(steps);
    await createPeople(steps);
    await createAudit(steps);
  },
};
