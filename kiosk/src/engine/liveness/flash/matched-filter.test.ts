import { describe, expect, it } from 'vitest';
import type { RandomSource } from '../challenge/sequence.js';
import { drawCode, FLASH, HUES, hueAt, type Hue } from './code.js';
import { judgeFlash } from './matched-filter.js';
import type { FlashSample } from './skin-colour.js';

function randomFrom(seed: number): RandomSource & { unit(): number } {
  let state = seed;
  const unit = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) / 0x1_00_00_00;
  };
  return { unit, below: (limit) => Math.floor(unit() * limit) };
}

interface Scene {
  readonly code: readonly Hue[];
  readonly size: number;
  readonly noise?: number;
  readonly delayMs?: number;
  readonly drift?: number;
  readonly stepMs?: number;
}

/** Two places of skin over the length of the code. */
function film(
  { code, size, noise = 0.002, delayMs = 120, drift = 0, stepMs = 66 }: Scene,
  random: { unit(): number },
) {
  const samples: FlashSample[] = [];
  for (let atMs = 0; atMs <= FLASH.segments * FLASH.segmentMs; atMs += stepMs) {
    const hue = hueAt(code, atMs - delayMs);
    const slope = (drift * atMs) / 3_200;
    const place = () => ({
      redGreen: 0.3 + size * (hue?.redGreen ?? 0) + slope + noise * (random.unit() + random.unit() - 1),
      blueGreen: -0.2 + size * (hue?.blueGreen ?? 0) - slope + noise * (random.unit() + random.unit() - 1),
    });
    samples.push({ atMs, skin: [place(), place()] });
  }
  return samples;
}

describe('the colour code', () => {
  it('never shows one hue twice in a row, keeps its brightness, and changes at most every 0.4 s', () => {
    const random = randomFrom(5);
    for (let index = 0; index < 200; index += 1) {
      const code = drawCode(random);
      expect(code).toHaveLength(FLASH.segments);
      expect(code.every((hue, at) => at === 0 || hue !== code[at - 1])).toBe(true);
    }
    for (const { redGreen, blueGreen } of HUES) expect(Math.hypot(redGreen, blueGreen)).toBeCloseTo(1, 10);
    expect(FLASH.segmentMs).toBeGreaterThanOrEqual(400);
  });
});

describe('the answer of a face', () => {
  it('is found at one percent, with a delay and a drifting white balance, and its size is told', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = randomFrom(seed);
      const code = drawCode(random);
      const result = judgeFlash(code, film({ code, size: 0.01, drift: 0.04 }, random), random);
      expect(result.verdict).toBe('answered');
      expect(result.response).toBeGreaterThan(0.007);
      expect(result.response).toBeLessThan(0.013);
    }
  });

  it('is missed where there is none, or where another code is answered', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = randomFrom(seed);
      const [code, other] = [drawCode(random), drawCode(random)];
      expect(judgeFlash(code, film({ code, size: 0 }, random), random).verdict).toBe('no-answer');
      expect(judgeFlash(code, film({ code: other, size: 0.03 }, random), random).verdict).not.toBe(
        'answered',
      );
    }
  });

  it('is inconclusive, never an answer, under noise, in too few frames, and with a hole in the stream', () => {
    const random = randomFrom(3);
    const code = drawCode(random);
    expect(judgeFlash(code, film({ code, size: 0, noise: 0.2 }, random), random).verdict).toBe(
      'inconclusive',
    );
    expect(judgeFlash(code, [], random).verdict).toBe('inconclusive');
    expect(judgeFlash(code, film({ code, size: 0.03, stepMs: 320 }, random), random).verdict).toBe(
      'inconclusive',
    );
    const whole = film({ code, size: 0.03 }, random);
    const holed = whole.filter(({ atMs }) => atMs < 800 || atMs > 1_400);
    expect(judgeFlash(code, holed, random).verdict).toBe('inconclusive');
    expect(judgeFlash(code, whole.slice(0, 30), random).verdict).toBe('inconclusive');
    expect(judgeFlash(code, whole, random).verdict).toBe('answered');
  });
});
