// All rows of a gallery that lie within a distance of a face, exactly: 8-bit codes rule out nearly every row, the rest is
// computed in full.
import type { CodeScan } from '@hazri/shared/domain/matching/code-scan';
import type { GalleryRows } from '@hazri/shared/domain/matching/gallery';
import { quantise, slackOf } from '@hazri/shared/domain/matching/quantise';
import { EMBEDDING_DIMENSIONS, distanceOfDot } from '@hazri/shared/domain/matching/unit-embedding';

/** A gallery, or a copy of one. */
export interface Comparable {
  readonly scan: Pick<CodeScan, 'dots'>;
  readonly rows: GalleryRows;
  readonly largestScale: number;
  readonly largestResidual: number;
}

export interface NearRowsQuestion {
  /** Unit length. */
  readonly embedding: Float32Array;
  /** Only the first rows, this many. */
  readonly count: number;
  /** Euclidean, 0 to 2, below √2. */
  readonly within: number;
}

const LOWEST_INTEGER = -(2 ** 31);

/** Calls `found` with each row and its distance. */
export function nearRows(
  of: Comparable,
  { embedding, count, within }: NearRowsQuestion,
  found: (row: number, distance: number) => void,
): void {
  const codes = new Int8Array(EMBEDDING_DIMENSIONS);
  const probe = quantise(embedding, codes, 0);
  const slack = slackOf(probe);
  const needed = 1 - within ** 2 / 2 - slack.constant;
  const atLeast = needed - slack.perResidual * of.largestResidual;
  const lowest = atLeast > 0 ? Math.floor(atLeast / (probe.scale * of.largestScale)) : LOWEST_INTEGER;
  const dots = of.scan.dots(codes, count);
  const { vectors, scales, residuals } = of.rows;
  for (let row = 0; row < count; row += 1) {
    const dot = dots[row] ?? 0;
    if (dot < lowest) continue;
    const atMost = probe.scale * (scales[row] ?? 0) * dot + slack.perResidual * (residuals[row] ?? 0);
    if (atMost < needed) continue;
    const distance = distanceTo(embedding, vectors, row);
    if (distance <= within) found(row, distance);
  }
}

function distanceTo(embedding: Float32Array, vectors: Float32Array, row: number): number {
  const from = row * EMBEDDING_DIMENSIONS;
  let sum = 0;
  for (let column = 0; column < EMBEDDING_DIMENSIONS; column += 1) {
    sum += (embedding[column] ?? 0) * (vectors[from + column] ?? 0);
  }
  return distanceOfDot(sum);
}
