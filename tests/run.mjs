// Runs every test that this machine can run, stage by stage, says how long each took and what could not be run,
// and ends with `N passed, N failed`. `--only STAGE` runs one stage.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const out = path.join(root, 'tests/.out');
const node = process.execPath;
const script = (file) => path.join(root, 'node_modules', file);

/** A tool whose exit code is the verdict: counts as one test. */
const tool = (name, ...args) => ({ name, run: () => runTool(name, args) });
/** A vitest run over folders: counts each of its tests. */
const suite = (name, folders, extra = []) => ({ name, run: () => runSuite(name, folders, extra) });

const STAGES = {
  check: [
    tool('format', script('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'),
    tool(
      'lint',
      script('eslint/bin/eslint.js'),
      '-c',
      '.config/eslint.config.mjs',
      '--cache',
      '--cache-location',
      '.cache/eslint',
      '.',
    ),
    tool('types', script('typescript/bin/tsc'), '-b'),
    tool('types of tests', script('typescript/bin/tsc'), '-p', 'tests'),
    tool('types of the tablet screen', script('typescript/bin/tsc'), '-p', 'kiosk/src/ui'),
    tool('types of the console', script('typescript/bin/tsc'), '-p', 'server/console'),
    tool(
      'architecture',
      script('dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      '.config/dependency-cruiser.cjs',
      'shared/src',
      'models/src',
      'kiosk/src',
      'server/src',
      'server/console/src',
    ),
    tool('dead code', script('knip/bin/knip.js'), '--config', '.config/knip.json'),
    suite('unit', ['shared', 'models', 'kiosk', 'server']),
  ],
  architecture: [suite('architecture', ['tests/architecture'])],
  golden: [suite('golden', ['tests/golden'])],
  parity: [suite('parity', ['tests/parity'])],
  reliability: [suite('reliability', ['tests/simulation', 'tests/torture'])],
  integration: [suite('integration', ['tests/integration'])],
  security: [suite('security', ['tests/security'])],
  e2e: [suite('e2e', ['tests/e2e'], ['--no-file-parallelism'])],
  electron: [suite('electron', ['tests/electron'], ['--no-file-parallelism'])],
};

function runTool(name, args) {
  const done = spawnSync(node, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  return done.status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, what: [name] };
}

function runSuite(name, folders, extra) {
  const report = path.join(out, `report-${name}.json`);
  rmSync(report, { force: true });
  const args = [
    script('vitest/vitest.mjs'),
    'run',
    '--config',
    '.config/vitest.config.mts',
    '--reporter=default',
    '--reporter=json',
  ];
  const done = spawnSync(
    node,
    [...args, `--outputFile.json=${report}`, ...extra, ...folders.map((folder) => `${folder}/`)],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  let summary;
  try {
    summary = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, what: [`${name}: the runner wrote no report`] };
  }
  const failedTests = summary.testResults.flatMap((file) => [
    ...file.assertionResults
      .filter((one) => one.status === 'failed')
      .map((one) => `${path.relative(root, file.name)}: ${one.fullName}`),
    ...(file.status === 'failed' && file.assertionResults.every((one) => one.status !== 'failed')
      ? [path.relative(root, file.name)]
      : []),
  ]);
  const failed = Math.max(failedTests.length, done.status === 0 ? 0 : 1);
  const what =
    failed > failedTests.length ? [`${name}: the runner ended with exit code ${done.status}`] : failedTests;
  return { passed: summary.numPassedTests, failed, what };
}

function chosen(args) {
  const at = args.indexOf('--only');
  if (at < 0) return Object.keys(STAGES);
  const name = args[at + 1];
  if (name !== undefined && Object.hasOwn(STAGES, name)) return [name];
  process.stderr.write(
    `hazri: there is no test stage "${name ?? ''}"; choose one of ${Object.keys(STAGES).join(', ')}.\n`,
  );
  process.exit(2);
}

mkdirSync(out, { recursive: true });
const lines = [];
const failures = [];
let passed = 0;
let failed = 0;
for (const stage of chosen(process.argv.slice(2))) {
  for (const step of STAGES[stage]) {
    console.log(`\n── ${step.name} ${'─'.repeat(Math.max(4, 70 - step.name.length))}`);
    const startedAt = Date.now();
    const result = step.run();
    passed += result.passed;
    failed += result.failed;
    failures.push(...(result.what ?? []));
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    lines.push(
      `${step.name.padEnd(30)} ${String(result.passed).padStart(5)} passed ${String(result.failed).padStart(3)} failed ${seconds.padStart(8)} s`,
    );
  }
}
console.log(`\n${lines.join('\n')}\n`);
for (const failure of failures) console.log(`FAILED ${failure}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
