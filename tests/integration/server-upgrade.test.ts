// A company from before templates knew what they are of: its rows are kept by the upgrade, on every database.
import { afterEach, describe, expect, it } from 'vitest';
import { CompanyPolicyRepository } from '../../server/src/modules/devices/persistence/pairing.repository.js';
import { TemplateRepository } from '../../server/src/modules/matching/persistence/template.repository.js';
import { openDatabase } from '../../server/src/platform/database/open-database.js';
import { MIGRATIONS, SCHEMAS } from '../../server/src/platform/database/schema-registry.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import { DIALECTS, type Place, newPlace } from '../support/dialects.js';

const BEFORE = MIGRATIONS.filter(({ number }) => number < 3);

describe.each(DIALECTS)('the upgrade on %s', { timeout: 30_000 }, (dialect) => {
  let place: Place;
  afterEach(() => place.remove());

  const sealed = dialect === 'postgres' ? String.raw`'\x0102ff'` : `X'0102FF'`;
  const ROWS = [
    `INSERT INTO company (id, name, zone, locale, is_demo, created_at_ms)
       VALUES ('c', 'Old Works', 'Asia/Kolkata', 'en', TRUE, 1)`,
    `INSERT INTO site (id, tenant_id, name, zone, created_at_ms) VALUES ('s', 'c', 'Gate', 'Asia/Kolkata', 1)`,
    `INSERT INTO employee (id, tenant_id, code, code_key, name, site_id, locale, joined, enrolment, created_at_ms)
       VALUES ('p', 'c', 'A-1', 'a-1', 'Asha', 's', 'en', '2020-01-01', 'enrolled', 1)`,
    `INSERT INTO template (id, tenant_id, person_id, model_id, sealed, source, created_at_ms)
       VALUES ('t', 'c', 'p', 'm', ${sealed}, 'enrolment', 7)`,
    `INSERT INTO company_policy
       (tenant_id, liveness, duplicate_within_sec, max_session_min, pin_fallback, wrong_per_million)
       VALUES ('c', 'strict', 90, 600, FALSE, 500)`,
    `INSERT INTO attendance_exception (id, tenant_id, kind, same_as, person_id, at_ms, state)
       VALUES ('x', 'c', 'DUPLICATE_FACE', 'face|1', 'p', 5, 'open')`,
  ];

  it('keeps templates, rules and exceptions, and makes room for what is new', async () => {
    place = await newPlace(dialect);
    const old = await openDatabase(place.location, { schemas: [], migrations: BEFORE });
    for (const row of ROWS) await old.source.query(row);
    await old.source.destroy();

    const database = await openDatabase(place.location, { schemas: SCHEMAS, migrations: MIGRATIONS });
    const unitOfWork = new UnitOfWork(database);
    try {
      await unitOfWork.run(async () => {
        const templates = new TemplateRepository(database);
        const [template] = await templates.ofPerson('c', 'p');
        expect(template).toMatchObject({ id: 't', pose: null, look: null, usedCount: 0, lastUsedAtMs: null });
        expect([...(template?.sealed ?? [])]).toEqual([1, 2, 255]);
        await templates.addUse({ tenantId: 'c', templateId: 't', times: 2, lastAtMs: 9 });
        expect((await templates.ofPerson('c', 'p'))[0]).toMatchObject({ usedCount: 2, lastUsedAtMs: 9 });
        const policies = new CompanyPolicyRepository(database);
        const policy = await policies.of('c');
        expect(policy).toMatchObject({ liveness: 'strict', pinFallback: false, selfUpdate: false });
        await policies.set('c', { ...policy, selfUpdate: true });
        expect((await policies.of('c')).selfUpdate).toBe(true);
        const count = async (table: string): Promise<number> => {
          const rows = await database.manager().query<{ n: unknown }[]>(`SELECT COUNT(*) AS n FROM ${table}`);
          return Number(rows[0]?.n);
        };
        expect(await count('attendance_exception')).toBe(1);
        for (const table of ['look_alike', 'look_alike_check', 'recognition_models', 'template_candidate']) {
          expect([table, await count(table)]).toEqual([table, 0]);
        }
      });
    } finally {
      await database.source.destroy();
    }
  });
});
