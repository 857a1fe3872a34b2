// Devices, their health, pairings and the company's policy as they stand in the database.
import { EntitySchema } from 'typeorm';
import {
  flag,
  id,
  instantMs,
  integer,
  nullable,
  primaryId,
  shortText,
} from '../../../platform/database/columns.js';
import type { CompanyPolicy } from '../company-policy.js';
import type { Device, DeviceHealth } from '../device.js';
import type { Pairing } from '../pairing.js';

export type DeviceRow = Device;
export const deviceSchema = new EntitySchema<DeviceRow>({
  name: 'Device',
  tableName: 'device',
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
});

export type DeviceHealthRow = DeviceHealth;
export const deviceHealthSchema = new EntitySchema<DeviceHealthRow>({
  name: 'DeviceHealth',
  tableName: 'device_health',
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
});

export type PairingRow = Pairing;
export const pairingSchema = new EntitySchema<PairingRow>({
  name: 'Pairing',
  tableName: 'pairing',
  columns: {
    id: primaryId,
    tenantId: id,
    name: shortText(120),
    siteId: id,
    state: shortText(20),
    codeHash: shortText(64),
    itPinSalt: shortText(44),
    itPinHash: shortText(44),
    deviceId: nullable(id),
    createdAtMs: instantMs,
    expiresAtMs: instantMs,
  },
});

export interface CompanyPolicyRow extends Omit<CompanyPolicy, 'selfUpdate'> {
  readonly tenantId: string;
  /** Null where nothing was decided about it. */
  readonly selfUpdate: boolean | null;
}
export const companyPolicySchema = new EntitySchema<CompanyPolicyRow>({
  name: 'CompanyPolicy',
  tableName: 'company_policy',
  columns: {
    tenantId: primaryId,
    liveness: shortText(20),
    duplicateWithinSec: integer,
    maxSessionMin: integer,
    pinFallback: flag,
    wrongPerMillion: integer,
    selfUpdate: nullable(flag),
  },
});
