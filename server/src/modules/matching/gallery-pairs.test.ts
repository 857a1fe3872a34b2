// Everybody against everybody finds what a plain double loop finds, in slices, and can be ended.
import { describe, expect, it } from 'vitest';
import { Gallery } from '@hazri/shared/domain/matching/gallery';
import { unitOf } from '@hazri/shared/domain/matching/unit-embedding';
import { GalleryCopy, pairsWithin } from './gallery-pairs.js';
import { WasmCodeScan } from './kernel/wasm-code-scan.js';
import { distanceBetween } from './template-choice.js';

const WITHIN = 0.9;

/** A seeded generator: the same people in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32 - 0.5;
  };
}

interface Row {
  readonly personId: string;
  readonly embedding: Float32Array;
}

/** Faces around a few centres, so that some are near. */
function crowd(people: number, templates: number): Row[] {
  const random = randomNumbers(people * 31 + templates);
  const vector = (): Float32Array => Float32Array.from({ length: 128 }, random);
  const centres = Array.from({ length: 5 }, vector);
  return Array.from({ length: people * templates }, (_, at) => {
    const centre = centres[at % centres.length] ?? vector();
    const noise = vector();
    const embedding = unitOf(centre.map((value, column) => value + 0.7 * (noise[column] ?? 0)));
    return { personId: `p${String(at % people).padStart(3, '0')}`, embedding };
  });
}

function galleryOf(rows: readonly Row[]): Gallery {
  const gallery = new Gallery('m', new WasmCodeScan());
  rows.forEach((row, at) => {
    const added = gallery.add({ ...row, templateId: `t${String(at)}`, modelId: 'm' });
    if (!added.ok) throw new Error(added.error);
  });
  return gallery;
}

function plainPairs(rows: readonly Row[]): Map<string, number> {
  const pairs = new Map<string, number>();
  for (const one of rows) {
    for (const other of rows) {
      const distance = distanceBetween(one.embedding, other.embedding);
      if (one.personId >= other.personId || distance > WITHIN) continue;
      const name = `${one.personId}|${other.personId}`;
      pairs.set(name, Math.min(pairs.get(name) ?? Infinity, distance));
    }
  }
  return pairs;
}

const goOn = (): boolean => true;

describe('pairsWithin', () => {
  it.each([
    [0, 1],
    [1, 4],
    [2, 1],
    [2, 3],
    [40, 3],
    [120, 1],
  ])('finds what a plain double loop finds among %i people with %i templates', async (people, templates) => {
    const rows = crowd(people, templates);
    const found = await pairsWithin(new GalleryCopy(galleryOf(rows)), { within: WITHIN, goOn });
    const plain = plainPairs(rows);
    expect(found?.map(({ personIds }) => personIds.join('|')).sort()).toEqual([...plain.keys()].sort());
    for (const { personIds, distance } of found ?? []) {
      expect(distance).toBeCloseTo(plain.get(personIds.join('|')) ?? NaN, 5);
    }
    if (people === 120) expect(plain.size).toBeGreaterThan(50);
  });

  it('works on a copy: what happens to the gallery meanwhile changes nothing', async () => {
    const rows = crowd(60, 2);
    const gallery = galleryOf(rows);
    const copy = new GalleryCopy(gallery);
    gallery.removePerson('p000');
    gallery.clear();
    const found = await pairsWithin(copy, { within: WITHIN, goOn });
    expect(found).toHaveLength(plainPairs(rows).size);
    copy.clear();
    expect(copy.rows.vectors.every((value) => value === 0)).toBe(true);
    expect(copy.scan.codes.every((code) => code === 0)).toBe(true);
  });

  it('lets others have their turn and can be ended between slices', async () => {
    const copy = new GalleryCopy(galleryOf(crowd(1500, 4)));
    let turns = 0;
    const others = setInterval(() => (turns += 1), 1);
    const compared: number[] = [];
    const ended = await pairsWithin(copy, {
      within: 0.2,
      goOn: (rows) => {
        compared.push(rows);
        return compared.length < 3;
      },
    });
    clearInterval(others);
    expect(ended).toBeNull();
    expect(turns).toBeGreaterThan(0);
    expect(compared).toEqual([...compared].sort((a, b) => a - b));
    expect(compared).toHaveLength(3);
  });
});
