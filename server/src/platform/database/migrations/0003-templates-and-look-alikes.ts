// What a template is of and how useful it is, people who look alike, the change from one recognition model to the next,
// and what the company decided about them. Columns are added nullable: rows from before know nothing of them.
import { bytes, flag, id, instantMs, integer, nullable, primaryId, shortText } from '../columns.js';
import type { MigrationSteps, NumberedMigration } from '../migration.js';

const ofCompany = { columns: ['tenantId'], table: 'company', references: ['id'] } as const;
const ofEmployee = (column: string) => ({ columns: [column], table: 'employee', references: ['id'] });

async function createLookAlikes(steps: MigrationSteps): Promise<void> {
  await steps.createTable({
    name: 'look_alike',
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
    unique: [['tenantId', 'personA', 'personB']],
    indexes: [
      ['tenantId', 'state', 'createdAtMs'],
      ['tenantId', 'personB'],
    ],
    foreignKeys: [ofEmployee('personA'), ofEmployee('personB')],
  });
  await steps.createTable({
    name: 'look_alike_check',
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
    foreignKeys: [ofCompany],
  });
}

async function createRollOver(steps: MigrationSteps): Promise<void> {
  await steps.createTable({
    name: 'recognition_models',
    columns: {
      tenantId: primaryId,
      current: shortText(80),
      next: nullable(shortText(80)),
      startedAtMs: nullable(instantMs),
    },
    foreignKeys: [ofCompany],
  });
  await steps.createTable({
    name: 'template_candidate',
    columns: {
      id: primaryId,
      tenantId: id,
      personId: id,
      modelId: shortText(80),
      sealed: bytes,
      createdAtMs: instantMs,
    },
    indexes: [['tenantId', 'personId']],
    foreignKeys: [ofEmployee('personId')],
  });
}

export const templatesAndLookAlikes: NumberedMigration = {
  number: 3,
  title: 'templates and look-alikes',
  async up(steps) {
    await createLookAlikes(steps);
    await createRollOver(steps);
    await steps.addColumn('template', 'pose', nullable(shortText(8)));
    await steps.addColumn('template', 'look', nullable(shortText(8)));
    await steps.addColumn('template', 'usedCount', nullable(integer));
    await steps.addColumn('template', 'lastUsedAtMs', nullable(instantMs));
    await steps.addColumn('company_policy', 'selfUpdate', nullable(flag));
    await steps.addColumn('attendance_exception', 'otherPersonId', nullable(id));
  },
};
