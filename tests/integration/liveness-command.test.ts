// `hazri face liveness` as a person types it: over recordings of people and of screens, stills, and bad input.
import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hasPublishedPack, publishedPack } from '../support/pack.js';

const root = path.resolve(import.meta.dirname, '../..');
const data = process.env['HAZRI_TEST_DATA'] ?? path.join(root, '../shared/data');
const hasData = existsSync(path.join(data, 'feeds'));
if (!hasData) console.warn(`NOTE: no recordings at ${data} (HAZRI_TEST_DATA): only bad input is tried.`);
const folder = mkdtempSync(path.join(tmpdir(), 'hazri-liveness-'));
const bare = path.join(folder, 'bare');
const packed = path.join(folder, 'packed');
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
vi.setConfig({ testTimeout: 300_000 });

interface Line {
  readonly path: string;
  readonly decision: 'live' | 'attack' | 'undecided';
  readonly score: number | null;
  readonly doubt?: string | null;
  readonly challenge?: { readonly attempts: number; readonly passed: number };
  readonly flash?: Readonly<Record<'withCode' | 'without', { readonly answered: number }>>;
  readonly error?: { readonly code: string };
}

async function hazri(home: string, ...args: string[]): Promise<{ code: number; lines: Line[] }> {
  const program = path.join(root, 'kiosk/dist/commands/main.js');
  const options = { env: { ...process.env, HAZRI_DATA: home }, maxBuffer: 50_000_000 };
  const read = (text: string): Line[] =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line);
  try {
    return { code: 0, lines: read((await promisify(execFile)('node', [program, ...args], options)).stdout) };
  } catch (error) {
    const { code, stdout } = error as { code: number; stdout: string };
    return { code, lines: read(stdout) };
  }
}

const judge = (home: string, ...args: string[]) => hazri(home, 'face', 'liveness', ...args);
const feeds = path.join(data, 'feeds');
const feed = (name: string): string => path.join(feeds, `${name}.mjpeg`);

describe('bad input', () => {
  it.each([
    ['LIVENESS_PACK_MISSING', ['--policy', 'passive', 'x.mjpeg']],
    ['OPTION_POLICY', ['--policy', 'lenient', 'x.mjpeg']],
    ['OPTION_SIMULATE', ['--simulate', 'person', 'x.mjpeg']],
    ['OPTION_NUMBER', ['--simulate', 'challenge', '--seed', 'two', 'x.mjpeg']],
    ['OPTION_NUMBER', ['--simulate', 'flash', '--chroma', '0', 'x.mjpeg']],
    ['INPUT_NONE', []],
  ])('%s', async (code, args) => {
    expect(await judge(bare, ...args)).toMatchObject({ code: 2, lines: [{ error: { code } }] });
  });

  it('is one object per input, and none of them passes', async () => {
    const still = path.join(root, 'node_modules/@vladmandic/face-api/demo/sample1.jpg');
    const damaged = path.join(folder, 'damaged.mjpeg');
    writeFileSync(damaged, 'not a picture');
    const empty = path.join(folder, 'empty');
    mkdirSync(empty);
    const { code, lines } = await judge(bare, still, damaged, empty, path.join(folder, 'gone.mjpeg'));
    expect(code).toBe(0);
    expect(lines.map(({ error }) => error?.code)).toEqual([
      'LIVENESS_NEEDS_RECORDING',
      'RECORDING_UNREADABLE',
      'PICTURE_MISSING',
      'PICTURE_MISSING',
    ]);
  });

  it('a picture that stands still is an attack, with or without the pack', async () => {
    const frames = path.join(folder, 'frozen');
    mkdirSync(frames);
    const still = path.join(root, 'node_modules/@vladmandic/face-api/demo/sample1.jpg');
    for (let index = 0; index < 30; index += 1)
      copyFileSync(still, path.join(frames, `${String(100 + index)}.jpg`));
    const { lines } = await judge(bare, frames);
    expect(lines).toMatchObject([{ decision: 'attack', doubt: 'STREAM_REPEATS' }]);
  });
});

describe.runIf(hasData)('without the pack', () => {
  it('nobody is taken for alive without being asked, and no living person is refused', async () => {
    const { lines } = await judge(
      bare,
      ...['live-p01-talking', 'live-p09-turns', 'live-p12-webcam'].map(feed),
    );
    expect(lines.map(({ decision, doubt }) => [decision, doubt])).toEqual(
      Array.from({ length: 3 }, () => ['undecided', 'NO_PACK']),
    );
  });

  it('a recording that runs on passes no drawn challenge', async () => {
    const args = ['--simulate', 'challenge', '--attempts', '2000', '--seed', '7'];
    const { lines } = await judge(bare, ...args, feed('live-p07-turns'), feed('attack-phone-of-p09'));
    for (const { challenge } of lines) {
      expect(challenge?.attempts).toBe(2000);
      expect((challenge?.passed ?? 2000) / 2000).toBeLessThanOrEqual(0.005);
    }
  });

  it('a colour code laid over a still head is found at one percent, and never where there is none', async () => {
    const args = ['--simulate', 'flash', '--chroma', '1', '--attempts', '60'];
    const { lines } = await judge(bare, ...args, feed('live-p11-webcam'), feed('live-p05-mouth-open'));
    for (const { flash } of lines) {
      expect(flash?.withCode.answered).toBeGreaterThanOrEqual(59);
      expect(flash?.without.answered).toBe(0);
    }
  });
});

describe.runIf(hasData && hasPublishedPack)('with the pack', () => {
  beforeAll(async () => {
    await hazri(packed, 'models', 'add', 'minifasnet', '--from', publishedPack);
  });

  it('refuses or steps up every recorded screen; refuses no living person and believes most', async () => {
    const names = readdirSync(feeds).filter((file) => file.endsWith('.mjpeg'));
    const list = path.join(folder, 'feeds.txt');
    writeFileSync(list, names.join('\n'));
    const { lines } = await judge(packed, '--policy', 'passive', '--list', list, '--root', feeds);
    const live = lines.filter((line) => line.path.startsWith('live-'));
    const attacks = lines.filter((line) => line.path.startsWith('attack-'));
    expect(attacks.length).toBeGreaterThan(0);
    expect(attacks.filter(({ decision }) => decision === 'live')).toEqual([]);
    expect(live.filter(({ decision }) => decision === 'attack')).toEqual([]);
    expect(live.filter(({ decision }) => decision === 'live').length / live.length).toBeGreaterThanOrEqual(
      0.7,
    );
  });

  it('asks everybody under the strict policy', async () => {
    const { lines } = await judge(packed, '--policy', 'strict', feed('live-p10-turns'));
    expect(lines[0]?.decision).toBe('undecided');
  });

  it('tells printed stills from living ones, at most one in a hundred wrong either way', async () => {
    const rows = readFileSync(path.join(data, 'stills.csv'), 'utf8').trim().split('\n').slice(1);
    const labels = new Map(
      rows.map((row) => row.split(',') as [string, string]).map(([file, label]) => [file, label]),
    );
    const { lines } = await judge(
      packed,
      '--policy',
      'passive',
      '--stills',
      '--dir',
      path.join(data, 'stills'),
    );
    const wrong = (label: string): number => {
      const own = lines.filter((line) => labels.get(line.path) === label);
      const right = label === 'live' ? 'live' : 'attack';
      return own.filter(({ decision }) => decision !== right).length / own.length;
    };
    expect(lines).toHaveLength(rows.length);
    expect(wrong('print')).toBeLessThanOrEqual(0.01);
    expect(wrong('live')).toBeLessThanOrEqual(0.01);
  });
});
