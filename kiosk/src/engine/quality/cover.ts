// Measures what hides a face or its light: dark glasses or hair over the eyes, a mask over nose and mouth, a bright
// background. Everything is compared with the same face's own bare skin, so that no shade of skin counts as dark.

/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by the loops around it */

import { chipTransform, CHIP_SIZE } from '../align/chip.js';
import type { FaceQuality, Frame } from '../port.js';
import { warpSquare } from '../raster/warp.js';

/** Rectangles in the unit square of the mean face (eyes at about 0.2, mouth at about 0.8 of its height). */
interface Patch {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
const patch = (left: number, right: number, top: number, bottom: number): Patch => ({
  left,
  right,
  top,
  bottom,
});

/** Mirrors of one another, so that one shadow does not decide. */
const EYES = [patch(0.08, 0.38, 0.08, 0.36), patch(0.6, 0.9, 0.08, 0.36)] as const;
const SKIN = [
  patch(0.08, 0.3, 0.46, 0.62),
  patch(0.68, 0.9, 0.46, 0.62),
  patch(0.4, 0.58, 0.3, 0.5),
  patch(0.2, 0.8, -0.18, -0.06),
] as const;
const BRIDGE = patch(0.4, 0.58, 0.2, 0.38);
const BRIDGE_WIDE = patch(0.35, 0.63, 0.2, 0.4);
const LIPS = patch(0.34, 0.64, 0.72, 0.9);
const MOUTH = patch(0.3, 0.68, 0.7, 0.92);
const NOSTRILS = patch(0.36, 0.62, 0.5, 0.66);
const FACE = patch(0, 1, 0, 1);
/** Head, neck and shoulders: what is not surroundings. */
const PERSON = patch(-0.35, 1.35, -0.35, 99);

const CLOSE = { size: 64, padding: 0.3 } as const;
const WIDE = { size: 32, padding: 1.5 } as const;

/** Keeps ratios of dark patches finite; luminance steps of 0 to 255. */
const DARK = 8;
/** How the signs of a bare mouth add up, found by linear discrimination of bare and masked faces. */
const BARE = {
  redness: 0.44,
  reddest: 0.12,
  rednessStep: 0.05,
  mouth: 0.31,
  nostrils: 0.25,
  floor: 0.02,
} as const;
/** The sum at which a lower face counts as wholly covered, and how far it is from there to wholly bare. */
const BARE_SCALE = { none: -1.9, span: 2 } as const;

type Cover = Pick<FaceQuality, 'eyes' | 'lowerFace' | 'backlight'>;

/** Reads two small squares around the face with these 68 landmarks; the frame is only read. */
export function measureCover(frame: Frame, landmarks: ArrayLike<number>): Cover {
  const close = cut(frame, landmarks, CLOSE);
  const skin = Math.max(...SKIN.map((one) => median(close.luminance(one))));
  const eyes = Math.max(...EYES.map((one) => median(close.luminance(one))));
  return {
    eyes: clamp(eyes / (skin + DARK)),
    lowerFace: measureLowerFace(close),
    backlight: measureBacklight(close, cut(frame, landmarks, WIDE)),
  };
}

/** Bare lips are redder than the nose, a mouth is darker than the skin around it, and so are nostrils. */
function measureLowerFace(square: Square): number {
  const skin = median(square.luminance(BRIDGE)) + DARK;
  const redness = percentile(square.redness(LIPS), 0.8) - median(square.redness(BRIDGE_WIDE));
  const bounded = Math.max(-BARE.reddest, Math.min(BARE.reddest, redness));
  const sum =
    (BARE.redness * bounded) / BARE.rednessStep +
    BARE.mouth * Math.log(rowRange(square, MOUTH) / skin + BARE.floor) +
    BARE.nostrils * Math.log(rowRange(square, NOSTRILS) / skin + BARE.floor);
  return clamp((sum - BARE_SCALE.none) / BARE_SCALE.span);
}

/** Share of the surroundings' light that does not reach the face; 0 where the face is as bright as they are. */
function measureBacklight(close: Square, wide: Square): number {
  const around = wide.luminance(patch(-99, 99, -99, 99), PERSON).filter((value) => value > 0);
  if (around.length < WIDE.size) return 0;
  return clamp(1 - median(close.luminance(FACE)) / Math.max(1, median(around)));
}

interface Square {
  readonly size: number;
  /** Values of the pixels in `inside` and not in `outside`, 0 to 255, by rows. */
  luminance(inside: Patch, outside?: Patch): number[];
  /** Red over green in parts of all light, −1 to 1. */
  redness(inside: Patch): number[];
  /** First and last pixel, last excluded. */
  span(from: number, to: number): readonly [number, number];
}

function cut(
  frame: Frame,
  landmarks: ArrayLike<number>,
  { size, padding }: { readonly size: number; readonly padding: number },
): Square {
  const chip = chipTransform(landmarks, padding);
  const step = CHIP_SIZE / size;
  const half = (step - 1) / 2;
  const map = {
    a: chip.a * step,
    b: chip.b * step,
    x: chip.x + chip.a * half - chip.b * half,
    y: chip.y + chip.b * half + chip.a * half,
  };
  const data = new Float32Array(3 * size * size);
  warpSquare(frame, map, { size, data, offset: 0, isRough: true });
  const plane = size * size;
  const pixel = (unit: number): number =>
    Math.max(0, Math.min(size, Math.round(((padding + unit) / (1 + 2 * padding)) * size)));
  const span = (from: number, to: number): readonly [number, number] => [pixel(from), pixel(to)];
  const collect = (inside: Patch, outside: Patch | null, read: (at: number) => number): number[] => {
    const values: number[] = [];
    const [left, right] = span(inside.left, inside.right);
    const [top, bottom] = span(inside.top, inside.bottom);
    for (let y = top; y < bottom; y += 1) {
      for (let x = left; x < right; x += 1) {
        if (outside !== null && isIn(outside, x, y)) continue;
        values.push(read(y * size + x));
      }
    }
    return values;
  };
  const isIn = (area: Patch, x: number, y: number): boolean =>
    x >= pixel(area.left) && x < pixel(area.right) && y >= pixel(area.top) && y < pixel(area.bottom);
  return {
    size,
    span,
    luminance: (inside, outside) =>
      collect(
        inside,
        outside ?? null,
        (at) => 0.2126 * data[at]! + 0.7152 * data[at + plane]! + 0.0722 * data[at + 2 * plane]!,
      ),
    redness: (inside) =>
      collect(inside, null, (at) => {
        const all = data[at]! + data[at + plane]! + data[at + 2 * plane]!;
        return (data[at]! - data[at + plane]!) / (all + 30);
      }),
  };
}

/** Between the brightest and the darkest row of a patch. */
function rowRange(square: Square, area: Patch): number {
  const values = square.luminance(area);
  const [left, right] = square.span(area.left, area.right);
  const width = Math.max(1, right - left);
  let [darkest, brightest] = [Infinity, -Infinity];
  for (let at = 0; at + width <= values.length; at += width) {
    let sum = 0;
    for (let x = 0; x < width; x += 1) sum += values[at + x]!;
    darkest = Math.min(darkest, sum / width);
    brightest = Math.max(brightest, sum / width);
  }
  return Math.max(0, brightest - darkest);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

const median = (values: readonly number[]): number => percentile(values, 0.5);
const clamp = (value: number): number => Math.max(0, Math.min(1, value));
