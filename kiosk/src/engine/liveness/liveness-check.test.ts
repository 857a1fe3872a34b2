import { describe, expect, it } from 'vitest';
import type { FaceObservation, Frame } from '../port.js';
import { createLivenessCheck, type PackState } from './liveness-check.js';
import { underPolicy } from './policy.js';
import type { Asked, LivenessCheck, LivenessResult } from './port.js';

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

/** Draws the first sequence that there is: left, right, up. */
const first = { below: () => 0 };

async function watch(pack: PackState, frame: () => Frame = noise): Promise<LivenessResult> {
  const attempt = createLivenessCheck(pack, first).begin(false);
  for (let index = 0; index < 14; index += 1) {
    attempt.add({ frame: frame(), face: face(2 * index), atMs: index * 80, isAlone: true });
    await Promise.resolve();
  }
  await new Promise((resolve) => setImmediate(resolve));
  return attempt.decide();
}

describe('the check of a tablet', () => {
  it('without the pack takes new pictures of a face that changes its shape for alive', async () => {
    expect(await watch('none')).toMatchObject({ decision: 'live', version: 'look-and-ask-1-none' });
    const frame = noise();
    expect((await watch('none', () => frame)).decision).toBe('attack');
  });

  it('believes the pack, and says which one it was', async () => {
    const alive = await watch(packThatSays(() => Promise.resolve(0.98)));
    expect(alive).toMatchObject({ decision: 'live', version: 'look-and-ask-1-minifasnet-test' });
    expect((await watch(packThatSays(() => Promise.resolve(0.02)))).decision).toBe('attack');
    expect((await watch(packThatSays(() => Promise.resolve(0.6)))).decision).toBe('undecided');
  });

  it('takes nobody for alive while the pack is broken, fails, or has not answered', async () => {
    expect((await watch('broken')).decision).toBe('undecided');
    expect((await watch(packThatSays(() => Promise.reject(new Error('failed'))))).decision).toBe('undecided');
    expect((await watch(packThatSays(() => new Promise(() => undefined)))).decision).toBe('undecided');
  });
});

/** Somebody in doubt who does, `forMs` long, what `act` says when asked. */
async function stand(
  check: LivenessCheck,
  act: (asked: Asked | null) => Partial<FaceObservation['quality']>,
  forMs: number,
  startMs = 0,
): Promise<{ result: LivenessResult; asked: (string | null)[] }> {
  const attempt = check.begin(true);
  const asked: (string | null)[] = [];
  for (let atMs = startMs; atMs < startMs + forMs; atMs += 80) {
    const now = attempt.asks();
    if (asked.at(-1) !== (now?.action ?? null)) asked.push(now?.action ?? null);
    const shown = face(((atMs / 80) % 2) * 2);
    const moved = { ...shown, quality: { ...shown.quality, ...act(now) } };
    attempt.add({ frame: noise(), face: moved, atMs, isAlone: true });
    await Promise.resolve();
  }
  await new Promise((resolve) => setImmediate(resolve));
  return { result: attempt.decide(), asked };
}

describe('somebody whom the pack doubts', () => {
  const doubting = (): LivenessCheck =>
    createLivenessCheck(
      packThatSays(() => Promise.resolve(0.6)),
      first,
    );

  it('is asked after a while, and refused when nothing comes in three tries', async () => {
    const check = doubting();
    const early = await stand(check, () => ({}), 2_000);
    expect(early).toMatchObject({ result: { decision: 'undecided' }, asked: [null] });
    const waiting = await stand(check, () => ({}), 5_000);
    expect(waiting).toMatchObject({ result: { decision: 'undecided' }, asked: [null, 'rest', 'left'] });
    const refused = await stand(check, () => ({}), 20_000);
    expect(refused.result).toMatchObject({ decision: 'attack', cues: { tries: 3 } });
  });

  it('is not asked again for half a minute after that, and then is', async () => {
    const check = doubting();
    await stand(check, () => ({}), 20_000);
    expect((await stand(check, () => ({}), 6_000, 22_000)).asked).toEqual([null]);
    expect((await stand(check, () => ({}), 6_000, 70_000)).asked).toEqual([null, 'rest', 'left']);
  });

  it('does one movement, and is asked for the next', async () => {
    const turning = (now: Asked | null): Partial<FaceObservation['quality']> =>
      now?.action === 'left' ? { yaw: 0.6 } : {};
    const { asked } = await stand(doubting(), turning, 5_500);
    expect(asked).toEqual([null, 'rest', 'left', 'rest', 'right']);
  });

  it('fails by the wrong movement', async () => {
    const wrong = (now: Asked | null): Partial<FaceObservation['quality']> =>
      now !== null && now.action !== 'rest' ? { yaw: now.action === 'left' ? -0.6 : 0.6 } : {};
    expect((await stand(doubting(), wrong, 9_000)).result).toMatchObject({ decision: 'attack' });
  });

  it('is never asked without the pack, with a broken one, or where nobody can be asked', async () => {
    for (const pack of ['none', 'broken'] as const) {
      const frozen = await stand(createLivenessCheck(pack, first), () => ({}), 6_000);
      expect(frozen.asked).toEqual([null]);
    }
    const attempt = doubting().begin(false);
    for (let atMs = 0; atMs < 6_000; atMs += 80)
      attempt.add({ frame: noise(), face: face(atMs % 3), atMs, isAlone: true });
    expect(attempt.asks()).toBeNull();
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
