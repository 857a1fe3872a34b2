// Cuts what the anti-spoofing networks look at: a face with its surroundings, exactly as their publisher does, because
// they were trained on that. Source: src/generate_patches.py of Silent-Face-Anti-Spoofing.

/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by the loops around it */

import type { Box, Frame } from '../../port.js';

/** Side of the crop in pixels. */
export const CROP_SIDE = 80;

interface Area {
  readonly left: number;
  readonly top: number;
  /** Last column and row, included. */
  readonly right: number;
  readonly bottom: number;
}

/** The box enlarged `scale` times, or as far as the picture allows, and shifted to lie inside it. */
export function surroundings(frame: Pick<Frame, 'width' | 'height'>, box: Box, scale: number): Area {
  const factor = Math.min(scale, (frame.height - 1) / box.height, (frame.width - 1) / box.width);
  const across = span(box.x + box.width / 2, box.width * factor, frame.width);
  const down = span(box.y + box.height / 2, box.height * factor, frame.height);
  return { left: across.first, right: across.last, top: down.first, bottom: down.last };
}

function span(centre: number, length: number, limit: number): { first: number; last: number } {
  let first = centre - length / 2;
  let last = centre + length / 2;
  if (first < 0) {
    last -= first;
    first = 0;
  }
  if (last > limit - 1) {
    first -= last - limit + 1;
    last = limit - 1;
  }
  return { first: Math.max(0, Math.trunc(first)), last: Math.trunc(last) };
}

/** Planes B, G, R of 0..255, `CROP_SIDE × CROP_SIDE`, bilinear without smoothing; the aspect is not kept. */
export function cutCrop(frame: Frame, box: Box, scale: number): Float32Array {
  const area = surroundings(frame, box, scale);
  const columns = samples(area.left, area.right);
  const rows = samples(area.top, area.bottom);
  const plane = CROP_SIDE * CROP_SIDE;
  const crop = new Float32Array(3 * plane);
  const { data, channels } = frame;
  const stride = frame.width * channels;
  for (let v = 0; v < CROP_SIDE; v += 1) {
    const row = rows[v]!;
    for (let u = 0; u < CROP_SIDE; u += 1) {
      const column = columns[u]!;
      const first = row.near * stride;
      const second = row.far * stride;
      for (let channel = 0; channel < 3; channel += 1) {
        const left = column.near * channels + channel;
        const right = column.far * channels + channel;
        const top = data[first + left]! * (1 - column.share) + data[first + right]! * column.share;
        const bottom = data[second + left]! * (1 - column.share) + data[second + right]! * column.share;
        // The publisher's crops are whole numbers.
        const value = Math.round(top * (1 - row.share) + bottom * row.share);
        crop[(2 - channel) * plane + v * CROP_SIDE + u] = value;
      }
    }
  }
  return crop;
}

/** For each target pixel its two neighbours between `first` and `last` and the share of the second. */
function samples(first: number, last: number): { near: number; far: number; share: number }[] {
  const length = last - first + 1;
  return Array.from({ length: CROP_SIDE }, (_, index) => {
    const at = Math.max(0, Math.min(length - 1, ((index + 0.5) * length) / CROP_SIDE - 0.5));
    const near = Math.floor(at);
    return { near: first + near, far: first + Math.min(length - 1, near + 1), share: at - near };
  });
}
