import { describe, expect, it } from 'vitest';
import type { FaceObservation, Frame } from '../../port.js';
import { PassiveAttempt, type PassiveResult } from './passive-check.js';
import { shiftAround, toCells } from './surroundings.js';

const [WIDTH, HEIGHT] = [320, 240];
let seed = 7;
const random = (): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};

/** A room with soft shapes, shifted by (`x`, `y`) pixels, with a sensor's noise. */
function room(x: number, y: number, noise = 8): Frame {
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let row = 0; row < HEIGHT; row += 1) {
    for (let column = 0; column < WIDTH; column += 1) {
      const wave = Math.sin((column - x) / 17) * Math.cos((row - y) / 13);
      const value = 128 + 60 * wave + (random() - 0.5) * noise;
      data.fill(value, (row * WIDTH + column) * 3, (row * WIDTH + column) * 3 + 3);
    }
  }
  return { width: WIDTH, height: HEIGHT, channels: 3, data };
}

/** A ring of landmarks around (x, 120) whose lower part is stretched by `mouth`. */
function face(x: number, mouth: number, yaw = 0): FaceObservation {
  const landmarks = Float32Array.from({ length: 136 }, (_, at) => {
    const angle = ((at >> 1) / 68) * 2 * Math.PI;
    if (at % 2 === 0) return x + 40 * Math.cos(angle);
    const y = 120 + 40 * Math.sin(angle);
    return y > 140 ? y + mouth : y;
  });
  const quality = {
    interocularPx: 40,
    sharpness: 1,
    exposure: 1,
    contrast: 1,
    yaw,
    pitch: 0,
    rollDeg: 0,
    inside: 1,
  };
  const cover = { eyes: 0.7, lowerFace: 1, backlight: 0 };
  return {
    box: { x: x - 40, y: 80, width: 80, height: 80 },
    score: 0.9,
    landmarks,
    quality: { ...quality, ...cover },
  };
}

interface Shown {
  readonly frame: Frame;
  readonly face: FaceObservation;
  readonly spoof: number | null;
}

function watch(shown: readonly Shown[], stepMs = 80): PassiveResult {
  const attempt = new PassiveAttempt();
  shown.forEach(({ spoof, ...sample }, index) => {
    attempt.add({ ...sample, atMs: index * stepMs }, spoof);
  });
  return attempt.decide();
}

const living = (spoof: number | null, count = 12): Shown[] =>
  Array.from({ length: count }, (_, index) => ({
    frame: room(0, 0),
    face: face(160 + 4 * Math.sin(index), index * 2),
    spoof,
  }));

describe('the passive check', () => {
  it('takes a moving face that the pack believes for alive', () => {
    expect(watch(living(0.97))).toMatchObject({ decision: 'live', doubt: null });
  });

  it('decides nothing on too few frames, or in too short a time', () => {
    expect(watch([])).toMatchObject({ decision: 'undecided', doubt: 'TOO_FEW_FRAMES' });
    expect(watch(living(0.97, 4))).toMatchObject({ doubt: 'TOO_FEW_FRAMES' });
    expect(watch(living(0.97), 10)).toMatchObject({ doubt: 'TOO_FEW_FRAMES' });
    expect(watch(living(0.97, 7))).toMatchObject({ decision: 'undecided', doubt: 'PACK_UNSURE' });
  });

  it('never takes anybody for alive without the pack', () => {
    expect(watch(living(null))).toMatchObject({ decision: 'undecided', doubt: 'NO_PACK' });
  });

  it('refuses what the pack takes for an attack, and steps up from what it is not sure of', () => {
    expect(watch(living(0.01))).toMatchObject({ decision: 'attack', doubt: 'PACK_SAYS_ATTACK' });
    for (const spoof of [0.1, 0.6])
      expect(watch(living(spoof))).toMatchObject({ decision: 'undecided', doubt: 'PACK_UNSURE' });
  });

  it('listens to the pack only while the face looks at the camera', () => {
    const turned = living(0.99).map((shown) => ({ ...shown, face: face(160, 3, 0.5) }));
    expect(watch(turned)).toMatchObject({ decision: 'undecided' });
    expect(watch(turned).cues.spoofFrames).toBe(0);
  });

  it('calls a frozen picture and a looped clip an attack, whatever the pack believes', () => {
    const frame = room(0, 0);
    const frozen = living(0.99).map((shown) => ({ ...shown, frame }));
    expect(watch(frozen)).toMatchObject({ decision: 'attack', doubt: 'STREAM_REPEATS' });
    const clip = [room(0, 0), room(0, 0), room(0, 0)];
    const looped = living(0.99, 18).map((shown, index) => ({ ...shown, frame: clip[index % 3] ?? frame }));
    expect(watch(looped)).toMatchObject({ decision: 'attack', doubt: 'STREAM_REPEATS' });
  });

  it('does not take a moved still for a living face', () => {
    const held = living(0.99).map((shown, index) => ({ ...shown, face: face(160 + index, 0) }));
    expect(watch(held)).toMatchObject({ decision: 'undecided', doubt: 'SHAPE_STAYS' });
  });

  it('does not believe a face that its background hangs on', () => {
    const held = living(0.99).map((shown, index) => {
      const x = 4 * Math.sin(index);
      return { ...shown, frame: room(x, 0), face: face(160 + x, index * 2) };
    });
    expect(watch(held)).toMatchObject({ decision: 'undecided', doubt: 'MOVES_AS_ONE' });
    expect(watch(held).cues.rigidity).toBeGreaterThan(0.7);
    expect(Math.abs(watch(living(0.99)).cues.rigidity ?? 1)).toBeLessThan(0.3);
  });

  it('starts anew when the picture changes its size, and forgets what is older than two seconds', () => {
    const attempt = new PassiveAttempt();
    for (const [index, { spoof, ...sample }] of living(0.99).entries())
      attempt.add({ ...sample, atMs: index * 80 }, spoof);
    const small: Frame = { width: 160, height: 120, channels: 3, data: new Uint8Array(160 * 120 * 3) };
    attempt.add({ frame: small, face: face(80, 0), atMs: 1_000 }, 0.99);
    expect(attempt.decide()).toMatchObject({ decision: 'undecided', doubt: 'TOO_FEW_FRAMES' });
    attempt.add({ frame: small, face: face(80, 0), atMs: 9_000 }, 0.99);
    expect(attempt.decide().cues.frames).toBe(1);
  });
});

describe('what is around a face', () => {
  const box = { x: 120, y: 80, width: 80, height: 80 };
  it('is measured in pixels', () => {
    const shift = shiftAround(toCells(room(0, 0, 0)), toCells(room(2, -1, 0)), box);
    expect(shift?.x).toBeCloseTo(2, 0);
    expect(shift?.y).toBeCloseTo(-1, 0);
  });

  it('says nothing where it is a plain wall', () => {
    const wall: Frame = {
      width: WIDTH,
      height: HEIGHT,
      channels: 3,
      data: new Uint8Array(WIDTH * HEIGHT * 3).fill(90),
    };
    expect(shiftAround(toCells(wall), toCells(wall), box)).toBeNull();
  });
});
