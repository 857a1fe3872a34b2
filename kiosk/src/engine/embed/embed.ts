// Turns one face into 128 numbers of unit length: two paddings, each with its mirror image, in one batch.
// Averaging the four makes the numbers depend less on the cut and the lighting from one side.

import type { Frame, StageTimes } from '../port.js';
import type { Network } from '../network.js';
import type { Similarity } from '../raster/warp.js';
import { CHIP_SIZE, chipTransform, cutMirroredChips } from '../align/chip.js';
import { EMBEDDING_LENGTH, meanDirection } from './unit.js';

/** Space around the mean face on each side of the chip, in its widths. Changing this changes the model id. */
const PADDINGS: readonly number[] = [0.2, 0.3];

/** Side of the middle square that stands in for a face that was not found, in parts of the shorter side. */
const CENTRE_SHARE = 0.5;

/** The embedding of the face with these landmarks (68 points in frame pixels). */
export async function embedFace(
  network: Network,
  frame: Frame,
  landmarks: ArrayLike<number>,
  times?: StageTimes,
): Promise<Float32Array> {
  return embedChips(
    network,
    frame,
    () => PADDINGS.map((padding) => chipTransform(landmarks, padding)),
    times,
  );
}

/** The embedding of the middle of a picture, where a posed portrait has its face. */
export async function embedMiddle(network: Network, frame: Frame, times?: StageTimes): Promise<Float32Array> {
  return embedChips(network, frame, () => PADDINGS.map((padding) => middleTransform(frame, padding)), times);
}

async function embedChips(
  network: Network,
  frame: Frame,
  maps: () => Similarity[],
  times?: StageTimes,
): Promise<Float32Array> {
  const start = performance.now();
  const batch = cutMirroredChips(frame, maps());
  const cut = performance.now();
  const count = batch.length / (3 * CHIP_SIZE * CHIP_SIZE);
  const [outputs = new Float32Array()] = await network.run(batch, [count, 3, CHIP_SIZE, CHIP_SIZE]);
  if (times) {
    times.align += cut - start;
    times.embed += performance.now() - cut;
  }
  const embeddings = Array.from({ length: count }, (_, index) =>
    outputs.subarray(index * EMBEDDING_LENGTH, (index + 1) * EMBEDDING_LENGTH),
  );
  return meanDirection(embeddings);
}

function middleTransform(frame: Frame, padding: number): Similarity {
  const side = Math.min(frame.width, frame.height) * CENTRE_SHARE * ((1 + 2 * padding) / 1.5);
  const scale = side / CHIP_SIZE;
  return {
    a: scale,
    b: 0,
    x: (frame.width - side) / 2 + scale / 2,
    y: (frame.height - side) / 2 + scale / 2,
  };
}
