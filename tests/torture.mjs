// The reliability suites at length, from one printed seed: `npm run torture -- [--short] [--only SUITE] [--seed N]`.
// With --only and --seed, that one seed alone. Ends with 0 when every promise was kept.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const SUITES = {
  simulation: ['tests/simulation/'],
  kills: ['tests/torture/kill'],
  backlog: ['tests/torture/backlog'],
  cuts: ['tests/torture/cut'],
  disk: ['tests/torture/disk', 'tests/torture/power'],
  hostile: ['tests/torture/hostile'],
  time: ['tests/torture/clock'],
  mutations: ['tests/torture/mutations/'],
};

function stop(message) {
  process.stderr.write(
    `hazri: ${message}\nUsage: npm run torture -- [--short] [--only ${Object.keys(SUITES).join('|')}] [--seed N]\n`,
  );
  process.exit(2);
}

function read(args) {
  const asked = { isShort: false, only: null, seed: null };
  for (let at = 0; at < args.length; at += 1) {
    const value = args[at + 1];
    if (args[at] === '--short') asked.isShort = true;
    else if (args[at] === '--only' && Object.hasOwn(SUITES, value ?? '')) asked.only = args[(at += 1)];
    else if (args[at] === '--seed' && /^\d{1,9}$/.test(value ?? '')) asked.seed = Number(args[(at += 1)]);
    else stop(`cannot read ${[args[at], value].filter(Boolean).join(' ')}`);
  }
  return asked;
}

const { isShort, only, seed } = read(process.argv.slice(2));
const first = seed ?? randomInt(1, 2 ** 30);
console.log(`seed ${first}${isShort ? ', short form' : ''}`);
const suites = only === null ? Object.keys(SUITES) : [only];
const failed = suites.filter((name) => {
  console.log(`\n── ${name} ${'─'.repeat(60 - name.length)}`);
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--config', '.config/vitest.config.mts'];
  const done = spawnSync(process.execPath, [...args, '--passWithNoTests', ...SUITES[name]], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      HAZRI_TORTURE: isShort ? 'short' : 'long',
      HAZRI_TORTURE_SEED: String(first),
      HAZRI_TORTURE_MUTATIONS: '1',
      ...(only !== null && seed !== null && { HAZRI_TORTURE_ONLY_SEED: String(seed) }),
    },
  });
  return done.status !== 0;
});
console.log(
  `\nseed ${first}: ${failed.length === 0 ? 'every promise was kept' : `broken in ${failed.join(', ')}`}`,
);
process.exit(failed.length === 0 ? 0 : 1);
