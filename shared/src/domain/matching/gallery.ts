// The templates of one company in memory, laid out for searching: float32 rows and their 8-bit codes, one row per
// template. Lives only in server memory, is never written anywhere, and is zeroed where templates leave it.
import { type Result, err, ok } from '../../result/result.js';
import type { CodeScan } from './code-scan.js';
import { quantise } from './quantise.js';
import { EMBEDDING_DIMENSIONS, type EmbeddingError, checkEmbedding, unitOf } from './unit-embedding.js';

const FIRST_CAPACITY_ROWS = 64;

export interface GalleryTemplate {
  readonly templateId: string;
  readonly personId: string;
  readonly modelId: string;
  readonly embedding: Float32Array;
}

export type GalleryError = EmbeddingError | 'MODEL_MISMATCH';

/** What a search reads. Only the first `templateCount` rows are in use; the arrays change when the gallery grows. */
export interface GalleryRows {
  /** Unit vectors, one after the other. */
  readonly vectors: Float32Array;
  /** Scale and error of each row's codes (see `quantise`). */
  readonly scales: Float64Array;
  readonly residuals: Float64Array;
  /** Each row's person, for `personAt`. */
  readonly people: Int32Array;
}

const emptyRows = (capacity: number): GalleryRows => ({
  vectors: new Float32Array(capacity * EMBEDDING_DIMENSIONS),
  scales: new Float64Array(capacity),
  residuals: new Float64Array(capacity),
  people: new Int32Array(capacity),
});

export class Gallery {
  #rows = emptyRows(0);
  /** At least as large as those of any row; they do not shrink when a row goes. */
  #largestScale = 0;
  #largestResidual = 0;
  readonly #templateIds: string[] = [];
  readonly #personIds: string[] = [];
  readonly #indexOfPerson = new Map<string, number>();

  constructor(
    readonly modelId: string,
    readonly scan: CodeScan,
  ) {}

  get rows(): GalleryRows {
    return this.#rows;
  }

  get largestScale(): number {
    return this.#largestScale;
  }

  get largestResidual(): number {
    return this.#largestResidual;
  }

  get templateCount(): number {
    return this.#templateIds.length;
  }

  get personCount(): number {
    return this.#indexOfPerson.size;
  }

  /** The person behind a number in `rows.people`. */
  personAt(index: number): string {
    return this.#personIds[index] ?? '';
  }

  hasPerson(personId: string): boolean {
    return this.#indexOfPerson.has(personId);
  }

  /** The person's templates. Their embeddings are views of the gallery's memory: valid until it changes, not to be changed. */
  templatesOf(personId: string): GalleryTemplate[] {
    const index = this.#indexOfPerson.get(personId);
    if (index === undefined) return [];
    const { people, vectors } = this.#rows;
    const found: GalleryTemplate[] = [];
    for (let row = people.indexOf(index); row >= 0; row = people.indexOf(index, row + 1)) {
      if (row >= this.templateCount) break;
      const from = row * EMBEDDING_DIMENSIONS;
      const embedding = vectors.subarray(from, from + EMBEDDING_DIMENSIONS);
      found.push({ templateId: this.#templateIds[row] ?? '', personId, modelId: this.modelId, embedding });
    }
    return found;
  }

  /** Adds a template; its embedding is copied and brought to exactly unit length. */
  add(template: GalleryTemplate): Result<void, GalleryError> {
    if (template.modelId !== this.modelId) return err('MODEL_MISMATCH');
    const checked = checkEmbedding(template.embedding);
    if (!checked.ok) return checked;
    const row = this.templateCount;
    this.#reserve(row + 1);
    const { vectors, scales, residuals, people } = this.#rows;
    const unit = unitOf(checked.value);
    vectors.set(unit, row * EMBEDDING_DIMENSIONS);
    const quantised = quantise(unit, this.scan.codes, row * EMBEDDING_DIMENSIONS);
    unit.fill(0);
    scales[row] = quantised.scale;
    residuals[row] = quantised.residual;
    this.#largestScale = Math.max(this.#largestScale, quantised.scale);
    this.#largestResidual = Math.max(this.#largestResidual, quantised.residual);
    people[row] = this.#personIndex(template.personId);
    this.#templateIds.push(template.templateId);
    return ok(undefined);
  }

  /** Takes a person's templates out; returns how many there were. */
  removePerson(personId: string): number {
    const index = this.#indexOfPerson.get(personId);
    if (index === undefined) return 0;
    let removed = 0;
    for (let row = this.templateCount - 1; row >= 0; row -= 1) {
      if (this.#rows.people[row] !== index) continue;
      this.#removeRow(row);
      removed += 1;
    }
    this.#indexOfPerson.delete(personId);
    this.#personIds[index] = '';
    return removed;
  }

  /** Empties the gallery and overwrites its memory. */
  clear(): void {
    this.#rows.vectors.fill(0);
    this.scan.clear();
    this.#indexOfPerson.clear();
    this.#templateIds.length = 0;
    this.#personIds.length = 0;
  }

  /** The last row takes the place of the one that goes. */
  #removeRow(row: number): void {
    const last = this.templateCount - 1;
    const { vectors, scales, residuals, people } = this.#rows;
    const from = last * EMBEDDING_DIMENSIONS;
    const end = from + EMBEDDING_DIMENSIONS;
    for (const list of [vectors, this.scan.codes]) {
      list.copyWithin(row * EMBEDDING_DIMENSIONS, from, end);
      list.fill(0, from, end);
    }
    for (const list of [scales, residuals, people]) list.copyWithin(row, last, last + 1);
    this.#templateIds[row] = this.#templateIds[last] ?? '';
    this.#templateIds.length = last;
  }

  #personIndex(personId: string): number {
    const known = this.#indexOfPerson.get(personId);
    if (known !== undefined) return known;
    const index = this.#personIds.length;
    this.#personIds.push(personId);
    this.#indexOfPerson.set(personId, index);
    return index;
  }

  #reserve(rows: number): void {
    const old = this.#rows;
    if (rows <= old.scales.length) return;
    const capacity = Math.max(FIRST_CAPACITY_ROWS, 2 ** Math.ceil(Math.log2(rows)));
    const grown = emptyRows(capacity);
    grown.vectors.set(old.vectors);
    grown.scales.set(old.scales);
    grown.residuals.set(old.residuals);
    grown.people.set(old.people);
    old.vectors.fill(0);
    this.scan.reserve(capacity);
    this.#rows = grown;
  }
}
