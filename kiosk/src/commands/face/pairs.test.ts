import { UserError } from '@hazri/shared/result';
import { describe, expect, it } from 'vitest';
import { measureErrorRates } from './impostor-tail.js';
import { groupByPerson } from './labelled.js';
import { parsePairs } from './pairs-file.js';
import { verify } from './verification.js';

describe('parsePairs', () => {
  it('reads folds of same and different pairs', () => {
    const text = '2\t1\nAnn_Lee\t1\t2\nAnn_Lee\t1\tBo\t3\nBo\t3\t4\nBo\t4\tCy\t12\n';
    const { folds, pairs } = parsePairs(text);
    expect(folds).toBe(2);
    expect(pairs[0]).toEqual({
      first: 'Ann_Lee/Ann_Lee_0001.jpg',
      second: 'Ann_Lee/Ann_Lee_0002.jpg',
      isSame: true,
      fold: 0,
    });
    expect(pairs[3]).toMatchObject({ second: 'Cy/Cy_0012.jpg', isSame: false, fold: 1 });
  });

  it.each([
    '',
    '10',
    'x\ty\nA\t1\t2',
    '1\t1\nA\t1\t2',
    '1\t1\nA\t1\t2\nA\t1',
    '1\t1\n../etc\t1\t2\nA\t1\tB\t2',
  ])('refuses %j', (text) => {
    expect(() => parsePairs(text)).toThrow(UserError);
  });
});

describe('verify', () => {
  const pair = (distance: number, isSame: boolean, fold: number) => ({ distance, isSame, fold });

  it('is perfect where the two kinds lie apart', () => {
    const pairs = [0, 1].flatMap((fold) => [
      pair(0.2, true, fold),
      pair(0.3, true, fold),
      pair(0.8, false, fold),
    ]);
    expect(verify(pairs, 2)).toMatchObject({ accuracy: 1, accuracySd: 0, folds: [1, 1], eer: 0 });
  });

  it('judges each fold with the threshold of the others', () => {
    const pairs = [
      ...[0.1, 0.2, 0.3].map((distance) => pair(distance, true, 0)),
      ...[0.6, 0.7, 0.8].map((distance) => pair(distance, false, 0)),
      ...[0.5, 0.6].map((distance) => pair(distance, true, 1)),
      ...[0.9, 0.95].map((distance) => pair(distance, false, 1)),
    ];
    const { folds } = verify(pairs, 2);
    expect(folds[1]).toBe(0.5);
  });

  it('reports the share accepted at a false match rate', () => {
    const impostors = Array.from({ length: 1000 }, (_, index) => pair(0.4 + index / 2000, false, 0));
    const genuine = Array.from({ length: 100 }, (_, index) => pair(0.3 + index / 500, true, 0));
    const { tarAtFmr } = verify([...impostors, ...genuine], 1);
    expect(tarAtFmr['0.01']).toBeCloseTo(0.53, 1);
    expect(tarAtFmr['0.001']).toBeLessThan(tarAtFmr['0.01'] ?? 0);
  });
});

describe('measureErrorRates', () => {
  it('counts pairs of people and of pictures', () => {
    const at = (person: string, angle: number) => ({
      person,
      embedding: Float32Array.of(Math.cos(angle), Math.sin(angle)),
    });
    const people = Array.from({ length: 30 }, (_, index) => [
      at(String(index), index / 30),
      at(String(index), index / 30 + 0.01),
    ]).flat();
    const rates = measureErrorRates(groupByPerson(people));
    expect(rates).toMatchObject({ people: 30, impostorPairs: 30 * 58, genuinePairs: 30 });
    const distances = rates.impostorTail.map(({ distance }) => distance);
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
    expect(rates.genuineMiss[0]?.fnmr).toBe(0);
  });
});
