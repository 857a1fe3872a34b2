import { describe, expect, it } from 'vitest';
import { chipPoint } from '../align/mean-face.js';
import { SIDE } from '../landmarks/landmarks.js';
import type { FaceQuality } from '../port.js';
import { measureQuality } from './measure.js';
import { CHECK_IN_LIMITS, ENROLMENT_LIMITS, judgeQuality, qualityScore } from './thresholds.js';

/** The mean face, 100 pixels wide, its jaw an even row below it, at (200, 100) of the picture. */
function meanLandmarks(): Float32Array {
  return Float32Array.from({ length: 136 }, (_, at) => {
    const index = at >> 1;
    if (index >= 17) return (chipPoint(index, 100, 0)[at & 1] ?? 0) + (at & 1 ? 100 : 200);
    return at & 1 ? 195 : 195 + ((index - 8) / 8) * 60 + 54;
  });
}

function uprightOf(pixel: (x: number, y: number) => number): Float32Array {
  return Float32Array.from({ length: 3 * SIDE * SIDE }, (_, at) => {
    const inPlane = at % (SIDE * SIDE);
    return pixel(inPlane % SIDE, Math.floor(inPlane / SIDE));
  });
}

const picture = { width: 640, height: 480, channels: 3, data: new Uint8Array(640 * 480 * 3) } as const;
const measure = (pixel: (x: number, y: number) => number, landmarks = meanLandmarks()): FaceQuality =>
  measureQuality({ picture, landmarks, upright: uprightOf(pixel) });

describe('measureQuality', () => {
  it('tells dark from bright and flat from varied', () => {
    const dark = measure(() => 10);
    const bright = measure((x) => (x % 8 < 4 ? 255 : 200));
    expect(dark.exposure).toBeCloseTo(10 / 255, 3);
    expect(bright.exposure).toBeGreaterThan(0.8);
    expect(dark.contrast).toBeCloseTo(0, 3);
    expect(bright.contrast).toBeGreaterThan(0.05);
  });

  it('calls fine detail sharper than slow shading, whatever the light', () => {
    const checks = (dark: number, bright: number) => (x: number, y: number) =>
      x % 4 < 2 === y % 4 < 2 ? dark : bright;
    const fine = measure(checks(60, 180));
    const slow = measure((x, y) => 60 + (x + y) / 2);
    const fineInTheDark = measure(checks(20, 60));
    expect(fine.sharpness).toBeGreaterThan(10 * slow.sharpness);
    expect(fineInTheDark.sharpness / fine.sharpness).toBeCloseTo(1, 1);
  });

  it('calls a face that is sharp in one direction only smeared', () => {
    expect(measure((x) => (x % 4 < 2 ? 60 : 180)).sharpness).toBeLessThan(CHECK_IN_LIMITS.minSharpness);
  });

  it('sees a level face straight, and a turned or cut one as such', () => {
    const straight = measure(() => 128);
    expect(Math.abs(straight.rollDeg)).toBeLessThan(1);
    expect(Math.abs(straight.pitch)).toBeLessThan(0.25);
    expect(straight.inside).toBe(1);
    const turned = meanLandmarks();
    turned[60] = (turned[60] ?? 0) + 30;
    expect(measure(() => 128, turned).yaw).toBeGreaterThan(0.3);
    const cut = meanLandmarks().map((value, at) => (at % 2 === 0 ? value - 250 : value));
    expect(measure(() => 128, cut).inside).toBeLessThan(0.7);
  });
});

describe('judgeQuality', () => {
  const good: FaceQuality = {
    interocularPx: 90,
    sharpness: 400,
    exposure: 0.5,
    contrast: 0.2,
    yaw: 0,
    pitch: 0,
    rollDeg: 0,
    inside: 1,
    eyes: 0.7,
    lowerFace: 1,
    backlight: 0.1,
  };

  it('has nothing to say about a good face', () => {
    expect(judgeQuality(good, ENROLMENT_LIMITS)).toEqual([]);
  });

  it.each([
    ['QUALITY_TOO_FAR', { interocularPx: 20 }],
    ['QUALITY_CUT_OFF', { inside: 0.5 }],
    ['QUALITY_TOO_DARK', { exposure: 0.05 }],
    ['QUALITY_TOO_BRIGHT', { exposure: 0.97 }],
    ['QUALITY_FLAT_LIGHT', { contrast: 0.01 }],
    ['QUALITY_BLURRED', { sharpness: 5 }],
    ['QUALITY_TURNED', { yaw: -0.6 }],
    ['QUALITY_TILTED', { pitch: 0.9 }],
    ['QUALITY_LEANING', { rollDeg: 40 }],
    ['QUALITY_EYES_HIDDEN', { eyes: 0.15 }],
    ['QUALITY_LOWER_FACE_HIDDEN', { lowerFace: 0.2 }],
    ['QUALITY_LIGHT_BEHIND', { backlight: 0.9 }],
  ] as const)('says %s, and scores the face lower', (code, flaw) => {
    const flawed = { ...good, ...flaw };
    expect(judgeQuality(flawed, CHECK_IN_LIMITS)).toEqual([code]);
    if (code !== 'QUALITY_LEANING') expect(qualityScore(flawed)).toBeLessThan(qualityScore(good));
  });
});
