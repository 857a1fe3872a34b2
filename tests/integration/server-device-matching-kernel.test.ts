// The matcher's WebAssembly loop: its bytes are what its source compiles to, and it computes what the plain loop does.
// HAZRI_WRITE_KERNEL=1 writes the bytes anew after the source was changed.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import wabt from 'wabt';
import { DOTS_WASM_BASE64 } from '../../server/src/modules/matching/kernel/dots-wasm.js';
import { WasmCodeScan } from '../../server/src/modules/matching/kernel/wasm-code-scan.js';
import { PortableCodeScan } from '../../shared/src/domain/matching/code-scan.js';

const folder = path.resolve(import.meta.dirname, '../../server/src/modules/matching/kernel');

async function compiled(): Promise<string> {
  const tools = await wabt();
  const module = tools.parseWat('dots.wat', readFileSync(path.join(folder, 'dots.wat'), 'utf8'), {
    simd: true,
  });
  return Buffer.from(module.toBinary({}).buffer).toString('base64');
}

function write(base64: string): void {
  const lines = (base64.match(/.{1,96}/g) ?? []).map((line) => `  '${line}',\n`).join('');
  writeFileSync(
    path.join(folder, 'dots-wasm.ts'),
    '// The compiled form of dots.wat in base64. tests/integration/server-device-matching-kernel.test.ts fails when the\n' +
      '// two differ, and writes this file with HAZRI_WRITE_KERNEL=1. Never edited by hand.\n' +
      `export const DOTS_WASM_BASE64 = [\n${lines}].join('');\n`,
  );
}

describe('the matching kernel', () => {
  it('is what its source compiles to', async () => {
    const base64 = await compiled();
    if (process.env['HAZRI_WRITE_KERNEL'] === '1') write(base64);
    else expect(DOTS_WASM_BASE64).toBe(base64);
  });

  it('computes the same integers as the plain loop, while it grows', () => {
    const code = fc.integer({ min: -127, max: 127 });
    const row = fc.array(code, { minLength: 128, maxLength: 128 });
    fc.assert(
      fc.property(row, fc.array(row, { minLength: 1, maxLength: 9 }), fc.nat(3), (probe, rows, spare) => {
        const [fast, plain] = [new WasmCodeScan(), new PortableCodeScan()];
        rows.forEach((codes, at) => {
          for (const scan of [fast, plain]) {
            scan.reserve((at + 1) * (1 + spare));
            scan.codes.set(codes, at * 128);
          }
        });
        const of = (scan: WasmCodeScan | PortableCodeScan): number[] => [
          ...scan.dots(Int8Array.from(probe), rows.length).subarray(0, rows.length),
        ];
        expect(of(fast)).toEqual(of(plain));
      }),
      { numRuns: 60 },
    );
  });

  it('holds the largest sums that there can be', () => {
    const scan = new WasmCodeScan();
    scan.reserve(2);
    scan.codes.fill(127, 0, 128);
    scan.codes.fill(-127, 128, 256);
    const dots = scan.dots(new Int8Array(128).fill(127), 2);
    expect([...dots.subarray(0, 2)]).toEqual([128 * 127 * 127, -128 * 127 * 127]);
  });

  it('is all zeros once cleared', () => {
    const scan = new WasmCodeScan();
    scan.reserve(4);
    scan.codes.fill(3);
    scan.dots(new Int8Array(128).fill(5), 4);
    scan.clear();
    expect(scan.codes.every((code) => code === 0)).toBe(true);
    expect([...scan.dots(new Int8Array(128), 4).subarray(0, 4)]).toEqual([0, 0, 0, 0]);
  });
});
