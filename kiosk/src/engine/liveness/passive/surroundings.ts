// Whether what is around a face moves with it. Behind a person before a tablet on the wall the room stands still; the
// background of a held picture goes wherever the face goes.

/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by the loops around it */

import type { Box, Frame } from '../../port.js';

/** Frame pixels per cell and axis. */
const CELL = 8;
/** How far to the sides of the face is looked, in parts of the box's width, and what is left out next to it. */
const REACH = { from: 0.2, to: 1.1 } as const;
/** Fewer cells, or cells without texture, say nothing. */
const LEAST_CELLS = 60;
const LEAST_TEXTURE = 1.5;

/** A frame as cells of mean luminance, 0..255. */
export interface Cells {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** A movement in pixels of the frame. */
export interface Shift {
  readonly x: number;
  readonly y: number;
}

/** Reads every fourth pixel; the frame is not kept. */
export function toCells(frame: Frame): Cells {
  const width = Math.floor(frame.width / CELL);
  const height = Math.floor(frame.height / CELL);
  const data = new Float32Array(width * height);
  const stride = frame.width * frame.channels;
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      let sum = 0;
      for (let y = 1; y < CELL; y += 2) {
        for (let x = 1; x < CELL; x += 2) {
          const at = (row * CELL + y) * stride + (column * CELL + x) * frame.channels;
          sum += 0.299 * frame.data[at]! + 0.587 * frame.data[at + 1]! + 0.114 * frame.data[at + 2]!;
        }
      }
      data[row * width + column] = (4 * sum) / (CELL * CELL);
    }
  }
  return { width, height, data };
}

/**
 * How the surroundings of the face in `box` moved between two frames; null where there is nothing to see it by.
 * Source: Lucas and Kanade 1981, one step, one movement for all cells.
 */
export function shiftAround(before: Cells, after: Cells, box: Box): Shift | null {
  if (before.width !== after.width || before.height !== after.height) return null;
  let [xx, xy, yy, xt, yt, cells] = [0, 0, 0, 0, 0, 0];
  const { width, height } = before;
  const top = Math.max(1, Math.floor(box.y / CELL));
  const bottom = Math.min(height - 2, Math.floor((box.y + box.height) / CELL));
  for (let row = top; row <= bottom; row += 1) {
    for (let column = 1; column < width - 1; column += 1) {
      if (!isBeside(column * CELL, box)) continue;
      const at = row * width + column;
      const gx = (before.data[at + 1]! - before.data[at - 1]!) / 2;
      const gy = (before.data[at + width]! - before.data[at - width]!) / 2;
      const gt = after.data[at]! - before.data[at]!;
      xx += gx * gx;
      xy += gx * gy;
      yy += gy * gy;
      xt += gx * gt;
      yt += gy * gt;
      cells += 1;
    }
  }
  const determinant = xx * yy - xy * xy;
  const weakest = (xx + yy - Math.sqrt((xx - yy) ** 2 + 4 * xy * xy)) / 2;
  if (cells < LEAST_CELLS || weakest / cells < LEAST_TEXTURE) return null;
  return {
    x: (-CELL * (yy * xt - xy * yt)) / determinant,
    y: (-CELL * (xx * yt - xy * xt)) / determinant,
  };
}

function isBeside(x: number, box: Box): boolean {
  const distance = Math.max(box.x - x, x - box.x - box.width) / box.width;
  return distance > REACH.from && distance < REACH.to;
}
