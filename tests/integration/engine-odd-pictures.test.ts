// Pictures that no camera of a tablet sends: the engine alone must neither fail nor see what is not there.
import path from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { distanceBetween } from '../../kiosk/src/engine/embed/unit.js';
import { createOnnxEngine } from '../../kiosk/src/engine/onnx/onnx-engine.js';
import type { FaceEngine, FaceObservation, Frame } from '../../kiosk/src/engine/port.js';
import { CHECK_IN_LIMITS, judgeQuality } from '../../kiosk/src/engine/quality/thresholds.js';

const root = path.resolve(import.meta.dirname, '../..');
const sample = path.join(root, 'node_modules/@vladmandic/face-api/demo/sample1.jpg');
const SIDE = 520;
const SAME_FACE = 0.2;

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let engine: FaceEngine;
let portrait: Buffer;
let face: FaceObservation;
let embedding: Float32Array;

async function frameOf(picture: Sharp): Promise<Frame> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: info.channels === 4 ? 4 : 3, data };
}

const plain = (width: number, height: number): Promise<Frame> =>
  frameOf(sharp({ create: { width, height, channels: 3, background: '#8a7766' } }));

beforeAll(async () => {
  engine = await createOnnxEngine({ threads: 1 });
  portrait = await sharp(sample)
    .extract({ left: 1300, top: 100, width: SIDE, height: SIDE })
    .png()
    .toBuffer();
  const frame = await frameOf(sharp(portrait));
  const [found] = await engine.observe(frame);
  if (!found) throw new Error('the sample picture shows somebody');
  face = found;
  embedding = await engine.embed(frame, face.landmarks);
});
afterAll(() => engine.close());

describe('odd pictures', () => {
  it('of 4,000 px show one face, the same as in the small one', async () => {
    const frame = await frameOf(sharp(portrait).resize(4000, 4000));
    const faces = await engine.observe(frame, { everyone: true, careful: true });
    expect(faces).toHaveLength(1);
    const large = await engine.embed(frame, faces[0]?.landmarks ?? face.landmarks);
    expect(distanceBetween(large, embedding)).toBeLessThan(SAME_FACE);
  });

  it('of two equal faces show two of nearly one size, and both are the person', async () => {
    const twice = sharp(portrait).extend({ right: SIDE, background: '#777' });
    const frame = await frameOf(
      sharp(await twice.png().toBuffer()).composite([{ input: portrait, left: SIDE, top: 0 }]),
    );
    const faces = await engine.observe(frame, { everyone: true });
    expect(faces).toHaveLength(2);
    const [first = face, second = face] = faces;
    expect(second.box.width / first.box.width).toBeGreaterThan(0.8);
    for (const { landmarks } of faces) {
      expect(distanceBetween(await engine.embed(frame, landmarks), embedding)).toBeLessThan(SAME_FACE);
    }
  });

  it.each(['left', 'right', 'top', 'bottom'] as const)(
    'that cut a face at the %s say so by its box or its quality, or show none; embedding it is no error',
    async (side) => {
      const { x, y, width, height } = face.box;
      const keep = {
        left: { left: Math.round(x + width * 0.5), top: 0 },
        right: { left: 0, top: 0, width: Math.round(x + width * 0.5) },
        top: { left: 0, top: Math.round(y + height * 0.5) },
        bottom: { left: 0, top: 0, height: Math.round(y + height * 0.5) },
      }[side];
      const area = { width: SIDE - keep.left, height: SIDE - keep.top, ...keep };
      const frame = await frameOf(sharp(portrait).extract(area));
      for (const cut of await engine.observe(frame, { everyone: true, careful: true })) {
        const { box, quality } = cut;
        const isOver =
          box.x < 0 || box.y < 0 || box.x + box.width > frame.width || box.y + box.height > frame.height;
        expect(isOver || judgeQuality(quality, CHECK_IN_LIMITS).length > 0).toBe(true);
        const numbers = await engine.embed(frame, cut.landmarks);
        expect(Math.hypot(...numbers)).toBeCloseTo(1, 4);
      }
    },
  );

  it.each([
    [1, 1],
    [16, 16],
    [4000, 16],
    [16, 4000],
    [641, 479],
  ])('of %d × %d pixels without anybody show nobody', async (width, height) => {
    const frame = await plain(width, height);
    expect(await engine.observe(frame, { everyone: true, careful: true })).toEqual([]);
    expect(Math.hypot(...(await engine.embedCentre(frame)))).toBeCloseTo(1, 4);
  });

  it('with alpha, or at an odd place in memory, show exactly what the plain ones do', async () => {
    const picture = (): Sharp => sharp(portrait).resize(640, 640);
    const frame = await frameOf(picture());
    const shifted = new Uint8Array(frame.data.length + 1);
    shifted.set(frame.data, 1);
    const [seen] = await engine.observe(frame);
    expect(seen).toBeDefined();
    expect((await engine.observe(await frameOf(picture().ensureAlpha(0.5))))[0]).toEqual(seen);
    expect((await engine.observe({ ...frame, data: shifted.subarray(1) }))[0]).toEqual(seen);
  });
});
