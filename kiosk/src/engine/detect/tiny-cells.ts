// Turns the tiny detector's raw cells into boxes. Source: face-api's TinyFaceDetector (YOLO v2 decoding).

/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by the loops around it */

import type { ScoredBox } from './box.js';

export const CELL_PX = 32;
const ANCHORS: readonly (readonly [number, number])[] = [
  [1.603231, 2.094468],
  [6.041143, 7.080126],
  [2.882459, 3.518061],
  [4.266906, 5.178857],
  [9.041765, 10.66308],
];
const VALUES_PER_ANCHOR = 5;

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/**
 * Boxes in pixels of the network's input whose confidence exceeds `minScore`.
 * `cells` is `[25, rows, columns]`: five anchors of x, y, width, height, confidence.
 */
export function decodeCells(
  cells: Float32Array,
  rows: number,
  columns: number,
  minScore: number,
): ScoredBox[] {
  const plane = rows * columns;
  const minLogit = Math.log(minScore / (1 - minScore));
  const found: ScoredBox[] = [];
  ANCHORS.forEach(([anchorWidth, anchorHeight], anchor) => {
    const base = anchor * VALUES_PER_ANCHOR * plane;
    for (let cell = 0; cell < plane; cell += 1) {
      const logit = cells[base + 4 * plane + cell]!;
      if (logit <= minLogit) continue;
      const centreX = (cell % columns) + sigmoid(cells[base + cell]!);
      const centreY = Math.floor(cell / columns) + sigmoid(cells[base + plane + cell]!);
      const width = Math.exp(cells[base + 2 * plane + cell]!) * anchorWidth;
      const height = Math.exp(cells[base + 3 * plane + cell]!) * anchorHeight;
      found.push({
        score: sigmoid(logit),
        box: {
          x: (centreX - width / 2) * CELL_PX,
          y: (centreY - height / 2) * CELL_PX,
          width: width * CELL_PX,
          height: height * CELL_PX,
        },
      });
    }
  });
  return found;
}
