import { describe, expect, it } from 'vitest';
import type { FaceObservation, Frame } from '../port.js';
import { createLivenessCheck, type PackState } from './liveness-check.js';
import { underPolicy } from './policy.js';
import type { LivenessResult } from './port.js';

let seed = 7;
const random = (): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};

/** A frame of sensor noise; no two are equal. */
const noise = (): Frame => ({
  width: 64,
  height: 48,
  channels: 3,
  data: Uint8Array.from({ length: 64 * 48 * 3 }, () => 100 + random() * 8),
});

/** A ring of landmarks whose lower part is stretched by `mouth`. */
function face(mouth: number): FaceObservation {
  const landmarks = Float32Array.from({ length: 136 }, (_, at) => {
    const angle = ((at >> 1) / 68) * 2 * Math.PI;
    if (at % 2 === 0) return 50 + 40 * Math.cos(angle);
    const y = 50 + 40 * Math.sin(angle);
    return y > 70 ? y + mouth : y;
  });
  const light = { exposure: 1, contrast: 1, sharpness: 1, eyes: 0.7, lowerFace: 1, backlight: 0 };
  const quality = { interocularPx: 40, inside: 1, rollDeg: 0, yaw: 0, pitch: 0, ...light };
  return { box: { x: 0, y: 0, width: 80, height: 80 }, score: 0.9, landmarks, quality };
}

const packThatSays = (score: () => Promise<number>): PackState => ({
  id: 'minifasnet-test',
  score,
  close: () => Promise.resolve(),
});

async function watch(pack: PackState, frame: () => Frame = noise): Promise<LivenessResult> {
  const attempt = createLivenessCheck(pack).begin();
  for (let index = 0; index < 14; index += 1) {
    attempt.add({ frame: frame(), face: face(2 * index), atMs: index * 80 });
    await Promise.resolve();
  }
  await new Promise((resolve) => setImmediate(resolve));
  return attempt.decide();
}

describe('the check of a tablet', () => {
  it('without the pack takes new pictures of a face that changes its shape for alive', async () => {
    expect(await watch('none')).toMatchObject({ decision: 'live', version: 'passive-2-none' });
    const frame = noise();
    expect((await watch('none', () => frame)).decision).toBe('attack');
  });

  it('believes the pack, and says which one it was', async () => {
    const alive = await watch(packThatSays(() => Promise.resolve(0.98)));
    expect(alive).toMatchObject({ decision: 'live', version: 'passive-2-minifasnet-test' });
    expect((await watch(packThatSays(() => Promise.resolve(0.02)))).decision).toBe('attack');
    expect((await watch(packThatSays(() => Promise.resolve(0.6)))).decision).toBe('undecided');
  });

  it('takes nobody for alive while the pack is broken, fails, or has not answered', async () => {
    expect((await watch('broken')).decision).toBe('undecided');
    expect((await watch(packThatSays(() => Promise.reject(new Error('failed'))))).decision).toBe('undecided');
    expect((await watch(packThatSays(() => new Promise(() => undefined)))).decision).toBe('undecided');
  });
});

describe('under a policy', () => {
  const seen = (spoofFrames?: number) => ({
    decision: 'live' as const,
    cues: spoofFrames === undefined ? {} : { spoofFrames },
  });

  it('passive believes only what the pack looked at, strict nobody who was not asked', () => {
    expect(underPolicy(seen(9), 'passive')).toBe('live');
    expect(underPolicy(seen(0), 'passive')).toBe('undecided');
    expect(underPolicy(seen(), 'passive')).toBe('undecided');
    expect(underPolicy(seen(), 'standard')).toBe('live');
    expect(underPolicy(seen(9), 'strict')).toBe('undecided');
    expect(underPolicy({ ...seen(9), decision: 'undecided' }, 'standard')).toBe('undecided');
  });
});
