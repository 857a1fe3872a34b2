// Pairs of people who look alike, and the state of each company's check for them, as they stand in the database.
import { EntitySchema } from 'typeorm';
import {
  id,
  instantMs,
  integer,
  nullable,
  primaryId,
  shortText,
} from '../../../platform/database/columns.js';
import type { CheckRun, LookAlikePair } from '../look-alike.js';

export const lookAlikeSchema = new EntitySchema<LookAlikePair>({
  name: 'LookAlike',
  tableName: 'look_alike',
  columns: {
    id: primaryId,
    tenantId: id,
    personA: id,
    personB: id,
    found: shortText(12),
    likeness: shortText(8),
    state: shortText(12),
    createdAtMs: instantMs,
    decidedAtMs: nullable(instantMs),
    decidedBy: nullable(id),
  },
});

export const lookAlikeCheckSchema = new EntitySchema<CheckRun>({
  name: 'LookAlikeCheck',
  tableName: 'look_alike_check',
  columns: {
    tenantId: primaryId,
    runId: id,
    state: shortText(12),
    startedAtMs: instantMs,
    progressAtMs: instantMs,
    finishedAtMs: nullable(instantMs),
    people: integer,
    templates: integer,
    compared: integer,
    found: integer,
  },
});
