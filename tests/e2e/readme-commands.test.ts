// Every command that the README shows is run here as it stands there. A command without a way to run it fails.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../support/feeds.js';
import { freePort } from '../support/system.js';

const MINUTE = 60_000;
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
const shown = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap((block) =>
  (block[1] ?? '').trim().split('\n'),
);

let env: NodeJS.ProcessEnv;
const data = mkdtempSync(path.join(os.tmpdir(), 'hazri-readme-'));

beforeAll(async () => {
  env = {
    ...process.env,
    HAZRI_DATA: data,
    HAZRI_PORT: String(await freePort()),
    HAZRI_HTTP_PORT: String(await freePort()),
    HAZRI_KIOSK_PORT: String(await freePort()),
  };
});
afterAll(() => {
  rmSync(data, { recursive: true, force: true });
});

interface Running {
  readonly child: ChildProcess;
  stop(): Promise<number | null>;
}

/** Starts a command that stays, and waits until it prints `sign`. */
async function stays(command: string, sign: RegExp): Promise<Running> {
  const child = spawn(command, {
    cwd: root,
    env,
    shell: true,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let text = '';
  await new Promise<void>((resolve, reject) => {
    const hear = (piece: Buffer): void => {
      text += piece.toString();
      if (sign.test(text)) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => {
      reject(new Error(`${command} ended with ${String(code)}:\n${text}`));
    });
  });
  const stop = async (): Promise<number | null> => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
    return ended;
  };
  return { child, stop };
}

function succeeds(command: string): string {
  const done = spawnSync(command, { cwd: root, env, shell: true, encoding: 'utf8', maxBuffer: 1 << 28 });
  expect(done.status, `${command}\n${done.stderr}`).toBe(0);
  return done.stdout;
}

/** How each command of the README is run. */
const WAYS: Record<string, () => Promise<void> | void> = {
  'npm start': async () => {
    const running = await stays('npm start', /Hazri is running/);
    expect(succeeds('./hazri kiosk --link')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=/);
    await running.stop();
  },
  './hazri kiosk --link': () => {
    const done = spawnSync('./hazri kiosk --link', { cwd: root, env, shell: true, encoding: 'utf8' });
    expect(done.status).toBe(1);
    expect(done.stderr).toContain('No tablet runs here');
  },
  './hazri server': async () => {
    await (await stays('./hazri server', /"ready":true/)).stop();
  },
  'npm run kiosk': async () => {
    await (await stays('npm run kiosk', /"ready":true|Electron/)).stop();
  },
  './hazri help': () => {
    expect(succeeds('./hazri help')).toContain('Usage');
  },
  './hazri face embed --dir node_modules/@vladmandic/face-api/demo': () => {
    const lines = succeeds('./hazri face embed --dir node_modules/@vladmandic/face-api/demo')
      .trim()
      .split('\n');
    const answers = lines.map((line) => JSON.parse(line) as { faces?: { embedding: number[] }[] });
    expect(answers.flatMap((answer) => answer.faces ?? []).length).toBeGreaterThan(6);
  },
  // These two run this very test; what is run here is that they accept their options and name their stages.
  'npm test': () => {
    expect(succeeds('npm test -- --only architecture')).toMatch(/\d+ passed, 0 failed/);
  },
  'npm run check': () => {
    expect(succeeds('npm run check -- --help')).toContain('format, lint, types');
  },
  'npm run bench': () => {
    expect(succeeds('npm run bench -- --only matcher --json')).toContain('"ratio"');
  },
};

describe('the commands of the README', () => {
  it('are all known here', () => {
    expect(shown.filter((command) => WAYS[command] === undefined)).toEqual([]);
    expect(Object.keys(WAYS).filter((command) => !shown.includes(command))).toEqual([]);
  });

  for (const command of shown) {
    it(command, async () => WAYS[command]?.(), 5 * MINUTE);
  }

  it('stand under version control with the executable bit', () => {
    const listed = execFileSync('git', ['ls-files', '--stage', 'hazri', '.ci/run'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(listed.match(/^100755/gm)).toHaveLength(2);
  });
});
