// `hazri face` as a person runs it: every bad picture ends in an object with a stable code, the order of inputs is
// kept, and good pictures of any kind give the same face.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const program = path.join(root, 'kiosk/dist/commands/main.js');
const sample = path.join(root, 'node_modules/@vladmandic/face-api/demo/sample1.jpg');
// Each run starts two engines on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const folder = mkdtempSync(path.join(tmpdir(), 'hazri-engine-command-'));

interface Face {
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly score: number;
  readonly embedding: readonly number[];
  readonly quality: Readonly<Record<string, number>>;
}
interface Answer {
  readonly path?: string;
  readonly frame?: number;
  readonly frames?: number;
  readonly faces?: readonly Face[];
  readonly ms?: Readonly<Record<string, number>>;
  readonly error?: { readonly code: string; readonly message: string };
}
interface Done {
  readonly code: number;
  readonly answers: readonly Answer[];
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in the temporary folder, as if typed there. */
function hazri(...args: string[]): Promise<Done> {
  return new Promise((resolve) => {
    const env = { ...process.env, INIT_CWD: folder };
    const options = { cwd: root, env, maxBuffer: 256 * 1024 * 1024 };
    execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
      resolve({ code, stdout, stderr, answers: lines.map((line) => JSON.parse(line) as Answer) });
    });
  });
}

const distance = (a: Face | undefined, b: Face | undefined): number =>
  Math.hypot(...(a?.embedding ?? [9]).map((value, index) => value - (b?.embedding[index] ?? 9)));

const put = (name: string, bytes: Uint8Array | string): void => {
  writeFileSync(path.join(folder, name), bytes);
};

