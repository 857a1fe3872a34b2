// The careful detector: SSD MobileNet on a 512-pixel square. Slower than all tiny scales together, and the better
// judge where those found nothing.

import type { Frame } from '../port.js';
import type { Network } from '../network.js';
import { placeOnBlack, shrinkFrame } from '../raster/planar.js';
import { suppress, type ScoredBox } from './box.js';

const SIDE = 512;
const MIN_SCORE = 0.4;
const MOST_OVERLAP = 0.4;

/** Finds boxes in pixels of the frame, most confident first. */
export async function findFacesCarefully(network: Network, frame: Frame): Promise<ScoredBox[]> {
  const factor = SIDE / Math.max(frame.width, frame.height);
  const scaled = (length: number): number => Math.max(1, Math.round(length * factor));
  const content = shrinkFrame(frame, scaled(frame.width), scaled(frame.height));
  const input = placeOnBlack(content, { width: SIDE, height: SIDE });
  const [boxes, scores] = await network.run(input.data, [1, 3, SIDE, SIDE]);
  if (!boxes || !scores) return [];
  const toFrame = (SIDE * frame.width) / content.width;
  const found: ScoredBox[] = [];
  scores.forEach((score, index) => {
    if (score < MIN_SCORE) return;
    const [top = 0, left = 0, bottom = 0, right = 0] = boxes.subarray(4 * index, 4 * index + 4);
    found.push({
      score,
      box: {
        x: left * toFrame,
        y: top * toFrame,
        width: (right - left) * toFrame,
        height: (bottom - top) * toFrame,
      },
    });
  });
  return suppress(found, MOST_OVERLAP);
}
