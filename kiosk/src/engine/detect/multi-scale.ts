// Finds faces with the tiny detector at several scales. The detector is blind to faces of some sizes at any one
// scale, and which sizes differs from person to person; together the scales miss almost nobody.
// Leaves early when the first scale is sure, so that most frames cost one small network run.

import type { Frame } from '../port.js';
import type { Network } from '../network.js';
import { placeOnBlack, shrinkFrame, shrinkPlanar, type Planar } from '../raster/planar.js';
import { containment, suppress, type ScoredBox } from './box.js';
import { CELL_PX, decodeCells } from './tiny-cells.js';

/** One look at the frame. */
interface Scale {
  /** Longer side of the network's input in pixels. */
  readonly side: number;
  /** Black border around the frame in parts of its size; large faces are only found with one. */
  readonly border: number;
  /** A square input, black below or beside the frame; otherwise the input is as narrow as the frame allows. */
  readonly isSquare?: boolean;
}

const FIRST_SCALE: Scale = { side: 160, border: 0, isSquare: true };
const FURTHER_SCALES: readonly Scale[] = [
  { side: 160, border: 0.5 },
  { side: 192, border: 0 },
  { side: 320, border: 0 },
  { side: 224, border: 0.5 },
];
/** Small faces in large pictures; only looked for where several faces are wanted or none was found. */
const SMALL_FACE_SCALES: readonly Scale[] = [
  { side: 416, border: 0 },
  { side: 640, border: 0 },
];

/** Numbers that decide what counts as a face. */
export const DETECTION = {
  /** A face is reported from this confidence on. */
  minScore: 0.5,
  /** Below `minScore` but above this, something may be there: further scales look again. */
  doubtfulScore: 0.2,
  /** From this confidence on one scale is enough. */
  sureScore: 0.7,
  /** When no scale reaches `minScore`, the best box of at least this confidence is reported. */
  lastResortScore: 0.35,
  /** Two boxes that share more than this part of the smaller one are one face. */
  sameFace: 0.6,
} as const;

/** Finds boxes in pixels of the frame, most confident first. `everyone` looks at all scales in any case. */
export async function findFaces(
  network: Network,
  frame: Frame,
  options: { readonly everyone?: boolean } = {},
): Promise<ScoredBox[]> {
  const levels = new Levels(frame);
  let candidates = await look(network, levels, FIRST_SCALE);
  if (options.everyone !== true && isSure(candidates)) return settle(candidates);
  for (const scale of FURTHER_SCALES) {
    candidates = candidates.concat(await look(network, levels, scale));
    if (options.everyone !== true && isSure(candidates)) return settle(candidates);
  }
  const isFound = candidates.some((candidate) => candidate.score >= DETECTION.minScore);
  if (options.everyone === true || !isFound) {
    const longer = Math.max(frame.width, frame.height);
    for (const scale of SMALL_FACE_SCALES) {
      if (scale.side <= longer) candidates = candidates.concat(await look(network, levels, scale));
    }
  }
  return settle(candidates);
}

function merge(candidates: readonly ScoredBox[]): ScoredBox[] {
  return suppress(candidates, DETECTION.sameFace, containment);
}

/** Sure: a confident face, and no second one in doubt. */
function isSure(candidates: readonly ScoredBox[]): boolean {
  const faces = merge(candidates);
  const isDoubtful = faces.some(({ score }) => score < DETECTION.minScore && score > DETECTION.doubtfulScore);
  return !isDoubtful && (faces[0]?.score ?? 0) >= DETECTION.sureScore;
}

function settle(candidates: readonly ScoredBox[]): ScoredBox[] {
  const faces = merge(candidates);
  const confident = faces.filter(({ score }) => score >= DETECTION.minScore);
  if (confident.length > 0) return confident;
  return faces.slice(0, 1).filter(({ score }) => score >= DETECTION.lastResortScore);
}

async function look(network: Network, levels: Levels, scale: Scale): Promise<ScoredBox[]> {
  const { frame } = levels;
  const factor = scale.side / (Math.max(frame.width, frame.height) * (1 + scale.border));
  const scaled = (length: number): number => Math.max(1, Math.round(length * factor));
  const content = levels.at(scaled(frame.width), scaled(frame.height));
  const toCells = (length: number): number => Math.ceil(length / CELL_PX) * CELL_PX;
  const width = scale.isSquare ? scale.side : toCells(content.width * (1 + scale.border));
  const height = scale.isSquare ? scale.side : toCells(content.height * (1 + scale.border));
  const left = scale.border > 0 ? (width - content.width) >> 1 : 0;
  const top = scale.border > 0 ? (height - content.height) >> 1 : 0;
  const input = placeOnBlack(content, { width, height }, left, top);
  const [cells] = await network.run(input.data, [1, 3, height, width]);
  if (!cells) return [];
  const found = decodeCells(cells, height / CELL_PX, width / CELL_PX, DETECTION.doubtfulScore);
  const toFrame = frame.width / content.width;
  return found.map(({ score, box }) => ({
    score,
    box: {
      x: (box.x - left) * toFrame,
      y: (box.y - top) * toFrame,
      width: box.width * toFrame,
      height: box.height * toFrame,
    },
  }));
}

/** Shrunken copies of one frame; a small one is made from a larger one where that exists. */
class Levels {
  private readonly made: Planar[] = [];

  constructor(readonly frame: Frame) {}

  at(width: number, height: number): Planar {
    const same = this.made.find((level) => level.width === width && level.height === height);
    if (same) return same;
    const larger = this.made
      .filter((level) => level.width >= 2 * width && level.height >= 2 * height)
      .sort((a, b) => a.width - b.width)[0];
    const level = larger ? shrinkPlanar(larger, width, height) : shrinkFrame(this.frame, width, height);
    this.made.push(level);
    return level;
  }
}
