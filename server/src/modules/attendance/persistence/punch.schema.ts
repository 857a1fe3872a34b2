// Punches, their undoing and exceptions as they stand in the database.
import { EntitySchema } from 'typeorm';
import {
  id,
  instantMs,
  integer,
  nullable,
  primaryId,
  shortText,
} from '../../../platform/database/columns.js';
import type { AttendanceException } from '../exceptions.js';
import type { Punch, PunchUndo } from '../punch.js';

export type PunchRow = Punch;
export const punchSchema = new EntitySchema<PunchRow>({
  name: 'Punch',
  tableName: 'punch',
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
});

export type PunchUndoRow = PunchUndo;
export const punchUndoSchema = new EntitySchema<PunchUndoRow>({
  name: 'PunchUndo',
  tableName: 'punch_undo',
  columns: {
    punchId: primaryId,
    tenantId: id,
    atMs: instantMs,
    receivedAtMs: instantMs,
    reason: shortText(20),
  },
});

export interface PersonTurnRow {
  readonly personId: string;
  readonly tenantId: string;
}
export const personTurnSchema = new EntitySchema<PersonTurnRow>({
  name: 'PersonTurn',
  tableName: 'person_turn',
  columns: { personId: primaryId, tenantId: id },
});

export type ExceptionRow = AttendanceException;
export const exceptionSchema = new EntitySchema<ExceptionRow>({
  name: 'AttendanceException',
  tableName: 'attendance_exception',
  columns: {
    id: primaryId,
    tenantId: id,
    kind: shortText(40),
    sameAs: shortText(100),
    personId: nullable(id),
    otherPersonId: nullable(id),
    deviceId: nullable(id),
    punchId: nullable(id),
    atMs: instantMs,
    state: shortText(10),
    note: nullable(shortText(500)),
    resolvedAtMs: nullable(instantMs),
    resolvedBy: nullable(id),
  },
});
