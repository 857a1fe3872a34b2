// The real server for the ingest benchmark, in a process of its own, with a company of any size in its database.
// Says { port, ca } when it listens; "people" fills the company, "end" stops the server.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { KeepTemplates } from '../../server/dist/modules/matching/public.js';
import { ImportPeople, PEOPLE_DIRECTORY } from '../../server/dist/modules/people/public.js';
import { parseConfig } from '../../server/dist/platform/config/config.js';
import { UnitOfWork } from '../../server/dist/platform/database/unit-of-work.js';
import { jsonLogger } from '../../server/dist/platform/logging/logger.js';
import { startServer } from '../../server/dist/start-server.js';
import { unitVectors } from './unit-vectors.mjs';

const ACTOR = { kind: 'system', id: null, name: 'bench', address: null };
const TEMPLATES_AT_ONCE = 500;
const [databaseUrl = ''] = process.argv.slice(2);
const folder = mkdtempSync(path.join(tmpdir(), 'hazri-bench-'));
const config = parseConfig({
  HAZRI_DATA: folder,
  HAZRI_PORT: '0',
  HAZRI_HTTP_PORT: '0',
  ...(databaseUrl === '' ? {} : { DATABASE_URL: databaseUrl }),
});
const quiet = jsonLogger(Date.now, () => undefined);
const running = await startServer(config, { logger: quiet });

/** @param {{ tenantId: string, modelId: string, people: number, seed: number }} wish */
async function addPeople({ tenantId, modelId, people, seed }) {
  const rows = Array.from({ length: people }, (_, at) => `B${at},Person ${at},Main gate,2026-01-01`);
  const csv = ['code,name,site,joined', ...rows].join('\n');
  const report = await running.app.get(ImportPeople).run({ tenantId, actor: ACTOR }, csv);
  if (!report.ok || report.value.problems.length > 0) throw new Error('the people could not be added');
  const unitOfWork = running.app.get(UnitOfWork);
  const directory = running.app.get(PEOPLE_DIRECTORY);
  const today = new Date().toISOString().slice(0, 10);
  const everybody = { department: null, siteId: null };
  const employees = await unitOfWork.run(() => directory.employedOn(tenantId, today, everybody));
  const faces = unitVectors(people, seed);
  for (let from = 0; from < employees.length; from += TEMPLATES_AT_ONCE) {
    await unitOfWork.run(async () => {
      for (const { id: personId, code } of employees.slice(from, from + TEMPLATES_AT_ONCE)) {
        const embeddings = [faces[Number(code.slice(1))]];
        const infos = [{ pose: 'front', look: 'usual', quality: 0.8 }];
        await running.app.get(KeepTemplates).replace({ tenantId, personId, modelId, embeddings, infos });
      }
    });
  }
}

process.on('message', (/** @type {any} */ message) => {
  const done = message.kind === 'people' ? addPeople(message) : end();
  done.then(
    () => process.send?.({ kind: message.kind }),
    (error) => process.send?.({ kind: 'failed', message: String(error) }),
  );
});

process.on('disconnect', () => process.exit(1));

async function end() {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}

const ca = readFileSync(path.join(config.dataFolder, 'tls', 'authority.pem'), 'utf8');
process.send?.({ kind: 'ready', port: running.httpsPort, ca });
