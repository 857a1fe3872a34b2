// The dispatcher says in one sentence what is wrong and what to do, and ends with a code other than 0.
import { type SpawnSyncReturns, execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../support/feeds.js';
import { freePort } from '../support/system.js';

const folders: string[] = [];
function temporary(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hazri-dispatcher-'));
  folders.push(folder);
  return folder;
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const hazri = (
  args: string[],
  env: Record<string, string> = {},
  before: string[] = [],
): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [...before, path.join(root, 'hazri'), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    timeout: 60_000,
  });

/** A clone in which nothing is installed and `npm` fails with the given output. */
function cloneWhoseInstallSays(output: string): SpawnSyncReturns<string> {
  const clone = temporary();
  const tools = path.join(clone, 'tools');
  mkdirSync(tools);
  for (const file of ['hazri', 'package-lock.json'])
    copyFileSync(path.join(root, file), path.join(clone, file));
  writeFileSync(path.join(clone, 'npm-output'), output);
  writeFileSync(path.join(tools, 'npm'), `#!/bin/sh\ncat "${clone}/npm-output" >&2\nexit 1\n`);
  chmodSync(path.join(tools, 'npm'), 0o755);
  return spawnSync(process.execPath, [path.join(clone, 'hazri'), 'build'], {
    env: { ...process.env, PATH: `${tools}:${process.env.PATH ?? ''}` },
    encoding: 'utf8',
  });
}

describe('the dispatcher', () => {
  it('prints its page and knows no silent success without a command', () => {
    expect(hazri(['help']).status).toBe(0);
    expect(hazri(['help']).stdout).toContain('Usage: ./hazri <command>');
    expect(hazri([]).status).toBe(2);
  });

  it('refuses an option that a command does not have', () => {
    const done = hazri(['server', '--foo']);
    expect(done.status).toBe(2);
    expect(done.stderr).toBe('hazri: "server" has no option "--foo"; see ./hazri help.\n');
  });

  it('refuses a Node that is too old', () => {
    const preload = path.join(temporary(), 'old-node.cjs');
    writeFileSync(
      preload,
      "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.4' } });\n",
    );
    const done = hazri(['help'], {}, ['--require', preload]);
    expect(done.status).toBe(1);
    expect(done.stderr).toBe(
      'hazri: Node 18.20.4 is too old; install Node 20.19.0 or newer (20, 22 or 24).\n',
    );
  });

  for (const [what, output, sentence] of [
    ['a missing compiler', 'gyp ERR! stack Error: not found: make', 'A C++ compiler is missing'],
    [
      'a missing Python',
      'gyp ERR! find Python Could not find any Python installation to use',
      'Python 3 is missing',
    ],
    [
      'missing headers',
      'gyp ERR! stack FetchError: request to https://nodejs.org/ failed',
      "install Node's headers",
    ],
    ['a registry out of reach', 'npm error code ENOTFOUND', 'The npm registry cannot be reached'],
    ['a full disk', 'npm error code ENOSPC', 'The disk is full'],
  ] as const) {
    it(`explains ${what}`, () => {
      const done = cloneWhoseInstallSays(output);
      expect(done.status).toBe(1);
      expect(done.stderr.trim().split('\n').at(-1)).toContain(sentence);
    });
  }

  it('names a busy port', async () => {
    const port = await freePort();
    const squatter = net.createServer().listen(port, '127.0.0.1');
    const env = {
      HAZRI_DATA: temporary(),
      HAZRI_PORT: String(port),
      HAZRI_HTTP_PORT: String(await freePort()),
      HAZRI_KIOSK_PORT: String(await freePort()),
    };
    const done = hazri(['start', '--json'], env);
    squatter.close();
    expect(done.status).toBe(1);
    expect(done.stdout).toBe('');
    expect(done.stderr).toMatch(new RegExp(`${port}.*(in use|busy|taken)`, 'i'));
  });

  it('refuses settings that make no sense with exit code 2', () => {
    const done = hazri(['server'], { HAZRI_DATA: temporary(), HAZRI_PORT: 'eighty' });
    expect(done.status).toBe(2);
    expect(done.stderr).toContain('HAZRI_PORT');
  });

  it('says that the disk is full', (context) => {
    const disk = temporary();
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      console.warn('NOT RUN: a full disk needs the right to mount a small one.');
      context.skip();
    }
    try {
      const done = hazri(['server'], { HAZRI_DATA: disk });
      expect(done.status).toBe(1);
      expect(done.stderr).toContain('disk is full');
    } finally {
      execFileSync('umount', [disk]);
    }
  });

  it('takes relative paths from where the person stands', () => {
    const here = temporary();
    const done = spawnSync(
      process.execPath,
      [path.join(root, 'hazri'), 'face', 'embed', '--dir', 'pictures'],
      { cwd: here, env: process.env, encoding: 'utf8' },
    );
    expect(done.status).toBe(2);
    mkdirSync(path.join(here, 'pictures'));
    writeFileSync(path.join(here, 'pictures/broken.jpg'), 'not a picture');
    const second = spawnSync(
      process.execPath,
      [path.join(root, 'hazri'), 'face', 'embed', '--dir', 'pictures'],
      { cwd: here, env: process.env, encoding: 'utf8' },
    );
    expect(second.stdout).toContain('"error"');
  });
});
