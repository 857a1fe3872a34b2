import type { Calibration } from '@hazri/shared/domain/matching/calibration-type';
import { UserError } from '@hazri/shared/result';
import { describe, expect, it } from 'vitest';
import { identify } from './identification.js';
import { parseLabelledPaths } from './identify-file.js';
import { enrol, groupByPerson } from './labelled.js';

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return error.code;
    throw error;
  }
  return 'none';
};

describe('parseLabelledPaths', () => {
  it('finds the two columns wherever they stand, and takes quotation marks off', () => {
    const text = '\uFEFFidentity,more,path\r\nAnn,1,a/1.jpg\r\n,2,"b, ""c"".jpg"\r\n\r\n';
    expect(parseLabelledPaths(text, 'list.csv')).toEqual([
      { path: 'a/1.jpg', identity: 'Ann' },
      { path: 'b, "c".jpg', identity: '' },
    ]);
  });

  it.each([
    ['', 'CSV_COLUMNS'],
    ['path\na.jpg', 'CSV_COLUMNS'],
    ['a.jpg,Ann', 'CSV_COLUMNS'],
    ['path,identity\na.jpg', 'CSV_FORMAT'],
    ['path,identity\n,Ann', 'CSV_FORMAT'],
    ['path,identity\na.jpg,Ann,more', 'CSV_FORMAT'],
    ['path,identity\n"a.jpg,Ann', 'CSV_FORMAT'],
  ])('refuses %j', (text, code) => {
    expect(codeOf(() => parseLabelledPaths(text, 'list.csv'))).toBe(code);
  });
});

const MODEL = 'm';
/** Scores of a tenth less are ten times more frequent; likeness is the plain cosine. */
const calibration: Calibration = {
  modelId: MODEL,
  people: 0,
  pairs: 0,
  tail: [],
  crowding: new Array<number>(128).fill(0),
  fused: [0],
  usualRival: 0,
  tails: [
    {
      people: 1,
      attempts: 1e9,
      points: [6, 5, 4, 3, 2].map((tenths) => ({ score: 0.3 + tenths / 10, rate: 10 ** -tenths })),
    },
  ],
};

/** A unit vector with this cosine to the axis, the rest in a direction nobody else uses. */
function near(axis: number, cosine: number, own: number): Float32Array {
  const embedding = new Float32Array(128);
  embedding[axis] = cosine;
  embedding[own] = Math.sqrt(1 - cosine * cosine);
  return embedding;
}

describe('identify', () => {
  const people = groupByPerson([
    { person: 'ann', embedding: near(0, 1, 1) },
    { person: 'bo', embedding: near(2, 1, 3) },
  ]);
  const known = [
    { identity: 'ann', embedding: near(0, 0.99, 10) },
    { identity: 'ann', embedding: near(0, 0.5, 11) },
    { identity: 'bo', embedding: near(2, 0.9, 12) },
    // Right face, wrong label: never right, whatever the threshold.
    { identity: 'bo', embedding: near(0, 0.99, 13) },
  ];
  const strangers = Array.from({ length: 100 }, (_, at) => ({
    identity: '',
    embedding: near(at % 2 === 0 ? 0 : 2, at / 110, 20 + at),
  }));
  const report = identify(enrol(MODEL, people), [...known, ...strangers], calibration);

  it('counts people, probes and strangers, and who comes first', () => {
    expect(report).toMatchObject({ people: 2, probes: 4, strangers: 100, rank1: 0.75 });
  });

  it('misses more the fewer strangers may pass', () => {
    // At 1 % one stranger may pass (cosine 0.9): the second one's score is what counts.
    expect(report.fnirAtFpir['0.01']).toBe(0.5);
    expect(report.fnirAtFpir['0.001']).toBe(0.75);
    expect(Object.keys(report.fnirAtFpir)).toEqual(['0.001', '0.003', '0.01', '0.03']);
  });

  it('says what the product does for a budget', () => {
    expect(report.budgets.map(({ budget }) => budget)).toEqual([1, 3, 10]);
    const [tight] = report.budgets;
    // A rate of 1e-4 and less is at a score of 0.7 in this calibration; the budget of 1 in 1,000 over two people caps there.
    expect(tight?.threshold).toBeCloseTo(0.7, 10);
    expect(tight?.fnir).toBe(0.5);
    expect(tight?.fpir).toBeCloseTo(strangers.filter((_, at) => at / 110 > 0.7).length / 100, 10);
  });
});

describe('enrol', () => {
  it('makes several pictures of one person templates of that person', () => {
    const gallery = enrol(
      MODEL,
      groupByPerson([
        { person: 'ann', embedding: near(0, 1, 1) },
        { person: 'bo', embedding: near(2, 1, 3) },
        { person: 'ann', embedding: near(0, 0.9, 4) },
      ]),
    );
    expect([gallery.personCount, gallery.templateCount]).toEqual([2, 3]);
    expect(gallery.templatesOf('ann')).toHaveLength(2);
  });
});
