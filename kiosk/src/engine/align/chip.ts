// Cuts the aligned 150×150 chips that the recognition network was trained on.

/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by the loops around it */

import type { Frame } from '../port.js';
import { warpSquare, type Similarity } from '../raster/warp.js';
import { ALIGNED_LANDMARKS, chipPoint } from './mean-face.js';
import { fitSimilarity } from './similarity.js';

export const CHIP_SIZE = 150;
const CHIP_VALUES = CHIP_SIZE * CHIP_SIZE * 3;

/** The map from chip pixels to frame pixels that puts these landmarks nearest to dlib's mean face. */
export function chipTransform(landmarks: ArrayLike<number>, padding: number): Similarity {
  const chip = new Float64Array(ALIGNED_LANDMARKS.length * 2);
  const frame = new Float64Array(ALIGNED_LANDMARKS.length * 2);
  ALIGNED_LANDMARKS.forEach((landmark, index) => {
    const [x, y] = chipPoint(landmark, CHIP_SIZE, padding);
    chip[2 * index] = x;
    chip[2 * index + 1] = y;
    frame[2 * index] = landmarks[2 * landmark]!;
    frame[2 * index + 1] = landmarks[2 * landmark + 1]!;
  });
  return fitSimilarity(chip, frame);
}

/**
 * Each map as a chip followed by its mirror image: `2 · maps.length` chips of `[3,150,150]`, RGB 0..255,
 * one after another, ready to be one batch.
 */
export function cutMirroredChips(frame: Frame, maps: readonly Similarity[]): Float32Array {
  const batch = new Float32Array(maps.length * 2 * CHIP_VALUES);
  maps.forEach((map, index) => {
    const offset = index * 2 * CHIP_VALUES;
    warpSquare(frame, map, { size: CHIP_SIZE, data: batch, offset });
    mirror(batch, offset, offset + CHIP_VALUES);
  });
  return batch;
}

function mirror(batch: Float32Array, from: number, to: number): void {
  for (let row = 0; row < CHIP_SIZE * 3; row += 1) {
    const start = row * CHIP_SIZE;
    for (let x = 0; x < CHIP_SIZE; x += 1) {
      batch[to + start + x] = batch[from + start + CHIP_SIZE - 1 - x]!;
    }
  }
}
