// Planar float pictures, the form in which networks take pixels: three planes R, G, B of 0..255.

/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by the loops around it */

import type { Frame } from '../port.js';
import { canQuarter, quarter } from './quarter.js';

/** Three planes of `width × height` floats, 0..255, R then G then B, rows from the top left. */
export interface Planar {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

function emptyPlanar(width: number, height: number): Planar {
  return { width, height, data: new Float32Array(width * height * 3) };
}

/** Which source columns (or rows) one target cell averages, and with what weight. */
interface Taps {
  readonly first: Int32Array;
  readonly count: Int32Array;
  readonly weights: Float32Array;
  readonly longest: number;
}

/** Area weights that shrink `from` cells to `to`; each target cell is the exact mean of what it covers. */
function areaTaps(from: number, to: number): Taps {
  const ratio = from / to;
  const longest = Math.ceil(ratio) + 1;
  const taps = {
    first: new Int32Array(to),
    count: new Int32Array(to),
    weights: new Float32Array(to * longest),
    longest,
  };
  for (let cell = 0; cell < to; cell += 1) {
    const start = cell * ratio;
    const end = Math.min(from, start + ratio);
    const first = Math.floor(start);
    const last = Math.min(from, Math.ceil(end - 1e-9));
    taps.first[cell] = first;
    taps.count[cell] = last - first;
    for (let index = first; index < last; index += 1) {
      const covered = Math.min(index + 1, end) - Math.max(index, start);
      taps.weights[cell * longest + index - first] = covered / ratio;
    }
  }
  return taps;
}

/** Shrinks a frame by area averaging (each target pixel is the mean of what it covers). Also enlarges, blockily. */
export function shrinkFrame(frame: Frame, width: number, height: number): Planar {
  const factor = frame.width / width;
  if (Number.isInteger(factor) && factor * height === frame.height) {
    return factor % 4 === 0 && canQuarter(frame)
      ? shrinkPlanar(quarterOf(frame), width, height)
      : shrinkByWhole(frame, factor);
  }
  const { data, channels } = frame;
  const target = emptyPlanar(width, height);
  const columns = areaTaps(frame.width, width);
  const rows = areaTaps(frame.height, height);
  const stride = frame.width * channels;
  const line = new Float32Array(stride);
  for (let y = 0; y < height; y += 1) {
    sumRows(data, line, { first: (rows.first[y] ?? 0) * stride, stride, taps: rows, cell: y });
    writeRow({ line, channels }, columns, target, y);
  }
  return target;
}

function quarterOf(frame: Frame): Planar {
  return { width: frame.width / 4, height: frame.height / 4, data: quarter(frame) };
}

/** A whole number of pixels per cell, without weights. */
function shrinkByWhole(frame: Frame, factor: number): Planar {
  const { data, channels } = frame;
  const target = emptyPlanar(frame.width / factor, frame.height / factor);
  const { width, height } = target;
  const plane = width * height;
  const stride = frame.width * channels;
  const share = 1 / (factor * factor);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let red = 0;
      let green = 0;
      let blue = 0;
      const corner = y * factor * stride + x * factor * channels;
      for (let row = 0; row < factor; row += 1) {
        const start = corner + row * stride;
        const end = start + factor * channels;
        for (let at = start; at < end; at += channels) {
          red += data[at]!;
          green += data[at + 1]!;
          blue += data[at + 2]!;
        }
      }
      const to = y * width + x;
      target.data[to] = red * share;
      target.data[to + plane] = green * share;
      target.data[to + 2 * plane] = blue * share;
    }
  }
  return target;
}

function sumRows(
  data: ArrayLike<number>,
  line: Float32Array,
  from: { first: number; stride: number; taps: Taps; cell: number },
): void {
  const { stride, taps, cell } = from;
  const count = taps.count[cell] ?? 0;
  for (let row = 0; row < count; row += 1) {
    const weight = taps.weights[cell * taps.longest + row] ?? 0;
    const at = from.first + row * stride;
    if (row === 0) for (let x = 0; x < stride; x += 1) line[x] = data[at + x]! * weight;
    else for (let x = 0; x < stride; x += 1) line[x]! += data[at + x]! * weight;
  }
}

function writeRow(
  source: { readonly line: Float32Array; readonly channels: number },
  columns: Taps,
  target: Planar,
  y: number,
): void {
  const { line, channels } = source;
  const { width, height, data } = target;
  const plane = width * height;
  for (let x = 0; x < width; x += 1) {
    let red = 0;
    let green = 0;
    let blue = 0;
    const count = columns.count[x]!;
    let at = columns.first[x]! * channels;
    const weightAt = x * columns.longest;
    for (let tap = 0; tap < count; tap += 1) {
      const weight = columns.weights[weightAt + tap]!;
      red += line[at]! * weight;
      green += line[at + 1]! * weight;
      blue += line[at + 2]! * weight;
      at += channels;
    }
    const to = y * width + x;
    data[to] = red;
    data[to + plane] = green;
    data[to + 2 * plane] = blue;
  }
}

/** Shrinks a planar picture by area averaging. */
export function shrinkPlanar(source: Planar, width: number, height: number): Planar {
  if (source.width === width && source.height === height) return source;
  const target = emptyPlanar(width, height);
  const columns = areaTaps(source.width, width);
  const rows = areaTaps(source.height, height);
  const line = new Float32Array(source.width);
  for (let channel = 0; channel < 3; channel += 1) {
    for (let y = 0; y < height; y += 1) {
      const first = (channel * source.height + rows.first[y]!) * source.width;
      sumRows(source.data, line, { first, stride: source.width, taps: rows, cell: y });
      for (let x = 0; x < width; x += 1) {
        let sum = 0;
        const count = columns.count[x]!;
        const at = columns.first[x]!;
        for (let tap = 0; tap < count; tap += 1)
          sum += line[at + tap]! * columns.weights[x * columns.longest + tap]!;
        target.data[(channel * height + y) * width + x] = sum;
      }
    }
  }
  return target;
}

/** Copies `source` into a black canvas with its top left corner at (`left`, `top`). */
export function placeOnBlack(
  source: Planar,
  canvas: { readonly width: number; readonly height: number },
  left = 0,
  top = 0,
): Planar {
  const target = emptyPlanar(canvas.width, canvas.height);
  for (let channel = 0; channel < 3; channel += 1) {
    for (let y = 0; y < source.height; y += 1) {
      const from = (channel * source.height + y) * source.width;
      const to = (channel * canvas.height + y + top) * canvas.width + left;
      target.data.set(source.data.subarray(from, from + source.width), to);
    }
  }
  return target;
}
