// Takes one guard after the other away in a copy of the tree and expects the suite that watches over it to fail.
// Minutes of work, so it runs with `npm run torture` only.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mutations } from './guards.js';

const root = path.resolve(import.meta.dirname, '../../..');
const isAsked = process.env['HAZRI_TORTURE_MUTATIONS'] === '1';
const COPIED = ['.config', 'tests', 'shared', 'models', 'kiosk', 'server', 'package.json', 'tsconfig.json'];
/** Enough for each guard; the long days are for the simulation itself. */
const SEEDS = '20';
let copy = '';

function makeCopy(): string {
  const target = mkdtempSync(path.join(tmpdir(), 'hazri-mutations-'));
  for (const name of COPIED) {
    cpSync(path.join(root, name), path.join(target, name), {
      recursive: true,
      filter: (from) => !/[\\/](node_modules|\.out|console[\\/]dist)$/.test(from),
    });
  }
  const modules = path.join(target, 'node_modules');
  mkdirSync(path.join(modules, '@hazri'), { recursive: true });
  for (const name of readdirSync(path.join(root, 'node_modules'))) {
    if (name !== '@hazri') symlinkSync(path.join(root, 'node_modules', name), path.join(modules, name));
  }
  // The copy's own parts, so that a mutation is what its tests load.
  for (const name of ['shared', 'models', 'kiosk', 'server']) {
    symlinkSync(path.join(target, name), path.join(modules, '@hazri', name));
  }
  for (const name of ['shared', 'kiosk', 'server']) {
    const own = path.join(root, name, 'node_modules');
    if (existsSync(own)) symlinkSync(own, path.join(target, name, 'node_modules'));
  }
  return target;
}

function passes(suites: readonly string[]): boolean {
  const vitest = path.join(copy, 'node_modules/vitest/vitest.mjs');
  const args = [
    vitest,
    'run',
    '--root',
    copy,
    '--config',
    '.config/vitest.config.mts',
    '--bail',
    '1',
    ...suites,
  ];
  const done = spawnSync(process.execPath, args, {
    cwd: copy,
    stdio: 'ignore',
    env: { ...process.env, HAZRI_TORTURE: 'short', HAZRI_TORTURE_SEED: '1', HAZRI_TORTURE_COUNT: SEEDS },
  });
  return done.status === 0;
}

describe.runIf(isAsked)('a guard that is taken away', () => {
  beforeAll(() => {
    copy = makeCopy();
    expect(passes([...new Set(mutations.map(({ suite }) => suite))])).toBe(true);
  }, 3_600_000);
  afterAll(() => {
    rmSync(copy, { recursive: true, force: true });
  });

  it.each(mutations)(
    'is missed: $guard',
    ({ file, from, to, suite }) => {
      const place = path.join(copy, file);
      const original = readFileSync(place, 'utf8');
      expect(original.split(from)).toHaveLength(2);
      writeFileSync(
        place,
        original.replace(from, () => to),
      );
      try {
        expect(passes([suite])).toBe(false);
      } finally {
        writeFileSync(place, original);
      }
    },
    3_600_000,
  );
});

describe('the list of guards', () => {
  it('fits the code as it is', () => {
    for (const { file, from } of mutations) {
      expect([file, readFileSync(path.join(root, file), 'utf8').split(from).length]).toEqual([file, 2]);
    }
  });
});
