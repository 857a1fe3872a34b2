// What calibration learns, on people whose crowding is known because it was made.
import { describe, expect, it } from 'vitest';
import { learnCrowding } from './crowding.js';
import type { LabelledPerson } from './labelled.js';
import { measureScoreTails } from './score-tails.js';

const LENGTH = 128;

/** Mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const unit = (values: Float32Array): Float32Array => {
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
};

/** Half of the people lie near the second axis, close together; the others are spread out. Three pictures each. */
function madePeople(count: number): LabelledPerson[] {
  const random = seeded(1);
  const noise = (size: number) => () => (random() - 0.5) * size;
  return Array.from({ length: count }, (_, at) => {
    const isCrowded = at % 2 === 0;
    const own = Float32Array.from({ length: LENGTH }, noise(isCrowded ? 0.15 : 0.35));
    own[0] = 1;
    own[1] = isCrowded ? 0.5 : -0.5;
    const shake = noise(0.1);
    const pictures = Array.from({ length: 3 }, () => unit(own.map((value) => value + shake())));
    return { person: `p${String(at)}`, pictures };
  });
}

describe('learnCrowding', () => {
  it('points to where people lie close together', () => {
    const people = madePeople(80);
    const crowding = learnCrowding(people);
    const at = (person: LabelledPerson | undefined): number =>
      crowding.reduce((sum, value, index) => sum + value * (person?.pictures[0]?.[index] ?? 0), 0);
    expect(crowding).toHaveLength(LENGTH);
    expect(at(people[0])).toBeGreaterThan(at(people[1]) + 0.01);
    expect(Math.abs(crowding[1] ?? 0)).toBe(Math.max(...crowding.map(Math.abs)));
  });
});

describe('measureScoreTails', () => {
  const measured = measureScoreTails('m', madePeople(130));

  it('measures galleries of one and of as many as a half allows', () => {
    expect(measured.tails.map(({ people }) => people)).toEqual([1, 50]);
    expect(measured.tails[0]?.attempts).toBe(2 * 65 * 64 * 3);
    for (const { points, people, attempts } of measured.tails) {
      expect(points.length).toBeGreaterThan(4);
      points.forEach(({ rate }) => {
        expect(rate * people * attempts).toBeGreaterThanOrEqual(19.9);
      });
      const scores = points.map(({ score }) => score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
    }
  });

  it('finds that strangers come nearer to a mean of several pictures', () => {
    const [one, two, three] = measured.fused;
    expect(one).toBe(0);
    expect(two).toBeGreaterThan(0);
    expect(three).toBeGreaterThan(two ?? 1);
  });
});
