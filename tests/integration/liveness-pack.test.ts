// The anti-spoofing pack: exactly the published networks, or none; and everything works where there is none.
import { execFile } from 'node:child_process';
import {
  copyFileSync,
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
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPicture } from '../../kiosk/src/commands/face/pictures.js';
import { cutCrop } from '../../kiosk/src/engine/liveness/spoof/crop.js';
import { openSpoofPack, type SpoofPack } from '../../kiosk/src/engine/liveness/spoof/spoof-pack.js';
import { openOnnxNetwork } from '../../kiosk/src/engine/onnx/onnx-network.js';
import { findPack, readPackNetwork } from '../../models/src/packs.js';
import { hasPublishedPack, publishedPack } from '../support/pack.js';

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'hazri-pack-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  readonly code: number;
  readonly line: Record<string, unknown> & { error?: { code: string } };
  readonly said: string;
}

const lastLine = (text: string): Answer['line'] =>
  JSON.parse(text.trim().split('\n').at(-1) ?? '{}') as Answer['line'];

/** Runs the tablet's own program; the dispatcher would only add a build. */
async function add(data: string, ...args: string[]): Promise<Answer> {
  const program = path.join(root, 'kiosk/dist/commands/main.js');
  const env = { ...process.env, HAZRI_DATA: data };
  try {
    const { stdout, stderr } = await promisify(execFile)('node', [program, 'models', ...args], { env });
    return { code: 0, line: lastLine(stdout), said: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, line: lastLine(stdout), said: stderr };
  }
}

describe('without the pack', () => {
  it('there is none, and the list says so', async () => {
    expect(await openSpoofPack(path.join(folder, 'empty/kiosk'))).toBeNull();
    const { line } = await add(path.join(folder, 'empty'), 'list');
    expect(line).toMatchObject({ name: 'minifasnet', installed: false, licence: 'Apache-2.0' });
  });

  it('an unknown pack and an unknown file are refused', async () => {
    expect(await add(folder, 'add', 'nothing')).toMatchObject({
      code: 2,
      line: { error: { code: 'PACK_UNKNOWN' } },
    });
    const file = path.join(folder, 'other.pth');
    writeFileSync(file, 'not weights');
    const answer = await add(folder, 'add', 'minifasnet', '--from', file);
    expect(answer).toMatchObject({ code: 2, line: { error: { code: 'MODELS_SOURCE_HASH' } } });
    expect(answer.said).toContain('Apache-2.0');
  });
});

