// A small fingerprint of the picture around a face, for telling whether two frames are the same picture.

/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by the loops around it */

import type { Frame } from '../port.js';

const GRID = 48;

/** `GRID × GRID` luminance samples (0..255) spread over the whole frame, each of a single pixel: averaging would
 *  hide the sensor noise that tells a new picture from a repeated one. */
export function printFrame(frame: Frame): Float32Array {
  const print = new Float32Array(GRID * GRID);
  for (let row = 0; row < GRID; row += 1) {
    const y = Math.floor(((row + 0.5) / GRID) * frame.height);
    for (let column = 0; column < GRID; column += 1) {
      const x = Math.floor(((column + 0.5) / GRID) * frame.width);
      const at = (y * frame.width + x) * frame.channels;
      const { data } = frame;
      print[row * GRID + column] = 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
    }
  }
  return print;
}

/** Mean absolute difference of two fingerprints, in 8-bit steps. */
export function printDifference(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += Math.abs(a[index]! - b[index]!);
  return sum / a.length;
}
