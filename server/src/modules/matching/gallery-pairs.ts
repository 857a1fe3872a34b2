// Everybody against everybody: the pairs of different people in one gallery whose templates are near. It works on a copy,
// because the gallery may change meanwhile, and in short slices, because the same thread answers tablets.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Gallery, GalleryRows } from '@hazri/shared/domain/matching/gallery';
import { EMBEDDING_DIMENSIONS } from '@hazri/shared/domain/matching/unit-embedding';
import { WasmCodeScan } from './kernel/wasm-code-scan.js';
import { type Comparable, nearRows } from './near-rows.js';

/** After this long the others have their turn. One row more may come on top: a fraction of a millisecond. */
const SLICE_MS = 8;

export interface FoundPair {
  /** In ascending order. */
  readonly personIds: readonly [string, string];
  readonly distance: number;
}

/** A gallery as it was at one moment, in memory of its own; cleared by who made it. */
export class GalleryCopy implements Comparable {
  readonly scan = new WasmCodeScan();
  readonly rows: GalleryRows;
  readonly count: number;
  readonly largestScale: number;
  readonly largestResidual: number;
  readonly #personIds: readonly string[];

  constructor(gallery: Gallery) {
    const { rows, templateCount: count } = gallery;
    this.count = count;
    this.largestScale = gallery.largestScale;
    this.largestResidual = gallery.largestResidual;
    this.rows = {
      vectors: rows.vectors.slice(0, count * EMBEDDING_DIMENSIONS),
      scales: rows.scales.slice(0, count),
      residuals: rows.residuals.slice(0, count),
      people: rows.people.slice(0, count),
    };
    this.scan.reserve(count);
    this.scan.codes.set(gallery.scan.codes.subarray(0, count * EMBEDDING_DIMENSIONS));
    this.#personIds = [...this.rows.people].map((index) => gallery.personAt(index));
  }

  personAtRow(row: number): string {
    return this.#personIds[row] ?? '';
  }

  clear(): void {
    this.rows.vectors.fill(0);
    this.scan.clear();
  }
}

export interface PairSearch {
  readonly within: number;
  /** Called between slices with how many templates are compared; false ends the search. */
  readonly goOn: (compared: number) => boolean | Promise<boolean>;
}

/** The pairs, each at the smallest distance of its templates; null when `goOn` ended it. */
export async function pairsWithin(copy: GalleryCopy, search: PairSearch): Promise<FoundPair[] | null> {
  const nearest = new Map<string, FoundPair>();
  let sliceEndsMs = performance.now() + SLICE_MS;
  for (let row = 1; row < copy.count; row += 1) {
    compareWithEarlier(copy, row, search.within, nearest);
    if (performance.now() < sliceEndsMs) continue;
    await nextTurn();
    if (!(await search.goOn(row))) return null;
    sliceEndsMs = performance.now() + SLICE_MS;
  }
  return [...nearest.values()];
}

function compareWithEarlier(
  copy: GalleryCopy,
  row: number,
  within: number,
  nearest: Map<string, FoundPair>,
): void {
  const { people, vectors } = copy.rows;
  const embedding = vectors.subarray(row * EMBEDDING_DIMENSIONS, (row + 1) * EMBEDDING_DIMENSIONS);
  nearRows(copy, { embedding, count: row, within }, (other, distance) => {
    if (people[other] === people[row]) return;
    const [first, second] = [copy.personAtRow(row), copy.personAtRow(other)].sort();
    if (first === undefined || second === undefined) return;
    const name = `${first}|${second}`;
    if (distance >= (nearest.get(name)?.distance ?? Infinity)) return;
    nearest.set(name, { personIds: [first, second], distance });
  });
}
