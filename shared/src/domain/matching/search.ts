// The nearest people to a probe, exactly: codes rule out what cannot win, the rest is computed in full.
// Several templates of one person count as one person at the smallest of their distances.
import { type Result, err, ok } from '../../result/result.js';
import type { Gallery, GalleryError } from './gallery.js';
import { type Quantised, quantise, slackOf } from './quantise.js';
import { EMBEDDING_DIMENSIONS, checkEmbedding, distanceOfDot, unitOf } from './unit-embedding.js';

/** A probe as it came in: the model id says which embeddings it may be compared with. */
export interface Probe {
  readonly modelId: string;
  readonly embedding: Float32Array;
}

export interface Candidate {
  readonly personId: string;
  /** Euclidean distance of unit vectors, 0..2. Must never leave the server. */
  readonly distance: number;
}

interface Ranked {
  readonly person: number;
  readonly dot: number;
}

const LOWEST_INTEGER = -(2 ** 31);

/**
 * Finds the nearest people, nearest first; fewer than `count` when the gallery holds fewer. A probe of another model,
 * length or norm is an error.
 */
export function searchNearest(
  gallery: Gallery,
  probe: Probe,
  count: number,
): Result<readonly Candidate[], GalleryError> {
  if (probe.modelId !== gallery.modelId) return err('MODEL_MISMATCH');
  const checked = checkEmbedding(probe.embedding);
  if (!checked.ok) return checked;
  const unit = unitOf(checked.value);
  const ranked = rankRows(gallery, unit, new Best(count));
  unit.fill(0);
  return ok(
    ranked.map((one) => ({ personId: gallery.personAt(one.person), distance: distanceOfDot(one.dot) })),
  );
}

function rankRows(gallery: Gallery, unit: Float32Array, best: Best): readonly Ranked[] {
  const codes = new Int8Array(EMBEDDING_DIMENSIONS);
  const probe = quantise(unit, codes, 0);
  const slack = slackOf(probe);
  const count = gallery.templateCount;
  const dots = gallery.scan.dots(codes, count);
  const { vectors, scales, residuals, people } = gallery.rows;
  let lowest = LOWEST_INTEGER;
  for (let row = 0; row < count; row += 1) {
    const dot = dots[row] ?? 0;
    // One comparison of integers for nearly every row; the bound of the row itself for those that remain.
    if (dot < lowest) continue;
    const estimate = probe.scale * (scales[row] ?? 0) * dot;
    const atMost = estimate + slack.perResidual * (residuals[row] ?? 0) + slack.constant;
    if (atMost < best.toBeat) continue;
    best.offer(people[row] ?? 0, exactDot(unit, vectors, row));
    lowest = lowestThatCanWin(gallery, probe, best.toBeat);
  }
  return best.ranked;
}

/** No row whose codes give a smaller integer dot product can come as near as `toBeat`, whatever its scale and error. */
function lowestThatCanWin(gallery: Gallery, probe: Quantised, toBeat: number): number {
  const slack = slackOf(probe);
  const needed = toBeat - slack.constant - slack.perResidual * gallery.largestResidual;
  // Below zero a small scale would help a row instead of holding it back, and the bound would not be one.
  if (!(needed > 0)) return LOWEST_INTEGER;
  return Math.floor(needed / (probe.scale * gallery.largestScale));
}

/** The best of different people, largest dot product first. */
class Best {
  #ranked: readonly Ranked[] = [];

  constructor(private readonly count: number) {}

  get ranked(): readonly Ranked[] {
    return this.#ranked;
  }

  /** What a row of a person must reach to change anything. */
  get toBeat(): number {
    return this.#ranked[this.count - 1]?.dot ?? -Infinity;
  }

  offer(person: number, dot: number): void {
    if (dot <= this.toBeat) return;
    const own = this.#ranked.find((one) => one.person === person);
    if (own !== undefined && own.dot >= dot) return;
    const others = this.#ranked.filter((one) => one !== own);
    const at = others.findIndex((one) => one.dot < dot);
    others.splice(at < 0 ? others.length : at, 0, { person, dot });
    this.#ranked = others.slice(0, this.count);
  }
}

function exactDot(probe: Float32Array, vectors: Float32Array, row: number): number {
  const from = row * EMBEDDING_DIMENSIONS;
  let sum = 0;
  for (let column = 0; column < EMBEDDING_DIMENSIONS; column += 1) {
    sum += (probe[column] ?? 0) * (vectors[from + column] ?? 0);
  }
  return sum;
}
