// Events, heads of epochs, outcomes, undecided boxes and what was put aside, as they stand in the database.
import { EntitySchema } from 'typeorm';
import {
  bytes,
  id,
  instantMs,
  integer,
  json,
  longText,
  nullable,
  primary,
  primaryId,
  shortText,
} from '../../../platform/database/columns.js';
import type { StoredEvent, StoredOutcome, UndecidedBox } from '../stored-event.js';

const place = { deviceId: primaryId, epoch: primary(integer), seq: primary(integer), tenantId: id } as const;
const hash = shortText(64);

export interface DeviceEpochRow {
  readonly deviceId: string;
  readonly epoch: number;
  readonly tenantId: string;
  readonly seq: number;
  readonly hash: string;
}
export const deviceEpochSchema = new EntitySchema<DeviceEpochRow>({
  name: 'DeviceEpoch',
  tableName: 'device_epoch',
  columns: { deviceId: primaryId, epoch: primary(integer), tenantId: id, seq: integer, hash },
});

export type DeviceEventRow = StoredEvent;
export const deviceEventSchema = new EntitySchema<DeviceEventRow>({
  name: 'DeviceEvent',
  tableName: 'device_event',
  columns: {
    ...place,
    id,
    type: shortText(20),
    hash,
    canonical: longText,
    headSignature: nullable(shortText(88)),
    receivedAtMs: instantMs,
  },
});

export interface EventOutcomeRow {
  readonly deviceId: string;
  readonly epoch: number;
  readonly seq: number;
  readonly tenantId: string;
  readonly outcome: StoredOutcome;
  readonly decidedAtMs: number;
}
export const eventOutcomeSchema = new EntitySchema<EventOutcomeRow>({
  name: 'EventOutcome',
  tableName: 'event_outcome',
  columns: { ...place, outcome: json, decidedAtMs: instantMs },
});

export type UndecidedBoxRow = UndecidedBox;
export const undecidedBoxSchema = new EntitySchema<UndecidedBoxRow>({
  name: 'UndecidedBox',
  tableName: 'undecided_box',
  columns: { ...place, box: bytes, expiresAtMs: instantMs },
});

export interface QuarantinedEventRow {
  readonly id: string;
  readonly tenantId: string;
  readonly deviceId: string;
  readonly epoch: number;
  readonly seq: number;
  readonly hash: string;
  readonly canonical: string;
  readonly receivedAtMs: number;
}
export const quarantinedEventSchema = new EntitySchema<QuarantinedEventRow>({
  name: 'QuarantinedEvent',
  tableName: 'quarantined_event',
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
});
