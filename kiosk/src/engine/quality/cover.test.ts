import { describe, expect, it } from 'vitest';
import { chipPoint } from '../align/mean-face.js';
import type { Frame } from '../port.js';
import { measureCover } from './cover.js';
import { CHECK_IN_LIMITS, ENROLMENT_LIMITS } from './thresholds.js';

type Colour = readonly [number, number, number];

const SIDE = 400;
/** The mean face is this wide and begins here. */
const FACE = { size: 120, left: 140, top: 140 } as const;
const SKIN: Colour = [190, 145, 120];
const WALL: Colour = [150, 150, 150];

/** Only the inner landmarks steer what is measured. */
const landmarks = Float32Array.from({ length: 136 }, (_, at) => {
  const index = at >> 1;
  const place = index < 17 ? [0, 0] : chipPoint(index, FACE.size, 0);
  return (place[at & 1] ?? 0) + (at & 1 ? FACE.top : FACE.left);
});

interface Look {
  readonly skin?: Colour;
  readonly wall?: Colour;
  readonly eyes?: Colour;
  /** Instead of lips, nostrils and chin. */
  readonly mask?: Colour;
}

/** A flat drawing of a face in the unit square of the mean face. */
function draw({ skin = SKIN, wall = WALL, eyes, mask }: Look): Frame {
  const scaled = (colour: Colour, by: number): Colour => [colour[0] * by, colour[1] * by, colour[2] * by];
  const lips: Colour = [skin[0] * 0.85, skin[1] * 0.5, skin[2] * 0.55];
  const colourAt = (x: number, y: number): Colour => {
    if (((x - 0.5) / 0.75) ** 2 + ((y - 0.45) / 1) ** 2 > 1) return wall;
    if (mask !== undefined && y > 0.45) return mask;
    if (eyes !== undefined && y > 0.02 && y < 0.4 && Math.abs(Math.abs(x - 0.49) - 0.26) < 0.2) return eyes;
    if (y > 0.17 && y < 0.25 && Math.abs(Math.abs(x - 0.49) - 0.26) < 0.09) return scaled(skin, 0.4);
    if (y > 0.76 && y < 0.86 && Math.abs(x - 0.49) < 0.22) return lips;
    if (y > 0.58 && y < 0.62 && Math.abs(x - 0.49) < 0.1) return scaled(skin, 0.5);
    return skin;
  };
  const data = new Uint8ClampedArray(SIDE * SIDE * 3);
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      data.set(colourAt((x - FACE.left) / FACE.size, (y - FACE.top) / FACE.size), (y * SIDE + x) * 3);
    }
  }
  return { width: SIDE, height: SIDE, channels: 3, data };
}

const measure = (look: Look) => measureCover(draw(look), landmarks);

describe('measureCover', () => {
  it.each([
    ['light', SKIN],
    ['dark', [84, 58, 46]],
  ] as const)('finds nothing covered in a bare face of %s skin', (_name, skin) => {
    const bare = measure({ skin });
    expect(bare.eyes).toBeGreaterThan(ENROLMENT_LIMITS.minEyes);
    expect(bare.lowerFace).toBeGreaterThan(ENROLMENT_LIMITS.minLowerFace);
    expect(bare.backlight).toBeLessThan(ENROLMENT_LIMITS.maxBacklight);
  });

  it('sees dark glasses, and not those that only have a rim', () => {
    expect(measure({ eyes: [20, 20, 24] }).eyes).toBeLessThan(CHECK_IN_LIMITS.minEyes);
    expect(measure({ eyes: [170, 130, 110] }).eyes).toBeGreaterThan(ENROLMENT_LIMITS.minEyes);
  });

  it.each([[[120, 170, 215]], [[235, 235, 235]], [[30, 30, 32]]] as const)('sees a mask of %j', (mask) => {
    const masked = measure({ mask });
    expect(masked.lowerFace).toBeLessThan(CHECK_IN_LIMITS.minLowerFace);
    expect(masked.eyes).toBeGreaterThan(CHECK_IN_LIMITS.minEyes);
  });

  it('sees a face that is dark before something bright, and not one in a dark room', () => {
    const skin: Colour = [30, 23, 19];
    expect(measure({ skin, wall: [250, 250, 250] }).backlight).toBeGreaterThan(CHECK_IN_LIMITS.maxBacklight);
    expect(measure({ skin, wall: [20, 20, 20] }).backlight).toBe(0);
  });
});
