// The main job once more, inside Electron, wherever its program is installed with a display; else it says so.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../support/feeds.js';

/** Where the package `electron` keeps its program once it was fetched; null when it never was. */
function electronProgram(): string | null {
  const folder = path.join(root, 'node_modules/electron');
  const pathFile = path.join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const program = path.join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(program) ? program : null;
}

const why =
  electronProgram() === null
    ? "Electron's program is not installed (it is fetched at the first `npm run kiosk` on a machine that reaches it)"
    : process.platform === 'linux' && process.env.DISPLAY === undefined
      ? 'there is no display (start it under xvfb-run)'
      : null;
if (why !== null) console.warn(`NOT RUN: the browser tests inside Electron, because ${why}.`);

it.skipIf(why !== null)(
  'runs the main job in the Electron host',
  () => {
    const done = spawnSync(
      process.execPath,
      [
        path.join(root, 'node_modules/vitest/vitest.mjs'),
        'run',
        '--config',
        '.config/vitest.config.mts',
        'tests/e2e/main-job.test.ts',
      ],
      { cwd: root, env: { ...process.env, HAZRI_TEST_HOST: 'electron' }, stdio: 'inherit' },
    );
    expect(done.status).toBe(0);
  },
  20 * 60_000,
);
