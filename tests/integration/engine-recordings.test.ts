// The engine on recordings of real people: hardly anybody is missed, and nobody is missed often.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { decodePicture, readBytes } from '../../kiosk/src/commands/face/pictures.js';
import { splitJpegs } from '../../kiosk/src/commands/face/jpeg-stream.js';
import { distanceBetween } from '../../kiosk/src/engine/embed/unit.js';
import { fuseEmbeddings } from '../../kiosk/src/engine/fuse/fuse.js';
import { createLivenessCheck } from '../../kiosk/src/engine/liveness/liveness-check.js';
import { createOnnxEngine } from '../../kiosk/src/engine/onnx/onnx-engine.js';
import type { FaceEngine, Frame } from '../../kiosk/src/engine/port.js';
import { qualityScore } from '../../kiosk/src/engine/quality/thresholds.js';

const root = path.resolve(import.meta.dirname, '../..');
const feeds = path.join(process.env['HAZRI_TEST_DATA'] ?? path.join(root, '../shared/data'), 'feeds');
const hasFeeds = existsSync(feeds);
if (!hasFeeds)
  console.warn(
    `NOTE: no recordings at ${feeds} (HAZRI_TEST_DATA): the engine is only tried on sample pictures.`,
  );
const samples = path.join(root, 'node_modules/@vladmandic/face-api/demo');

vi.setConfig({ testTimeout: 120_000 });

let engine: FaceEngine;
beforeAll(async () => {
  engine = await createOnnxEngine({ threads: 1 });
});
afterAll(() => engine.close());

async function* framesOf(file: string, step: number): AsyncGenerator<{ frame: Frame; atMs: number }> {
  let index = 0;
  for (const jpeg of splitJpegs(await readBytes(path.join(feeds, file)))) {
    if (index % step === 0) yield { frame: await decodePicture(jpeg), atMs: (index * 1000) / 30 };
    index += 1;
  }
}

async function fused(file: string) {
  const embedded = [];
  for await (const { frame } of framesOf(file, 12)) {
    const [face] = await engine.observe(frame);
    if (!face) continue;
    embedded.push({
      embedding: await engine.embed(frame, face.landmarks),
      quality: qualityScore(face.quality),
    });
  }
  return fuseEmbeddings(embedded)?.embedding ?? new Float32Array(128);
}

describe.runIf(hasFeeds)('recordings of people', () => {
  const live = hasFeeds
    ? readdirSync(feeds)
        .filter((file) => file.startsWith('live-'))
        .sort()
    : [];
  const counts = { found: 0, frames: 0 };

  it.each(live)(
    'finds the face in at least nine of ten frames of %s, and takes it for alive',
    async (file) => {
      const attempt = createLivenessCheck('none', { below: () => 0 }).begin(true);
      let [found, frames] = [0, 0];
      for await (const { frame, atMs } of framesOf(file, 5)) {
        const [face] = await engine.observe(frame);
        frames += 1;
        if (!face) continue;
        found += 1;
        attempt.add({ frame, face, atMs, isAlone: true });
      }
      counts.found += found;
      counts.frames += frames;
      expect(found / frames).toBeGreaterThanOrEqual(0.9);
      expect(attempt.decide().decision).toBe('live');
    },
  );

  it('misses at most one frame in fifty of all', () => {
    expect(counts.frames).toBeGreaterThan(400);
    expect(counts.found / counts.frames).toBeGreaterThanOrEqual(0.98);
  });

  it('knows a person on another camera from everybody else', async () => {
    const [webcam, phone, other] = [
      await fused('live-p11-webcam.mjpeg'),
      await fused('live-p11-phone.mjpeg'),
      await fused('live-p12-webcam.mjpeg'),
    ];
    expect(distanceBetween(webcam, phone)).toBeLessThan(0.25);
    expect(distanceBetween(webcam, other)).toBeGreaterThan(0.3);
  });
});

describe('sample pictures', () => {
  it('all show somebody, whose embedding has unit length', async () => {
    for (const name of readdirSync(samples).filter((file) => file.startsWith('sample'))) {
      const frame = await decodePicture(await readBytes(path.join(samples, name)));
      const [face] = await engine.observe(frame, { everyone: true });
      expect(face, name).toBeDefined();
      const embedding = await engine.embed(frame, face?.landmarks ?? new Float32Array(136));
      expect(Math.hypot(...embedding)).toBeCloseTo(1, 5);
    }
  });

  it('take a frozen one for an attack', async () => {
    const frame = await decodePicture(await readBytes(path.join(samples, 'sample1.jpg')));
    const [face] = await engine.observe(frame, { everyone: true });
    const attempt = createLivenessCheck('none', { below: () => 0 }).begin(true);
    for (let index = 0; index < 10; index += 1)
      if (face) attempt.add({ frame, face, atMs: index * 80, isAlone: true });
    expect(attempt.decide().decision).toBe('attack');
  });
});
