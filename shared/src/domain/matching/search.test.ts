// The search against a plain double loop: same people, same distances, whatever the gallery looks like.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PortableCodeScan } from './code-scan.js';
import { Gallery } from './gallery.js';
import { quantise, slackOf } from './quantise.js';
import { searchNearest } from './search.js';
import { checkEmbedding, unitOf } from './unit-embedding.js';

const MODEL = 'test-model';

/** Small whole numbers make ties and near-duplicates likely; the scale is taken out by the norm. */
const unit = fc
  .array(fc.integer({ min: -6, max: 6 }), { minLength: 128, maxLength: 128 })
  .map((values) => unitOf(Float32Array.from(values, (value, at) => value + (at === 0 ? 0.5 : 0))));

/** A face near `base`, as templates of one person are. */
const near = (base: Float32Array, noise: readonly number[]): Float32Array =>
  unitOf(base.map((value, at) => value + (noise[at % noise.length] ?? 0) * 0.02));

function galleryOf(rows: readonly { person: string; embedding: Float32Array }[]): Gallery {
  const gallery = new Gallery(MODEL, new PortableCodeScan());
  rows.forEach(({ person, embedding }, at) => {
    const added = gallery.add({ templateId: `t${String(at)}`, personId: person, modelId: MODEL, embedding });
    if (!added.ok) throw new Error(added.error);
  });
  return gallery;
}

/** Distance of each person's nearest template, nearest person first. */
function plainSearch(
  rows: readonly { person: string; embedding: Float32Array }[],
  probe: Float32Array,
  count: number,
) {
  const nearest = new Map<string, number>();
  for (const { person, embedding } of rows) {
    let sum = 0;
    for (let at = 0; at < 128; at += 1) sum += (embedding[at]! - probe[at]!) ** 2;
    nearest.set(person, Math.min(nearest.get(person) ?? Infinity, Math.sqrt(sum)));
  }
  return [...nearest.values()].sort((a, b) => a - b).slice(0, count);
}

const rowsOf = fc.array(
  fc.record({ person: fc.integer({ min: 0, max: 12 }).map((n) => `p${String(n)}`), embedding: unit }),
  { maxLength: 60 },
);

