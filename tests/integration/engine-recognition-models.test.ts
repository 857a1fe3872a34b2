// Two recognition models in one engine, as a roll-over needs them: opened by name, side by side, exchanged while running.
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { decodePicture, readBytes } from '../../kiosk/src/commands/face/pictures.js';
import { distanceBetween } from '../../kiosk/src/engine/embed/unit.js';
import { createOnnxEngine } from '../../kiosk/src/engine/onnx/onnx-engine.js';
import type { FaceEngine, Frame } from '../../kiosk/src/engine/port.js';
import { readManifest } from '../../models/src/manifest.js';

const root = path.resolve(import.meta.dirname, '../..');
const sample = path.join(root, 'node_modules/@vladmandic/face-api/demo/sample1.jpg');
const [float = '', int8 = ''] = readManifest().recognition.models.map(({ modelId }) => modelId);

vi.setConfig({ testTimeout: 60_000 });

let engine: FaceEngine;
let frame: Frame;
let landmarks: Float32Array;
beforeAll(async () => {
  engine = await createOnnxEngine({ threads: 1 });
  frame = await decodePicture(await readBytes(sample));
  const [face] = await engine.observe(frame);
  if (!face) throw new Error('the sample picture shows somebody');
  landmarks = face.landmarks;
});
afterAll(() => engine.close());

describe('recognition models', () => {
  it('start with the manifest’s own, and no next one', async () => {
    expect(engine.modelIds).toMatchObject({ recognition: float });
    expect(engine.modelIds).not.toHaveProperty('nextRecognition');
    expect(await engine.embedNext(frame, landmarks)).toBeNull();
  });

  it('run side by side during a roll-over and are exchanged at its end', async () => {
    const before = await engine.embed(frame, landmarks);
    expect((await engine.useRecognition({ current: float, next: int8 })).ok).toBe(true);
    expect(engine.modelIds).toMatchObject({ recognition: float, nextRecognition: int8 });
    const [current, next] = [await engine.embed(frame, landmarks), await engine.embedNext(frame, landmarks)];
    expect(current).toEqual(before);
    expect(next).not.toEqual(before);
    expect(distanceBetween(current, next ?? new Float32Array(128))).toBeLessThan(0.08);

    const underWay = engine.embed(frame, landmarks);
    expect((await engine.useRecognition({ current: int8, next: null })).ok).toBe(true);
    expect(await underWay).toEqual(before);
    expect(engine.recognitionModelId).toBe(int8);
    expect(await engine.embed(frame, landmarks)).toEqual(next);
    expect((await engine.useRecognition({ current: float, next: null })).ok).toBe(true);
  });

  it('are refused by name when this installation does not have them', async () => {
    const answer = await engine.useRecognition({ current: 'resnet99-unknown', next: null });
    expect(answer).toEqual({ ok: false, error: 'ENGINE_MODEL_UNKNOWN' });
    expect(engine.recognitionModelId).toBe(float);
    await expect(createOnnxEngine({ recognition: 'resnet99-unknown' })).rejects.toMatchObject({
      code: 'ENGINE_MODEL_UNKNOWN',
    });
  });
});
