// `hazri face identify` as a person runs it: the shape of its answer, pictures without a face, and every bad list ends
// in a code.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const program = path.join(root, 'kiosk/dist/commands/main.js');
const sample = path.join(root, 'node_modules/@vladmandic/face-api/demo/sample1.jpg');
// Each run starts two engines on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const folder = mkdtempSync(path.join(tmpdir(), 'hazri-engine-identify-'));

interface Done {
  readonly code: number;
  readonly answer: Readonly<Record<string, unknown>>;
  readonly stderr: string;
}

/** Runs the command in the temporary folder, as if typed there. */
function identify(...args: string[]): Promise<Done> {
  return new Promise((resolve) => {
    const options = { cwd: root, env: { ...process.env, INIT_CWD: folder } };
    execFile(process.execPath, [program, 'face', 'identify', ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      const line = stdout.split('\n').find((one) => one.startsWith('{')) ?? '{}';
      resolve({ code, stderr, answer: JSON.parse(line) as Done['answer'] });
    });
  });
}

const put = (name: string, bytes: Uint8Array | string): void => {
  writeFileSync(path.join(folder, name), bytes);
};

const GOOD_GALLERY = 'path,identity\nface.jpg,Ann\n';
const GOOD_PROBES = 'path,identity\nbright.jpg,Ann\nblank.png,\n';

beforeAll(async () => {
  const face = sharp(sample).extract({ left: 1300, top: 100, width: 520, height: 520 });
  const upright = await face.jpeg({ quality: 95 }).toBuffer();
  put('face.jpg', upright);
  put('bright.jpg', await sharp(upright).modulate({ brightness: 1.1 }).jpeg().toBuffer());
  const blank = { create: { width: 320, height: 240, channels: 3 as const, background: '#777' } };
  put('blank.png', await sharp(blank).png().toBuffer());
  put('text.jpg', 'this is no picture');
  put('gallery.csv', GOOD_GALLERY);
  put('probes.csv', GOOD_PROBES);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('face identify', () => {
  it('answers with people, probes, strangers and rates, and says which pictures had no face', async () => {
    const { code, answer, stderr } = await identify(
      '--gallery',
      'gallery.csv',
      '--probes',
      'probes.csv',
      '--json',
    );
    expect(stderr).toContain('no face found in 1 pictures');
    expect(code).toBe(0);
    expect(answer).toMatchObject({ people: 1, probes: 1, strangers: 1, rank1: 1 });
    expect(answer.fnirAtFpir).toEqual({ '0.001': 0, '0.003': 0, '0.01': 0, '0.03': 0 });
    expect(answer.budgets).toEqual(
      [1, 3, 10].map((budget) => ({ budget, threshold: expect.any(Number) as number, fpir: 0, fnir: 0 })),
    );
  });

  it.each([
    ['no lists', [], 'OPTION_MISSING', ''],
    ['an unknown option', ['--frobnicate'], 'OPTION_UNKNOWN', ''],
    ['a list that is not there', ['--gallery', 'none.csv', '--probes', 'probes.csv'], 'INPUT_MISSING', ''],
    ['missing columns', ['--gallery', 'bad.csv', '--probes', 'probes.csv'], 'CSV_COLUMNS', 'face.jpg,Ann\n'],
    [
      'a short line',
      ['--gallery', 'bad.csv', '--probes', 'probes.csv'],
      'CSV_FORMAT',
      'path,identity\nface.jpg\n',
    ],
    [
      'an empty gallery',
      ['--gallery', 'bad.csv', '--probes', 'probes.csv'],
      'GALLERY_EMPTY',
      'path,identity\n',
    ],
    [
      'a gallery without names',
      ['--gallery', 'bad.csv', '--probes', 'probes.csv'],
      'GALLERY_IDENTITY',
      'path,identity\nface.jpg,\n',
    ],
    [
      'probes without strangers',
      ['--gallery', 'gallery.csv', '--probes', 'bad.csv'],
      'PROBES_NO_STRANGERS',
      'path,identity\nface.jpg,Ann\n',
    ],
    [
      'probes of strangers only',
      ['--gallery', 'gallery.csv', '--probes', 'bad.csv'],
      'PROBES_NO_KNOWN',
      'path,identity\nface.jpg,\n',
    ],
    [
      'a probe of nobody enrolled',
      ['--gallery', 'gallery.csv', '--probes', 'bad.csv'],
      'PROBES_IDENTITY',
      'path,identity\nface.jpg,Bo\nblank.png,\n',
    ],
    [
      'another model',
      ['--gallery', 'gallery.csv', '--probes', 'probes.csv', '--model', 'other'],
      'MODEL_UNKNOWN',
      '',
    ],
    [
      'a picture that is not there',
      ['--gallery', 'bad.csv', '--probes', 'probes.csv'],
      'PICTURE_MISSING',
      'path,identity\nnone.jpg,Ann\n',
    ],
    [
      'a file that is no picture',
      ['--gallery', 'bad.csv', '--probes', 'probes.csv'],
      'PICTURE_UNREADABLE',
      'path,identity\ntext.jpg,Ann\n',
    ],
  ])('refuses %s', async (_, args, expected, text) => {
    put('bad.csv', text);
    const { code, answer } = await identify(...args);
    expect(answer).toMatchObject({ error: { code: expected } });
    expect(code).toBe(2);
  });
});
