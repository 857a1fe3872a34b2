// The colour of a face's skin in a few places, as one pair of numbers each: what a coloured screen changes.

/* eslint-disable @typescript-eslint/no-non-null-assertion -- the indices are those of the landmarks and of pixels inside the picture */

import type { FaceObservation, Frame } from '../../port.js';

/** Logarithms of red over green and of blue over green: a change of 0.01 is 1 %, whatever the light and the skin. */
export interface Chroma {
  readonly redGreen: number;
  readonly blueGreen: number;
}

/** What one frame shows of the light on a face. */
export interface FlashSample {
  /** Since the code began. */
  readonly atMs: number;
  /** Skin in several places, always in the same order. */
  readonly skin: readonly Chroma[];
}

/** Half a patch's side, in eye distances. */
const PATCH = 0.16;
/** How far above the brows the forehead patch lies, in eye distances. */
const FOREHEAD = 0.3;
/** Brighter is clipped, darker is noise. */
const USABLE = { from: 12, to: 250 } as const;
const LEAST_PIXELS = 40;

/** Mean colours of both cheeks, the bridge of the nose and the forehead; null where one is too dark, too bright or
 *  outside the picture. */
export function readSkin(frame: Frame, face: FaceObservation): readonly Chroma[] | null {
  const { landmarks, quality } = face;
  const between = (a: number, b: number): { x: number; y: number } => ({
    x: (landmarks[2 * a]! + landmarks[2 * b]!) / 2,
    y: (landmarks[2 * a + 1]! + landmarks[2 * b + 1]!) / 2,
  });
  const eyes = between(36, 45);
  const nose = between(30, 33);
  const upwards = { x: eyes.x - nose.x, y: eyes.y - nose.y };
  const length = Math.max(1e-6, Math.hypot(upwards.x, upwards.y));
  const brows = between(21, 22);
  const rise = (FOREHEAD * quality.interocularPx) / length;
  const forehead = { x: brows.x + rise * upwards.x, y: brows.y + rise * upwards.y };
  const half = PATCH * quality.interocularPx;
  const skin: Chroma[] = [];
  for (const place of [between(2, 31), between(14, 35), between(28, 29), forehead]) {
    const colour = readPatch(frame, { ...place, half });
    if (!colour) return null;
    skin.push(colour);
  }
  return skin;
}

function readPatch(
  frame: Frame,
  patch: { readonly x: number; readonly y: number; readonly half: number },
): Chroma | null {
  const { width, height, channels, data } = frame;
  const [left, right] = [
    Math.max(0, Math.ceil(patch.x - patch.half)),
    Math.min(width - 1, patch.x + patch.half),
  ];
  const [top, bottom] = [
    Math.max(0, Math.ceil(patch.y - patch.half)),
    Math.min(height - 1, patch.y + patch.half),
  ];
  const sum = { red: 0, green: 0, blue: 0, count: 0 };
  for (let y = top; y <= bottom; y += 1) {
    for (let x = left; x <= right; x += 1) {
      const at = (y * width + x) * channels;
      const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!];
      if (Math.min(red, green, blue) < USABLE.from || Math.max(red, green, blue) > USABLE.to) continue;
      sum.red += red;
      sum.green += green;
      sum.blue += blue;
      sum.count += 1;
    }
  }
  if (sum.count < LEAST_PIXELS) return null;
  const green = Math.log(sum.green);
  return { redGreen: Math.log(sum.red) - green, blueGreen: Math.log(sum.blue) - green };
}
