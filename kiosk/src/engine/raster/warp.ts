// Cuts a turned, scaled square out of a frame. Pixels outside the frame are black.

/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by the loops around it */

import type { Frame } from '../port.js';

/** Maps target pixel (u, v) to frame position (a·u − b·v + x, b·u + a·v + y): scale, rotation and shift. */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly x: number;
  readonly y: number;
}

/** Most samples per target pixel and axis; keeps huge portraits affordable. */
const MOST_SUBSAMPLES = 6;
/** Up to this many frame pixels per sample, bilinear sampling alone does not alias visibly. */
const PIXELS_PER_SAMPLE = 1.5;

/**
 * Writes a `size × size` square as three planes R, G, B (0..255) into `target` from `offset` on.
 * Samples bilinearly, and several times per target pixel where the frame is being shrunk.
 */
export function warpSquare(
  frame: Frame,
  map: Similarity,
  size: number,
  target: Float32Array,
  offset: number,
): void {
  const scale = Math.hypot(map.a, map.b);
  const samples = Math.max(1, Math.min(MOST_SUBSAMPLES, Math.ceil(scale / PIXELS_PER_SAMPLE)));
  target.fill(0, offset, offset + 3 * size * size);
  for (let j = 0; j < samples; j += 1) {
    for (let i = 0; i < samples; i += 1) {
      const du = (i + 0.5) / samples - 0.5;
      const dv = (j + 0.5) / samples - 0.5;
      const shifted = { ...map, x: map.x + map.a * du - map.b * dv, y: map.y + map.b * du + map.a * dv };
      const add = isInside(frame, shifted, size) ? addInside : addClipped;
      add(frame, shifted, size, { target, offset, weight: 1 / (samples * samples) });
    }
  }
}

interface Accumulator {
  readonly target: Float32Array;
  readonly offset: number;
  readonly weight: number;
}

/** Whether every sample has all four of its neighbours in the frame. A square is inside when its corners are. */
function isInside(frame: Frame, map: Similarity, size: number): boolean {
  const last = size - 1;
  return [0, last].every((u) =>
    [0, last].every((v) => {
      const x = map.a * u - map.b * v + map.x;
      const y = map.b * u + map.a * v + map.y;
      return x >= 0 && y >= 0 && x < frame.width - 1 && y < frame.height - 1;
    }),
  );
}

function addInside(frame: Frame, map: Similarity, size: number, sum: Accumulator): void {
  const { width, channels, data } = frame;
  const { target, offset, weight } = sum;
  const plane = size * size;
  const rowStride = width * channels;
  for (let v = 0; v < size; v += 1) {
    let x = map.x - map.b * v;
    let y = map.y + map.a * v;
    let to = offset + v * size;
    for (let u = 0; u < size; u += 1) {
      const left = x | 0;
      const top = y | 0;
      const fx = x - left;
      const fy = y - top;
      const at = top * rowStride + left * channels;
      const right = at + channels;
      const below = at + rowStride;
      const diagonal = below + channels;
      const w11 = fx * fy * weight;
      const w10 = fx * weight - w11;
      const w01 = fy * weight - w11;
      const w00 = weight - w10 - w01 - w11;
      target[to]! += data[at]! * w00 + data[right]! * w10 + data[below]! * w01 + data[diagonal]! * w11;
      target[to + plane]! +=
        data[at + 1]! * w00 + data[right + 1]! * w10 + data[below + 1]! * w01 + data[diagonal + 1]! * w11;
      target[to + 2 * plane]! +=
        data[at + 2]! * w00 + data[right + 2]! * w10 + data[below + 2]! * w01 + data[diagonal + 2]! * w11;
      to += 1;
      x += map.a;
      y += map.b;
    }
  }
}

function addClipped(frame: Frame, map: Similarity, size: number, sum: Accumulator): void {
  const { target, offset, weight } = sum;
  for (let v = 0; v < size; v += 1) {
    for (let u = 0; u < size; u += 1) {
      const x = map.a * u - map.b * v + map.x;
      const y = map.b * u + map.a * v + map.y;
      if (x <= -1 || y <= -1 || x >= frame.width || y >= frame.height) continue;
      const left = Math.floor(x);
      const top = Math.floor(y);
      const fx = x - left;
      const fy = y - top;
      const to = offset + v * size + u;
      addPixel(frame, left, top, (1 - fx) * (1 - fy) * weight, target, to, size);
      addPixel(frame, left + 1, top, fx * (1 - fy) * weight, target, to, size);
      addPixel(frame, left, top + 1, (1 - fx) * fy * weight, target, to, size);
      addPixel(frame, left + 1, top + 1, fx * fy * weight, target, to, size);
    }
  }
}

// Seven numbers rather than an object: this runs several times per pixel of every face at the frame's edge.
// eslint-disable-next-line max-params
function addPixel(
  frame: Frame,
  x: number,
  y: number,
  weight: number,
  target: Float32Array,
  to: number,
  size: number,
): void {
  if (x < 0 || y < 0 || x >= frame.width || y >= frame.height) return;
  const at = (y * frame.width + x) * frame.channels;
  const plane = size * size;
  target[to]! += frame.data[at]! * weight;
  target[to + plane]! += frame.data[at + 1]! * weight;
  target[to + 2 * plane]! += frame.data[at + 2]! * weight;
}