describe('searchNearest', () => {
  it('finds the same distances as a plain double loop', () => {
    fc.assert(
      fc.property(
        rowsOf,
        unit,
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 5, maxLength: 5 }),
        fc.integer({ min: 1, max: 14 }),
        (rows, other, noise, count) => {
          const first = rows[0];
          for (const probe of first === undefined ? [other] : [other, near(first.embedding, noise)]) {
            const found = searchNearest(galleryOf(rows), { modelId: MODEL, embedding: probe }, count);
            if (!found.ok) throw new Error(found.error);
            const expected = plainSearch(rows, probe, count);
            expect(found.value).toHaveLength(expected.length);
            found.value.forEach((candidate, at) => {
              expect(candidate.distance).toBeCloseTo(expected[at]!, 3);
            });
            expect(new Set(found.value.map((candidate) => candidate.personId)).size).toBe(expected.length);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each([0, 1, 2])('behaves with %i people', (count) => {
    const rows = Array.from({ length: count }, (_, at) => {
      const embedding = new Float32Array(128);
      embedding[at] = 1;
      return { person: `p${String(at)}`, embedding };
    });
    const probe = new Float32Array(128);
    probe[0] = 1;
    const found = searchNearest(galleryOf(rows), { modelId: MODEL, embedding: probe }, 2);
    expect(found.ok && found.value.map((one) => one.personId)).toEqual(rows.map((row) => row.person));
    if (found.ok && count > 0) expect(found.value[0]?.distance).toBeLessThan(1e-3);
    if (found.ok && count > 1) expect(found.value[1]?.distance).toBeCloseTo(Math.SQRT2, 5);
  });

  it('counts many templates of one person as one person', () => {
    const probe = unitOf(Float32Array.from({ length: 128 }, (_, at) => Math.sin(at)));
    const rows = Array.from({ length: 8 }, (_, at) => ({
      person: 'same',
      embedding: near(probe, [at, 1, -1]),
    }));
    const found = searchNearest(galleryOf(rows), { modelId: MODEL, embedding: probe }, 2);
    expect(found.ok && found.value.map((one) => one.personId)).toEqual(['same']);
  });

  it('refuses what is no embedding of this model', () => {
    const gallery = galleryOf([]);
    const good = new Float32Array(128).fill(Math.sqrt(1 / 128));
    const cases: [Float32Array, string, string][] = [
      [good, 'other-model', 'MODEL_MISMATCH'],
      [good.slice(1), MODEL, 'EMBEDDING_LENGTH'],
      [good.map((value) => value * 2), MODEL, 'EMBEDDING_NOT_UNIT'],
      [good.map((value, at) => (at === 3 ? Number.NaN : value)), MODEL, 'EMBEDDING_NOT_FINITE'],
      [new Float32Array(128), MODEL, 'EMBEDDING_NOT_UNIT'],
    ];
    for (const [embedding, modelId, error] of cases) {
      expect(searchNearest(gallery, { modelId, embedding }, 2)).toEqual({ ok: false, error });
      expect(gallery.add({ templateId: 't', personId: 'p', modelId, embedding })).toEqual({
        ok: false,
        error,
      });
    }
    expect(gallery.templateCount).toBe(0);
    expect(checkEmbedding(good).ok).toBe(true);
  });
});

describe('the bound that makes it exact', () => {
  it('never lies below the true dot product', () => {
    fc.assert(
      fc.property(unit, unit, (a, b) => {
        const codes = new Int8Array(256);
        const probe = quantise(a, codes, 0);
        const row = quantise(b, codes, 128);
        let integerDot = 0;
        let dot = 0;
        for (let at = 0; at < 128; at += 1) {
          integerDot += codes[at]! * codes[128 + at]!;
          dot += a[at]! * b[at]!;
        }
        const slack = slackOf(probe);
        const atMost =
          probe.scale * row.scale * integerDot + slack.perResidual * row.residual + slack.constant;
        expect(atMost).toBeGreaterThanOrEqual(dot);
        expect(atMost - dot).toBeLessThan(0.06);
      }),
    );
  });
});

describe('a gallery', () => {
  it('forgets a person and keeps the others, in any order of adding and removing', () => {
    const step = fc.record({ person: fc.integer({ min: 0, max: 5 }), add: fc.boolean(), embedding: unit });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), unit, (steps, probe) => {
        const gallery = galleryOf([]);
        let rows: { person: string; embedding: Float32Array }[] = [];
        steps.forEach(({ person, add, embedding }, at) => {
          const name = `p${String(person)}`;
          if (add) {
            gallery.add({ templateId: `t${String(at)}`, personId: name, modelId: MODEL, embedding });
            rows.push({ person: name, embedding });
          } else {
            const removed = gallery.removePerson(name);
            expect(removed).toBe(rows.filter((row) => row.person === name).length);
            rows = rows.filter((row) => row.person !== name);
          }
        });
        expect(gallery.templateCount).toBe(rows.length);
        expect(gallery.personCount).toBe(new Set(rows.map((row) => row.person)).size);
        const found = searchNearest(gallery, { modelId: MODEL, embedding: probe }, 2);
        const expected = plainSearch(rows, probe, 2);
        expect(found.ok && found.value.length).toBe(expected.length);
        if (found.ok && expected[0] !== undefined) {
          expect(found.value[0]?.distance).toBeCloseTo(expected[0], 3);
        }
      }),
      { numRuns: 80 },
    );
  });

  it('leaves no number of a removed face in its memory', () => {
    const probe = unitOf(Float32Array.from({ length: 128 }, (_, at) => Math.cos(at)));
    const gallery = galleryOf([{ person: 'gone', embedding: probe }]);
    gallery.removePerson('gone');
    expect(gallery.rows.vectors.every((value) => value === 0)).toBe(true);
    expect(gallery.scan.codes.every((value) => value === 0)).toBe(true);
  });

  it('is all zeros once cleared, and usable again', () => {
    const probe = unitOf(Float32Array.from({ length: 128 }, (_, at) => Math.cos(at)));
    const gallery = galleryOf([{ person: 'a', embedding: probe }]);
    gallery.clear();
    expect(gallery.templateCount).toBe(0);
    expect(gallery.personCount).toBe(0);
    expect(gallery.rows.vectors.every((value) => value === 0)).toBe(true);
    expect(gallery.add({ templateId: 't', personId: 'a', modelId: MODEL, embedding: probe }).ok).toBe(true);
  });
});
