// Least-squares similarity transform between two point lists (scale, rotation, shift; no reflection).

/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by the loops around it */

import type { Similarity } from '../raster/warp.js';

/**
 * The map from `from` onto `to` with the least squared error, for points stored as x0,y0,x1,y1,….
 * Source: Umeyama 1991, written out for two dimensions, where the best rotation has a closed form.
 * Fewer than two distinct points give a pure shift.
 */
export function fitSimilarity(from: ArrayLike<number>, to: ArrayLike<number>): Similarity {
  const count = Math.min(from.length, to.length) >> 1;
  const centre = { fromX: 0, fromY: 0, toX: 0, toY: 0 };
  for (let index = 0; index < count; index += 1) {
    centre.fromX += from[2 * index]! / count;
    centre.fromY += from[2 * index + 1]! / count;
    centre.toX += to[2 * index]! / count;
    centre.toY += to[2 * index + 1]! / count;
  }
  let dot = 0;
  let cross = 0;
  let spread = 0;
  for (let index = 0; index < count; index += 1) {
    const fx = from[2 * index]! - centre.fromX;
    const fy = from[2 * index + 1]! - centre.fromY;
    const tx = to[2 * index]! - centre.toX;
    const ty = to[2 * index + 1]! - centre.toY;
    dot += fx * tx + fy * ty;
    cross += fx * ty - fy * tx;
    spread += fx * fx + fy * fy;
  }
  const a = spread > 0 ? dot / spread : 1;
  const b = spread > 0 ? cross / spread : 0;
  return {
    a,
    b,
    x: centre.toX - (a * centre.fromX - b * centre.fromY),
    y: centre.toY - (b * centre.fromX + a * centre.fromY),
  };
}

/** Where the map sends (u, v). */
export function applySimilarity(map: Similarity, u: number, v: number): readonly [number, number] {
  return [map.a * u - map.b * v + map.x, map.b * u + map.a * v + map.y];
}
