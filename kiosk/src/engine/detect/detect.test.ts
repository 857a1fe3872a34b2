import { describe, expect, it } from 'vitest';
import type { Frame } from '../port.js';
import type { Network } from '../network.js';
import { containment, overlap, shareInside, suppress } from './box.js';
import { DETECTION, findFaces } from './multi-scale.js';
import { decodeCells } from './tiny-cells.js';

const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });

describe('boxes', () => {
  it('overlap and contain', () => {
    expect(overlap(box(0, 0, 10, 10), box(5, 0, 10, 10))).toBeCloseTo(1 / 3);
    expect(containment(box(0, 0, 10, 10), box(2, 2, 4, 4))).toBe(1);
    expect(overlap(box(0, 0, 1, 1), box(5, 5, 1, 1))).toBe(0);
  });

  it('keep the most confident of a heap', () => {
    const heap = [
      { box: box(0, 0, 10, 10), score: 0.6 },
      { box: box(1, 1, 10, 10), score: 0.9 },
      { box: box(30, 0, 10, 10), score: 0.7 },
    ];
    expect(suppress(heap, 0.4).map(({ score }) => score)).toEqual([0.9, 0.7]);
  });

  it('know how much of them is in the picture', () => {
    expect(shareInside(box(-5, 0, 10, 10), 100, 100)).toBe(0.5);
    expect(shareInside(box(200, 0, 10, 10), 100, 100)).toBe(0);
  });
});

/** Raw output with one face of the given confidence in cell (row 1, column 2) of the anchor with 6 × 7 cells. */
function cellsWith(rows: number, columns: number, score: number): Float32Array {
  const plane = rows * columns;
  const cells = new Float32Array(25 * plane).fill(0);
  for (let anchor = 0; anchor < 5; anchor += 1)
    cells.fill(-20, (anchor * 5 + 4) * plane, (anchor * 5 + 5) * plane);
  cells[(1 * 5 + 4) * plane + columns + 2] = Math.log(score / (1 - score));
  return cells;
}

describe('decodeCells', () => {
  it('puts a box around the middle of its cell, as large as its anchor', () => {
    const [face, ...others] = decodeCells(cellsWith(5, 5, 0.8), 5, 5, 0.5);
    expect(others).toEqual([]);
    expect(face?.score).toBeCloseTo(0.8);
    expect(face?.box.width).toBeCloseTo(6.041143 * 32, 3);
    expect((face?.box.x ?? 0) + (face?.box.width ?? 0) / 2).toBeCloseTo(2.5 * 32, 3);
    expect((face?.box.y ?? 0) + (face?.box.height ?? 0) / 2).toBeCloseTo(1.5 * 32, 3);
  });

  it('drops what is below the limit', () => {
    expect(decodeCells(cellsWith(5, 5, 0.4), 5, 5, 0.5)).toEqual([]);
  });
});

describe('findFaces', () => {
  const frame: Frame = { width: 640, height: 480, channels: 3, data: new Uint8Array(640 * 480 * 3) };

  function fakeNetwork(scores: readonly number[]): { network: Network; looks: () => number } {
    let looks = 0;
    const network: Network = {
      run: (input, dims) => {
        expect(input.length).toBe(dims.reduce((product, size) => product * size, 1));
        const [, , height = 0, width = 0] = dims;
        const score = scores[looks] ?? 0;
        looks += 1;
        const cells = cellsWith(height / 32, width / 32, score || 1e-6);
        return Promise.resolve([cells]);
      },
      close: () => Promise.resolve(),
    };
    return { network, looks: () => looks };
  }

  it('looks once when the first scale is sure', async () => {
    const { network, looks } = fakeNetwork([0.9]);
    const faces = await findFaces(network, frame);
    expect(looks()).toBe(1);
    expect(faces).toHaveLength(1);
    expect(faces[0]?.box.width).toBeCloseTo(6.041143 * 32 * 4, 1);
  });

  it('looks again while it is not sure, and at every scale for everyone', async () => {
    const doubtful = fakeNetwork([0.4, 0.9]);
    await findFaces(doubtful.network, frame);
    expect(doubtful.looks()).toBe(2);
    const everyone = fakeNetwork([0.9]);
    await findFaces(everyone.network, frame, { everyone: true });
    expect(everyone.looks()).toBe(7);
  });

  it('is not sure of a face that is only likely, nor while a second one may be there', async () => {
    const likely = fakeNetwork([0.65, 0.9]);
    await findFaces(likely.network, frame);
    expect(likely.looks()).toBe(2);
    let looks = 0;
    const crowd: Network = {
      run: (_input, [, , height = 0, width = 0]) => {
        looks += 1;
        const cells = cellsWith(height / 32, width / 32, 1e-6);
        const plane = (height / 32) * (width / 32);
        // Two small faces: a sure one in the first cell, a doubtful one in the last.
        cells[4 * plane] = Math.log(0.9 / 0.1);
        cells[4 * plane + plane - 1] = Math.log(0.4 / 0.6);
        return Promise.resolve([cells]);
      },
      close: () => Promise.resolve(),
    };
    await findFaces(crowd, frame);
    expect(looks).toBeGreaterThan(1);
  });

  it('falls back to one weak face, but never to noise', async () => {
    expect(await findFaces(fakeNetwork([DETECTION.lastResortScore + 0.01]).network, frame)).toHaveLength(1);
    expect(await findFaces(fakeNetwork([DETECTION.lastResortScore - 0.01]).network, frame)).toEqual([]);
  });
});
