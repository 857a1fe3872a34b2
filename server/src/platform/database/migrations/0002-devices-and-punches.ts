// The tables of devices and their events, of templates, and of punches with what is recorded beside them.
// A punch and an event are facts: the database itself refuses to change or remove one.
import {
  bytes,
  flag,
  id,
  instantMs,
  integer,
  json,
  longText,
  nullable,
  primary,
  primaryId,
  shortText,
} from '../columns.js';
import type { Dialect } from '../dialect.js';
import type { MigrationSteps, NumberedMigration } from '../migration.js';

const hash = shortText(64);
const ofCompany = { columns: ['tenantId'], table: 'company', references: ['id'] } as const;
const ofDevice = { columns: ['deviceId'], table: 'device', references: ['id'] } as const;
const ofEmployee = { columns: ['personId'], table: 'employee', references: ['id'] } as const;
const primaryInteger = primary(integer);

async function createDevices(steps: MigrationSteps): Promise<void> {
  await steps.createTable({
    name: 'device',
    columns: {
      id: primaryId,
      tenantId: id,
      name: shortText(120),
      siteId: id,
      state: shortText(20),
      signPublicKey: shortText(44),
      platform: shortText(80),
      cameraPin: nullable(shortText(300)),
      itPinSalt: shortText(44),
      itPinHash: shortText(44),
      createdAtMs: instantMs,
      revokedAtMs: nullable(instantMs),
    },
    unique: [['signPublicKey']],
    indexes: [['tenantId', 'name']],
    foreignKeys: [ofCompany, { columns: ['siteId'], table: 'site', references: ['id'] }],
  });
  await steps.createTable({
    name: 'device_health',
    columns: {
      deviceId: primaryId,
      tenantId: id,
      lastSeenMs: nullable(instantMs),
      unsent: integer,
      oldestUnsentAtMs: nullable(instantMs),
      appVersion: nullable(shortText(40)),
      camera: nullable(shortText(300)),
      problem: nullable(shortText(60)),
      clockOffsetMs: nullable(instantMs),
    },
    foreignKeys: [ofDevice],
  });
  await steps.createTable({
    name: 'pairing',
    columns: {
      id: primaryId,
      tenantId: id,
      name: shortText(120),
      siteId: id,
      state: shortText(20),
      codeHash: hash,
      itPinSalt: shortText(44),
      itPinHash: shortText(44),
      deviceId: nullable(id),
      createdAtMs: instantMs,
      expiresAtMs: instantMs,
    },
    unique: [['codeHash']],
    indexes: [['tenantId'], ['expiresAtMs']],
    foreignKeys: [ofCompany],
  });
  await steps.createTable({
    name: 'company_policy',
    columns: {
      tenantId: primaryId,
      liveness: shortText(20),
      duplicateWithinSec: integer,
      maxSessionMin: integer,
      pinFallback: flag,
      wrongPerMillion: integer,
    },
    foreignKeys: [ofCompany],
  });
}

async function createEvents(steps: MigrationSteps): Promise<void> {
  await steps.createTable({
    name: 'device_epoch',
    columns: { deviceId: primaryId, epoch: primaryInteger, tenantId: id, seq: integer, hash },
    foreignKeys: [ofDevice],
  });
  await steps.createTable({
    name: 'device_event',
    columns: {
      deviceId: primaryId,
      epoch: primaryInteger,
      seq: primaryInteger,
      tenantId: id,
      id,
      type: shortText(20),
      hash,
      canonical: longText,
      headSignature: nullable(shortText(88)),
      receivedAtMs: instantMs,
    },
    foreignKeys: [ofDevice],
  });
  await steps.createTable({
    name: 'event_outcome',
    columns: {
      deviceId: primaryId,
      epoch: primaryInteger,
      seq: primaryInteger,
      tenantId: id,
      outcome: json,
      decidedAtMs: instantMs,
    },
  });
  await steps.createTable({
    name: 'undecided_box',
    columns: {
      deviceId: primaryId,
      epoch: primaryInteger,
      seq: primaryInteger,
      tenantId: id,
      box: bytes,
      expiresAtMs: instantMs,
    },
    indexes: [['expiresAtMs']],
  });
  await steps.createTable({
    name: 'quarantined_event',
    columns: {
      id: primaryId,
      tenantId: id,
      deviceId: id,
      epoch: integer,
      seq: integer,
      hash,
      canonical: longText,
      receivedAtMs: instantMs,
    },
    unique: [['deviceId', 'epoch', 'seq', 'hash']],
    foreignKeys: [ofDevice],
  });
}

