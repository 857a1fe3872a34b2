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
const PIXELS_PER_SAMPLE = 2;

/** Where a square goes: `size × size` pixels as three planes R, G, B from `offset` on. */
export interface SquareTarget {
  readonly size: number;
  readonly data: Float32Array;
  readonly offset: number;
  /** One sample per pixel even where the frame is being shrunk: faster, and good enough for a first look. */
  readonly isRough?: boolean;
}

/**
 * Writes the square that `map` describes, 0..255 per channel. Samples bilinearly, and several times per target pixel
 * where the frame is being shrunk.
 */
export function warpSquare(frame: Frame, map: Similarity, target: SquareTarget): void {
  const { size, data, offset } = target;
  const scale = Math.hypot(map.a, map.b);
  const wanted = Math.min(MOST_SUBSAMPLES, Math.ceil(scale / PIXELS_PER_SAMPLE));
  const samples = target.isRough === true ? 1 : Math.max(1, wanted);
  data.fill(0, offset, offset + 3 * size * size);
  for (let j = 0; j < samples; j += 1) {
    for (let i = 0; i < samples; i += 1) {
      const du = (i + 0.5) / samples - 0.5;
      const dv = (j + 0.5) / samples - 0.5;
      const shifted = { ...map, x: map.x + map.a * du - map.b * dv, y: map.y + map.b * du + map.a * dv };
      addSamples(frame, shifted, target, 1 / (samples * samples));
    }
  }
}

function addSamples(frame: Frame, map: Similarity, square: SquareTarget, weight: number): void {
  const { width, height, channels, data } = frame;
  const { size, offset, data: target } = square;
  const plane = size * size;
  const rowStride = width * channels;
  const lastX = width - 1;
  const lastY = height - 1;
  for (let v = 0; v < size; v += 1) {
    let x = map.x - map.b * v;
    let y = map.y + map.a * v;
    let to = offset + v * size;
    for (let u = 0; u < size; u += 1) {
      if (x >= 0 && y >= 0 && x < lastX && y < lastY) {
        const left = x | 0;
        const top = y | 0;
        const at = top * rowStride + left * channels;
        const right = at + channels;
        const below = at + rowStride;
        const diagonal = below + channels;
        const fx = x - left;
        const fy = y - top;
        const w11 = fx * fy * weight;
        const w10 = fx * weight - w11;
        const w01 = fy * weight - w11;
        const w00 = weight - w10 - w01 - w11;
        target[to]! += data[at]! * w00 + data[right]! * w10 + data[below]! * w01 + data[diagonal]! * w11;
        target[to + plane]! +=
          data[at + 1]! * w00 + data[right + 1]! * w10 + data[below + 1]! * w01 + data[diagonal + 1]! * w11;
        target[to + 2 * plane]! +=
          data[at + 2]! * w00 + data[right + 2]! * w10 + data[below + 2]! * w01 + data[diagonal + 2]! * w11;
      } else if (x > -1 && y > -1 && x < width && y < height) {
        addAtEdge(frame, { x, y, weight }, target, { to, plane });
      }
      to += 1;
      x += map.a;
      y += map.b;
    }
  }
}

/** One sample at the frame's edge, where some of its four neighbours do not exist and count as black. */
function addAtEdge(
  frame: Frame,
  sample: { readonly x: number; readonly y: number; readonly weight: number },
  target: Float32Array,
  place: { readonly to: number; readonly plane: number },
): void {
  const { x, y, weight } = sample;
  const left = Math.floor(x);
  const top = Math.floor(y);
  for (let dy = 0; dy < 2; dy += 1) {
    for (let dx = 0; dx < 2; dx += 1) {
      const column = left + dx;
      const row = top + dy;
      if (column < 0 || row < 0 || column >= frame.width || row >= frame.height) continue;
      const across = dx === 1 ? x - left : 1 - (x - left);
      const down = dy === 1 ? y - top : 1 - (y - top);
      const at = (row * frame.width + column) * frame.channels;
      for (let channel = 0; channel < 3; channel += 1) {
        target[place.to + channel * place.plane]! += frame.data[at + channel]! * across * down * weight;
      }
    }
  }
}
