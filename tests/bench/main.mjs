// Runs the benchmarks: every *.bench.mjs here exports `bench: { name, run(): Promise<BenchRow[]> }`.
// Data on standard output, progress on standard error. Every peer is measured in the same run on the same input.
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';

/**
 * @typedef {object} BenchRow
 * @property {string} name
 * @property {string} unit what the numbers are in; smaller is better unless it ends in "/s"
 * @property {number} ours median
 * @property {Record<string, number>} peers medians of others in the same run
 * @property {Record<string, number>} ratio how many times better ours is
 * @property {number} n measurements behind each median
 */

const USAGE = `Usage: ./hazri bench [--only NAME] [--json]

Prints ours, each peer and how many times better ours is, measured side by side.
  --only NAME   only the benchmarks whose name contains NAME
  --json        [{"name", "unit", "ours", "peers", "ratio", "n"}]
`;

/** @param {unknown} error */
function bad(error) {
  const message = error instanceof Error ? error.message : 'An option is wrong.';
  process.stdout.write(`${JSON.stringify({ error: { code: 'OPTION_UNKNOWN', message } })}\n`);
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

function options() {
  try {
    return parseArgs({
      options: { only: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    }).values;
  } catch (error) {
    return bad(error);
  }
}

/** @param {number} value */
const short = (value) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

/** @param {BenchRow} row */
function describe(row) {
  const peers = Object.entries(row.peers).map(
    ([peer, value]) => `${peer} ${short(value)} ${row.unit} (${short(row.ratio[peer] ?? NaN)}×)`,
  );
  return `${row.name}: ${short(row.ours)} ${row.unit}${peers.length > 0 ? ` against ${peers.join(', ')}` : ''}, n=${row.n}`;
}

const { only, json, help } = options();
if (help) {
  process.stdout.write(USAGE);
  process.exit(0);
}
const files = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.bench.mjs'))
  .sort();
/** @type {BenchRow[]} */
const rows = [];
let chosen = 0;
for (const file of files) {
  const { bench } = await import(`./${file}`);
  if (only !== undefined && !bench.name.includes(only)) continue;
  chosen += 1;
  process.stderr.write(`bench: ${bench.name} …\n`);
  const measured = await bench.run();
  rows.push(...measured);
  if (!json) for (const row of measured) process.stdout.write(`${describe(row)}\n`);
}
if (chosen === 0) bad(new Error(`There is no benchmark whose name contains "${only}".`));
if (json) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
// Engines and tensor libraries keep threads alive.
process.exit(0);