async function createTemplates(steps: MigrationSteps): Promise<void> {
  await steps.createTable({
    name: 'template',
    columns: {
      id: primaryId,
      tenantId: id,
      personId: id,
      modelId: shortText(80),
      sealed: bytes,
      quality: nullable(json),
      source: shortText(20),
      createdAtMs: instantMs,
    },
    indexes: [['tenantId', 'personId']],
    foreignKeys: [ofEmployee],
  });
  await steps.createTable({
    name: 'gallery_version',
    columns: { tenantId: primaryId, version: integer },
    foreignKeys: [ofCompany],
  });
}

async function createPunches(steps: MigrationSteps): Promise<void> {
  await steps.createTable({
    name: 'punch',
    columns: {
      id: primaryId,
      tenantId: id,
      personId: id,
      siteId: id,
      deviceId: id,
      epoch: integer,
      seq: integer,
      direction: shortText(3),
      method: shortText(10),
      atMs: instantMs,
      earliestMs: nullable(instantMs),
      latestMs: nullable(instantMs),
      timeQuality: shortText(12),
      zone: shortText(64),
      receivedAtMs: instantMs,
    },
    unique: [['deviceId', 'epoch', 'seq']],
    indexes: [
      ['tenantId', 'personId', 'atMs'],
      ['tenantId', 'atMs'],
    ],
    foreignKeys: [ofEmployee, ofDevice],
  });
  await steps.createTable({
    name: 'punch_undo',
    columns: {
      punchId: primaryId,
      tenantId: id,
      atMs: instantMs,
      receivedAtMs: instantMs,
      reason: shortText(20),
    },
    foreignKeys: [{ columns: ['punchId'], table: 'punch', references: ['id'] }],
  });
  await steps.createTable({
    name: 'person_turn',
    columns: { personId: primaryId, tenantId: id },
  });
  await steps.createTable({
    name: 'attendance_exception',
    columns: {
      id: primaryId,
      tenantId: id,
      kind: shortText(40),
      sameAs: shortText(100),
      personId: nullable(id),
      deviceId: nullable(id),
      punchId: nullable(id),
      atMs: instantMs,
      state: shortText(10),
      note: nullable(shortText(500)),
      resolvedAtMs: nullable(instantMs),
      resolvedBy: nullable(id),
    },
    unique: [['tenantId', 'sameAs']],
    indexes: [['tenantId', 'state', 'atMs']],
  });
}

/** What never changes once it is written. */
const FACTS = ['punch', 'punch_undo', 'device_event', 'quarantined_event'] as const;

function refusals(dialect: Dialect, table: string): string[] {
  const each = (['UPDATE', 'DELETE'] as const).map((verb) => ({
    verb,
    name: `${table}_never_${verb.toLowerCase()}`,
  }));
  if (dialect === 'sqlite') {
    return each.map(
      ({ verb, name }) =>
        `CREATE TRIGGER ${name} BEFORE ${verb} ON ${table} BEGIN SELECT RAISE(ABORT, '${table} never changes'); END`,
    );
  }
  if (dialect === 'mysql') {
    return each.map(
      ({ verb, name }) =>
        `CREATE TRIGGER ${name} BEFORE ${verb} ON ${table} FOR EACH ROW ` +
        `SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${table} never changes'`,
    );
  }
  return each.map(
    ({ verb, name }) =>
      `CREATE TRIGGER ${name} BEFORE ${verb} ON ${table} FOR EACH ROW EXECUTE FUNCTION hazri_fact_never_changes()`,
  );
}

async function protectFacts(steps: MigrationSteps): Promise<void> {
  if (steps.dialect === 'postgres') {
    await steps.sql(
      `CREATE FUNCTION hazri_fact_never_changes() RETURNS trigger LANGUAGE plpgsql AS ` +
        `$$ BEGIN RAISE EXCEPTION '% never changes', TG_TABLE_NAME; END $$`,
    );
  }
  for (const table of FACTS) {
    for (const statement of refusals(steps.dialect, table)) await steps.sql(statement);
  }
}

export const devicesAndPunches: NumberedMigration = {
  number: 2,
  title: 'devices and punches',
  async up(steps) {
    await createDevices(steps);
    await createEvents(steps);
    await createTemplates(steps);
    await createPunches(steps);
    await protectFacts(steps);
  },
};
