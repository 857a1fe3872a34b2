// The inner loop of a search: one probe against every row of 8-bit codes. A port, because the fastest loop depends on
// the machine; this file holds the one that runs everywhere. Results are exact integers, so all loops agree.
import { EMBEDDING_DIMENSIONS } from './unit-embedding.js';

export interface CodeScan {
  /** Rows of codes, one embedding of int8 after the other. Views change when `reserve` grows the memory. */
  readonly codes: Int8Array;
  /** Makes room for this many rows and keeps the codes that are there. */
  reserve(rows: number): void;
  /** Integer dot product of the probe's codes with each of the first `rows` rows; valid until the next call. */
  dots(probe: Int8Array, rows: number): Int32Array;
  /** Overwrites everything with zeros. */
  clear(): void;
}

export class PortableCodeScan implements CodeScan {
  codes = new Int8Array(0);
  #dots = new Int32Array(0);

  reserve(rows: number): void {
    if (rows * EMBEDDING_DIMENSIONS <= this.codes.length) return;
    const grown = new Int8Array(rows * EMBEDDING_DIMENSIONS);
    grown.set(this.codes);
    this.codes.fill(0);
    this.codes = grown;
    this.#dots = new Int32Array(rows);
  }

  dots(probe: Int8Array, rows: number): Int32Array {
    const { codes } = this;
    for (let row = 0; row < rows; row += 1) {
      const from = row * EMBEDDING_DIMENSIONS;
      let sum = 0;
      for (let column = 0; column < EMBEDDING_DIMENSIONS; column += 1) {
        sum += (codes[from + column] ?? 0) * (probe[column] ?? 0);
      }
      this.#dots[row] = sum;
    }
    return this.#dots;
  }

  clear(): void {
    this.codes.fill(0);
    this.#dots.fill(0);
  }
}