beforeAll(async () => {
  const face = sharp(sample).extract({ left: 1300, top: 100, width: 520, height: 520 });
  const upright = await face.jpeg({ quality: 95 }).toBuffer();
  put('upright.jpg', upright);
  put('grey.png', await sharp(upright).greyscale().png().toBuffer());
  put('sixteen.png', await sharp(upright).toColourspace('rgb16').png().toBuffer());
  put('cmyk.jpg', await sharp(upright).toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer());
  put('alpha.webp', await sharp(upright).ensureAlpha(1).webp({ quality: 95 }).toBuffer());
  const turned = await sharp(upright).rotate(-90).jpeg({ quality: 95 }).toBuffer();
  put('turned.jpg', await sharp(turned).withMetadata({ orientation: 6 }).toBuffer());
  put('corrupt.jpg', upright.subarray(0, upright.length >> 1));
  put('text.jpg', 'this is no picture');
  put('empty.jpg', '');
  put('drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  const huge = sharp({ create: { width: 10_000, height: 10_000, channels: 3, background: '#888' } });
  put('huge.png', await huge.png().toBuffer());
  put(
    'nobody.png',
    await sharp({ create: { width: 320, height: 240, channels: 3, background: '#567' } })
      .png()
      .toBuffer(),
  );
  put(
    'tiny.png',
    await sharp({ create: { width: 1, height: 1, channels: 3, background: '#567' } })
      .png()
      .toBuffer(),
  );
  const frame = await sharp(upright).resize(480, 480).jpeg({ quality: 90 }).toBuffer();
  const damaged = Buffer.from([0xff, 0xd8, 0xff, 0xfe, 0, 4, 1, 2, 0xff, 0xd9]);
  put('short.mjpeg', Buffer.concat([...Array.from({ length: 12 }, () => frame), damaged, frame]));
  put('broken.mjpeg', 'no pictures in here');
  put('broken.mp4', 'no film in here');
  mkdirSync(path.join(folder, 'people/a/b'), { recursive: true });
  put('people/z.jpg', upright);
  put('people/a/b/y.jpg', upright);
  put('people/notes.txt', 'not a picture');
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('face embed', () => {
  it('finds the same face in every kind of picture', async () => {
    const names = ['upright.jpg', 'grey.png', 'sixteen.png', 'cmyk.jpg', 'alpha.webp', 'turned.jpg'];
    const { code, answers, stderr } = await hazri('face', 'embed', '--largest', ...names);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(answers.map((answer) => answer.path)).toEqual(names);
    const [reference, ...others] = answers.map((answer) => answer.faces?.[0]);
    expect(reference?.embedding).toHaveLength(128);
    expect(Math.hypot(...(reference?.embedding ?? []))).toBeCloseTo(1, 5);
    expect(Object.keys(answers[0]?.ms ?? {})).toEqual(['detect', 'landmarks', 'align', 'embed']);
    others.forEach((face, index) => {
      expect(distance(face, reference), names[index + 1]).toBeLessThan(0.25);
      const [box, expected] = [face?.box, reference?.box];
      const apart = Math.abs(
        (box?.x ?? 0) + (box?.width ?? 0) / 2 - (expected?.x ?? 0) - (expected?.width ?? 0) / 2,
      );
      expect(apart, names[index + 1]).toBeLessThan(40);
    });
  });

  it('answers every bad input with a code, in place, and goes on', async () => {
    const expected: Record<string, string | undefined> = {
      'missing.jpg': 'PICTURE_MISSING',
      'corrupt.jpg': 'PICTURE_UNREADABLE',
      'text.jpg': 'PICTURE_UNREADABLE',
      'empty.jpg': 'PICTURE_EMPTY',
      'drawing.svg': 'PICTURE_FORMAT',
      'huge.png': 'PICTURE_TOO_LARGE',
      'broken.mjpeg': 'RECORDING_UNREADABLE',
      people: 'PICTURE_MISSING',
      'nobody.png': undefined,
      'tiny.png': undefined,
      'upright.jpg': undefined,
    };
    put('list.txt', `${Object.keys(expected).join('\n')}\n\n`);
    const { code, answers } = await hazri('face', 'embed', '--list', 'list.txt');
    expect(code).toBe(0);
    expect(answers.map((answer) => answer.path)).toEqual(Object.keys(expected));
    expect(answers.map((answer) => answer.error?.code)).toEqual(Object.values(expected));
    expect(answers.map((answer) => answer.faces?.length)).toEqual([...Array<undefined>(8), 0, 0, 1]);
    for (const { error } of answers) if (error) expect(error.message).toMatch(/^[A-Z].*\.$/);
  });

  it('says in one code when another kind of film cannot be read', async () => {
    const { answers } = await hazri('face', 'embed', 'broken.mp4');
    expect(['RECORDING_UNREADABLE', 'RECORDING_NEEDS_FFMPEG']).toContain(answers[0]?.error?.code);
  });

  it('walks folders in order and takes only pictures and recordings', async () => {
    const { answers } = await hazri('face', 'embed', '--dir', 'people', '--center');
    expect(answers.map((answer) => answer.path)).toEqual([path.join('a', 'b', 'y.jpg'), 'z.jpg']);
  });

  it('reads the names of a list from --root', async () => {
    put('rooted.txt', 'z.jpg\n');
    const { answers } = await hazri('face', 'embed', '--list', 'rooted.txt', '--root', 'people');
    expect(answers[0]?.faces).toHaveLength(1);
  });

  it('fuses a recording into one object, or tells each frame', async () => {
    const fused = await hazri('face', 'embed', 'short.mjpeg');
    expect(fused.answers).toHaveLength(1);
    expect(fused.answers[0]).toMatchObject({ path: 'short.mjpeg', frames: 14 });
    expect(fused.answers[0]?.faces).toHaveLength(1);
    const frames = await hazri('face', 'embed', '--frames', '--largest', 'short.mjpeg');
    expect(frames.answers.map((answer) => answer.frame)).toEqual(
      Array.from({ length: 14 }, (_, index) => index),
    );
    expect(frames.answers[12]?.error?.code).toBe('PICTURE_UNREADABLE');
    expect(distance(frames.answers[13]?.faces?.[0], fused.answers[0]?.faces?.[0])).toBeLessThan(0.05);
  });

  it('finds a face with the careful detector option as without it', async () => {
    const { answers } = await hazri('face', 'embed', '--careful', 'upright.jpg', 'nobody.png');
    expect(answers.map((answer) => answer.faces?.length)).toEqual([1, 0]);
  });

  it('gives face-api’s own answer through the same port', async () => {
    const { code, answers } = await hazri('face', 'embed', '--engine', 'faceapi', '--largest', 'upright.jpg');
    expect(code).toBe(0);
    expect(answers[0]?.faces?.[0]?.embedding).toHaveLength(128);
  });
});

describe('mistakes on the command line', () => {
  it.each([
    [['face', 'embed'], 'INPUT_NONE'],
    [['face', 'embed', '--list', 'nowhere.txt'], 'INPUT_MISSING'],
    [['face', 'embed', '--dir', 'nowhere'], 'INPUT_MISSING'],
    [['face', 'embed', '--dir', 'people', 'upright.jpg'], 'INPUT_AMBIGUOUS'],
    [['face', 'embed', '--sideways', 'upright.jpg'], 'OPTION_UNKNOWN'],
    [['face', 'embed', '--largest', '--center', 'upright.jpg'], 'OPTION_CONFLICT'],
    [['face', 'embed', '--engine', 'magic', 'upright.jpg'], 'OPTION_ENGINE'],
    [['face', 'pairs'], 'OPTION_MISSING'],
    [['face', 'pairs', '--pairs', 'list.txt', '--root', '.'], 'PAIRS_FORMAT'],
    [['face', 'guess'], 'COMMAND_UNKNOWN'],
  ])('%j is %s with exit code 2', async (args, expected) => {
    const { code, answers, stderr } = await hazri(...args);
    expect(code).toBe(2);
    expect(answers[0]?.error?.code).toBe(expected);
    expect(stderr).toContain(answers[0]?.error?.message);
  });

  it.each([
    [['--help']],
    [['face', 'embed', '--help']],
    [['face', 'bench', '--help']],
    [['face', 'pairs', '--help']],
    [['models', 'list', '-h']],
  ])('%j helps', async (args) => {
    const { code, stdout } = await hazri(...args);
    expect(code).toBe(0);
    expect(stdout).toContain('Usage');
  });
});

describe('face bench', () => {
  const stages = ['frame', 'detect', 'landmarks', 'align', 'embed', 'frame to numbers'];

  it('times every stage on a picture, and all but the landmarks on a made-up frame', async () => {
    const { code, stdout } = await hazri('face', 'bench', 'upright.jpg', '--rounds', '3', '--json');
    expect(code).toBe(0);
    const rows = JSON.parse(stdout) as { name: string; unit: string; ours: number; p95: number; n: number }[];
    expect(rows.map(({ name }) => name)).toEqual(stages);
    for (const { unit, ours, p95, n } of rows) {
      expect([unit, n]).toEqual(['ms', 3]);
      expect(ours).toBeGreaterThan(0);
      expect(p95).toBeGreaterThanOrEqual(ours);
    }
    const madeUp = await hazri('face', 'bench', '--rounds', '2', '--threads', '1');
    const names = madeUp.stdout.split('\n').map((line) => line.split(':')[0]);
    expect(names).toEqual([...stages.filter((stage) => stage !== 'landmarks'), '']);
  });

  it.each([
    [['--rounds', '0'], 'OPTION_NUMBER'],
    [['--threads', 'many'], 'OPTION_NUMBER'],
    [['--sideways'], 'OPTION_UNKNOWN'],
    [['missing.jpg'], 'PICTURE_MISSING'],
    [['broken.mjpeg'], 'RECORDING_UNREADABLE'],
    [['--recognition', 'resnet99-unknown'], 'ENGINE_MODEL_UNKNOWN'],
  ])('%j is %s', async (args, expected) => {
    const { code, answers } = await hazri('face', 'bench', ...args);
    expect(code).toBe(2);
    expect(answers[0]?.error?.code).toBe(expected);
  });
});

describe('face pairs', () => {
  it('counts every pair, embeds the middle where there is no face, and says how many', async () => {
    for (const name of ['Ann', 'Bo']) mkdirSync(path.join(folder, 'lfw', name), { recursive: true });
    const picture = readFileSync(path.join(folder, 'upright.jpg'));
    for (const index of [1, 2]) put(`lfw/Ann/Ann_000${String(index)}.jpg`, picture);
    put('lfw/Bo/Bo_0001.jpg', readFileSync(path.join(folder, 'nobody.png')));
    put('pairs.txt', '1\t1\nAnn\t1\t2\nAnn\t1\tBo\t1\n');
    const { code, stdout } = await hazri('face', 'pairs', '--pairs', 'pairs.txt', '--root', 'lfw', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      accuracy: 1,
      accuracySd: 0,
      folds: [1],
      tarAtFmr: { '0.01': 1, '0.001': 1 },
      eer: 0,
      missing: 1,
    });
  });

  it('stops with a code when a picture is missing', async () => {
    put('absent.txt', '1\t1\nAnn\t1\t2\nAnn\t1\tCy\t7\n');
    const { code, answers } = await hazri('face', 'pairs', '--pairs', 'absent.txt', '--root', 'lfw');
    expect(code).toBe(2);
    expect(answers[0]?.error?.code).toBe('PICTURE_MISSING');
  });
});
