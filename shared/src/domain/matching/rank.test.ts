// The ranking: the mean of a person's templates counts, crowding and fusing are taken off, nobody is compared across
// models, and galleries of 0, 1 and 2 people behave.
import { describe, expect, it } from 'vitest';
import type { Calibration } from './calibration-type.js';
import { PortableCodeScan } from './code-scan.js';
import { Gallery } from './gallery.js';
import { rankPeople } from './rank.js';
import { unitOf } from './unit-embedding.js';

const MODEL = 'm';
const plain: Calibration = {
  modelId: MODEL,
  people: 0,
  pairs: 0,
  tail: [],
  crowding: new Array<number>(128).fill(0),
  fused: [0, 0, 0],
  usualRival: 0.5,
  tails: [],
};

/** A unit vector with these first numbers. */
const face = (...numbers: number[]): Float32Array =>
  unitOf(Float32Array.from({ length: 128 }, (_, at) => numbers[at] ?? 0));

function galleryOf(people: Readonly<Record<string, readonly Float32Array[]>>): Gallery {
  const gallery = new Gallery(MODEL, new PortableCodeScan());
  for (const [personId, templates] of Object.entries(people)) {
    templates.forEach((embedding, at) => {
      gallery.add({ templateId: `${personId}${String(at)}`, personId, modelId: MODEL, embedding });
    });
  }
  return gallery;
}

function rank(gallery: Gallery, embedding: Float32Array, calibration = plain) {
  const ranked = rankPeople(gallery, { modelId: MODEL, embedding }, calibration);
  if (!ranked.ok) throw new Error(ranked.error);
  return ranked.value;
}

describe('rankPeople', () => {
  it.each([0, 1, 2])('behaves with %i people', (count) => {
    const people = { a: [face(1)], b: [face(0, 1)] };
    const gallery = galleryOf(Object.fromEntries(Object.entries(people).slice(0, count)));
    const { candidates, people: size } = rank(gallery, face(1, 0.1));
    expect(size).toBe(count);
    expect(candidates.map(({ personId }) => personId)).toEqual(['a', 'b'].slice(0, count));
  });

  it('compares with the mean of the templates, not with the nearest', () => {
    const gallery = galleryOf({ spread: [face(1, 0), face(0.2, 1)], close: [face(1, 0.3), face(1, -0.3)] });
    const [first] = rank(gallery, face(1)).candidates;
    expect(first?.personId).toBe('close');
    expect(first?.likeness).toBeCloseTo(1, 5);
  });

  it('gives a number also for templates that cancel each other out', () => {
    const gallery = galleryOf({ odd: [face(1), face(-1)], other: [face(0, 1)] });
    const { candidates } = rank(gallery, face(1));
    expect(candidates.map(({ personId }) => personId)).toEqual(['odd', 'other']);
    expect(candidates[0]?.likeness).toBeCloseTo(1, 5);
  });

  it('takes off what crowding and fusing bring', () => {
    const gallery = galleryOf({ one: [face(1, 0, 0.3)], two: [face(1, 0.29), face(1, 0.31)] });
    const probe = face(1);
    expect(rank(gallery, probe).candidates[0]?.personId).toBe('two');
    expect(rank(gallery, probe, { ...plain, fused: [0, 0.1] }).candidates[0]?.personId).toBe('one');
    const crowding = plain.crowding.map((_, at) => (at === 1 ? 0.5 : 0));
    expect(rank(gallery, probe, { ...plain, crowding }).candidates[0]?.personId).toBe('one');
    const atProbe = plain.crowding.map((_, at) => (at === 0 ? 0.5 : 0));
    const [plainly] = rank(gallery, probe).candidates;
    const [relieved] = rank(gallery, probe, { ...plain, crowding: atProbe }).candidates;
    expect(relieved!.likeness).toBeLessThan(plainly!.likeness - 0.9);
  });

  it('takes off what is like the candidate only in galleries where that was measured to help', () => {
    const crowd = (size: number, templates: number) =>
      galleryOf({
        a: Array.from({ length: templates }, () => face(1)),
        twin: [face(1, 0.2)],
        ...Object.fromEntries(
          Array.from({ length: size - 2 }, (_, at) => [`p${String(at)}`, [face(0, 0, at + 1, 40)]]),
        ),
      });
    const likeness = (size: number, templates: number) =>
      rank(crowd(size, templates), face(1)).candidates.find(({ personId }) => personId === 'a')?.likeness;
    expect(likeness(299, 1)).toBeCloseTo(1, 5);
    expect(likeness(300, 1)).toBeLessThan(0.96);
    expect(likeness(300, 2)).toBeCloseTo(1, 5);
    expect(likeness(2001, 1)).toBeCloseTo(1, 5);
  });

  it('leaves the gallery and the probe as they were', () => {
    const gallery = galleryOf({ a: [face(1)], b: [face(0, 1)] });
    const probe = face(1, 1);
    const before = [Float32Array.from(gallery.rows.vectors), Float32Array.from(probe)];
    rank(gallery, probe);
    expect([gallery.rows.vectors, probe]).toEqual(before);
  });

  it('refuses what cannot be compared', () => {
    const gallery = galleryOf({ a: [face(1)] });
    const of = (modelId: string, embedding: Float32Array, calibration = plain) =>
      rankPeople(gallery, { modelId, embedding }, calibration);
    expect(of('other', face(1))).toEqual({ ok: false, error: 'MODEL_MISMATCH' });
    expect(of(MODEL, face(1), { ...plain, modelId: 'other' })).toEqual({
      ok: false,
      error: 'MODEL_MISMATCH',
    });
    expect(of(MODEL, face(1).slice(1))).toEqual({ ok: false, error: 'EMBEDDING_LENGTH' });
    expect(
      of(
        MODEL,
        face(1).map((value) => value * 1.1),
      ),
    ).toEqual({ ok: false, error: 'EMBEDDING_NOT_UNIT' });
  });
});
