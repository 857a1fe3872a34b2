// The search's inner loop in WebAssembly SIMD: same integers as the portable loop, many times faster.
// One instance per gallery; its memory holds codes of faces and is zeroed by `clear`.
import type { CodeScan } from '@hazri/shared/domain/matching/code-scan';
import { EMBEDDING_DIMENSIONS } from '@hazri/shared/domain/matching/unit-embedding';
import { DOTS_WASM_BASE64 } from './dots-wasm.js';

const PAGE_BYTES = 65_536;
const PROBE_BYTES = EMBEDDING_DIMENSIONS * 2;

/** What this file uses of WebAssembly: Node has it, but its type package leaves it to the browser's. */
interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
interface WasmNamespace {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { readonly exports: unknown };
}
const { Module, Instance } = (globalThis as unknown as { WebAssembly: WasmNamespace }).WebAssembly;

interface Kernel {
  readonly memory: WasmMemory;
  dots(probe: number, codes: number, rows: number, out: number): void;
}

let compiled: object | undefined;

/** Memory layout: probe as int16 (256 bytes) | codes, capacity × 128 int8 | out, capacity × int32. */
export class WasmCodeScan implements CodeScan {
  codes: Int8Array;
  readonly #kernel: Kernel;
  #probe: Int16Array;
  #out: Int32Array;

  constructor() {
    compiled ??= new Module(Buffer.from(DOTS_WASM_BASE64, 'base64'));
    this.#kernel = new Instance(compiled).exports as Kernel;
    const { buffer } = this.#kernel.memory;
    this.#probe = new Int16Array(buffer, 0, EMBEDDING_DIMENSIONS);
    this.codes = new Int8Array(buffer, PROBE_BYTES, 0);
    this.#out = new Int32Array(buffer, PROBE_BYTES, 0);
  }

  reserve(rows: number): void {
    // The kernel takes rows in pairs, so there is always room for one more.
    const capacity = rows + (rows % 2);
    if (capacity * EMBEDDING_DIMENSIONS <= this.codes.length) return;
    const { memory } = this.#kernel;
    const outAt = PROBE_BYTES + capacity * EMBEDDING_DIMENSIONS;
    const missing = outAt + capacity * 4 - memory.buffer.byteLength;
    this.#out.fill(0);
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
    this.#probe = new Int16Array(memory.buffer, 0, EMBEDDING_DIMENSIONS);
    this.codes = new Int8Array(memory.buffer, PROBE_BYTES, capacity * EMBEDDING_DIMENSIONS);
    this.#out = new Int32Array(memory.buffer, outAt, capacity);
  }

  dots(probe: Int8Array, rows: number): Int32Array {
    this.#probe.set(probe);
    this.#kernel.dots(0, PROBE_BYTES, rows + (rows % 2), this.#out.byteOffset);
    this.#probe.fill(0);
    return this.#out;
  }

  clear(): void {
    new Uint8Array(this.#kernel.memory.buffer).fill(0);
  }
}
