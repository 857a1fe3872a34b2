// Live punches through the real server: TLS 1.3, signature, sealed box, search among 5,000 people, durable insert.
// Client and server share this machine's cores.
import path from 'node:path';
import { runnerImport } from 'vite';
import { median } from './side-by-side.mjs';
import { unitVectors } from './unit-vectors.mjs';

const PEOPLE = 5000;
const SEED = 5;
const DIALECTS = process.env['HAZRI_BENCH_DIALECTS']?.split(',') ?? ['sqlite'];

/** @param {readonly number[]} values @param {number} share */
function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** @param {string} name @param {readonly number[]} waits @param {number} share */
const waitRow = (name, waits, share) => ({
  name,
  unit: 'ms',
  ours: Number(quantile(waits, share).toPrecision(3)),
  peers: {},
  ratio: {},
  n: waits.length,
});

async function measure(LoadedServer, dialect) {
  const server = await LoadedServer.start({ dialect, faces: unitVectors(PEOPLE, SEED), seed: SEED });
  const at = `${dialect}, ${PEOPLE} people`;
  await server.steady(20, 5);
  const quiet = await server.steady(5, 20);
  const busy = await server.steady(100, 60);
  const runs = [];
  for (let run = 0; run < 5; run += 1) runs.push((await server.flatOut(6)).perSecond);
  await server.close();
  return [
    waitRow(`ingest: 5 punches a second, p50 (${at})`, quiet.waits, 0.5),
    waitRow(`ingest: 5 punches a second, p95 (${at})`, quiet.waits, 0.95),
    waitRow(`ingest: 100 punches a second for 60 s, p50 (${at})`, busy.waits, 0.5),
    waitRow(`ingest: 100 punches a second for 60 s, p99 (${at})`, busy.waits, 0.99),
    { name: `ingest: flat out (${at})`, unit: 'punches/s', ours: median(runs), peers: {}, ratio: {}, n: 5 },
  ];
}

export const bench = {
  name: 'ingest',
  async run() {
    const load = path.join(import.meta.dirname, 'ingest-load.ts');
    const { module } = await runnerImport(load, { configFile: false, logLevel: 'error' });
    const rows = [];
    for (const dialect of DIALECTS) rows.push(...(await measure(module.LoadedServer, dialect)));
    return rows;
  },
};