describe.runIf(hasPublishedPack)('with the published weights', () => {
  interface Reference {
    readonly tensorLogits: Readonly<Record<'v2-2.7' | 'v1se-4.0', readonly number[]>>;
    readonly stills: readonly (Readonly<Record<'v2-2.7' | 'v1se-4.0', readonly number[]>> & {
      readonly file: string;
      readonly box: readonly [number, number, number, number];
    })[];
  }
  const reference = (): Reference =>
    JSON.parse(readFileSync(path.join(publishedPack, 'reference.json'), 'utf8')) as Reference;
  const networks = [
    { network: 'minifasnetV2', key: 'v2-2.7', scale: 2.7 },
    { network: 'minifasnetV1se', key: 'v1se-4.0', scale: 4 },
  ] as const;
  const data = path.join(folder, 'data');
  const installed = path.join(data, 'kiosk/models/minifasnet');
  const open = (network: (typeof networks)[number]['network']) =>
    openOnnxNetwork(readPackNetwork(findPack('minifasnet'), network, installed), 1);

  beforeAll(async () => {
    expect(await add(data, 'add', 'minifasnet', '--from', publishedPack)).toMatchObject({ code: 0 });
  });

  it('answers as the publisher for a fixed tensor', async () => {
    const input = Float32Array.from({ length: 3 * 80 * 80 }, (_, index) => (index * 7919) % 256);
    for (const { network, key } of networks) {
      const [logits] = await (await open(network)).run(input, [1, 3, 80, 80]);
      reference().tensorLogits[key].forEach((expected, index) => {
        expect(Math.abs((logits?.[index] ?? NaN) - expected)).toBeLessThan(1e-4);
      });
    }
  });

  it('answers as the publisher for stills, cut as the publisher cuts them', async () => {
    const opened = await Promise.all(networks.map(({ network }) => open(network)));
    for (const still of reference().stills) {
      const [x, y, width, height] = still.box;
      const frame = await readPicture(path.join(publishedPack, '../..', still.file));
      for (const [index, { key, scale }] of networks.entries()) {
        const [logits] =
          (await opened[index]?.run(cutCrop(frame, { x, y, width, height }, scale), [1, 3, 80, 80])) ?? [];
        const powers = Array.from(logits ?? [], Math.exp);
        const sum = powers.reduce((total, power) => total + power, 0);
        still[key].forEach((expected, at) => {
          expect(Math.abs((powers[at] ?? NaN) / sum - expected)).toBeLessThan(0.02);
        });
      }
    }
  });

  it('opens, and tells a print from a person', async () => {
    const pack = (await openSpoofPack(path.join(data, 'kiosk'))) as SpoofPack;
    const score = async (name: string): Promise<number> => {
      const still = reference().stills.find(({ file }) => file.includes(name));
      const [x = 0, y = 0, width = 1, height = 1] = still?.box ?? [];
      const frame = await readPicture(path.join(publishedPack, '../..', still?.file ?? ''));
      return pack.score(frame, { x, y, width, height });
    };
    expect(await score('live-0009')).toBeGreaterThan(0.9);
    expect(await score('print-0009')).toBeLessThan(0.1);
    expect(pack.id).toMatch(/^minifasnet-[0-9a-f]{8}-[0-9a-f]{8}$/);
    await pack.close();
  });

  it('is refused when one byte of a published file differs, and nothing is installed', async () => {
    const source = path.join(folder, 'changed');
    mkdirSync(source);
    for (const file of readdirSync(publishedPack))
      copyFileSync(path.join(publishedPack, file), path.join(source, file));
    const file = path.join(source, '2.7_80x80_MiniFASNetV2.pth');
    const bytes = readFileSync(file);
    bytes[100_000] = (bytes[100_000] ?? 0) ^ 1;
    rmSync(file);
    writeFileSync(file, bytes);
    const target = path.join(folder, 'refused');
    const answer = await add(target, 'add', 'minifasnet', '--from', source);
    expect(answer).toMatchObject({ code: 2, line: { error: { code: 'MODELS_SOURCE_HASH' } } });
    expect(await openSpoofPack(path.join(target, 'kiosk'))).toBeNull();
    const alone = path.join(folder, 'alone');
    mkdirSync(alone);
    copyFileSync(path.join(publishedPack, '4_0_0_80x80_MiniFASNetV1SE.pth'), path.join(alone, 'x.pth'));
    const half = await add(target, 'add', 'minifasnet', '--from', path.join(alone, 'x.pth'));
    expect(half).toMatchObject({ code: 2, line: { error: { code: 'PACK_INCOMPLETE' } } });
  });

  it('is not loaded when it was changed after it was installed, or when half of it is gone', async () => {
    const target = path.join(folder, 'later');
    await add(target, 'add', 'minifasnet', '--from', path.join(publishedPack, '2.7_80x80_MiniFASNetV2.pth'));
    const file = path.join(target, 'kiosk/models/minifasnet/minifasnet-v2.onnx');
    const bytes = readFileSync(file);
    bytes[1000] = (bytes[1000] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    await expect(openSpoofPack(path.join(target, 'kiosk'))).rejects.toMatchObject({
      code: 'MODELS_BUILT_HASH',
    });
    expect(await add(target, 'verify')).toMatchObject({ code: 2 });
    rmSync(file);
    await expect(openSpoofPack(path.join(target, 'kiosk'))).rejects.toMatchObject({ code: 'PACK_MISSING' });
  });
});
