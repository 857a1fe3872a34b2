// How high strangers score, by the very ranking and score that the server decides with, in galleries of several sizes.
// People are halved: what is learned from one half is measured on the other, so nothing is judged by itself.

import type { Calibration, ScoreTail } from '@hazri/shared/domain/matching/calibration-type';
import { scoreOf } from '@hazri/shared/domain/matching/decide';
import { type Ranking, rankPeople } from '@hazri/shared/domain/matching/rank';
import { InvariantError } from '@hazri/shared/result';
import { dotOf, learnCrowding } from './crowding.js';
import { enrol, type LabelledPerson } from './labelled.js';

/** What the score needs beside distances. */
export type ScoreCalibration = Pick<Calibration, 'modelId' | 'crowding' | 'fused' | 'usualRival' | 'tails'>;

/** Galleries of each size that are drawn from a half; enough for some ten thousand attempts. */
const DRAWS: readonly { readonly people: number; readonly draws: number }[] = [
  { people: 50, draws: 20 },
  { people: 150, draws: 25 },
  { people: 350, draws: 40 },
];
/** A gallery of one is every person in turn. */
const ALONE = 1;
/** Shares of attempts at which a tail is written down. */
const SHARES: readonly number[] = [
  1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 3e-3, 5e-3, 1e-2, 2e-2, 3e-2, 5e-2, 0.1, 0.2, 0.5,
];
const LEAST_ACCIDENTS = 20;
/** Templates whose mean is measured; more than these bring little. */
const MOST_FUSED = 3;
/** The rate at which tails of one and of several templates are laid over each other. */
const FUSED_RATE = 1e-3;
const RIVAL_PEOPLE = 50;
const RIVAL_DRAWS = 10;

type Half = Omit<ScoreCalibration, 'tails'>;

/** Learns the parts of the score and measures its tails. At least a few hundred people, some with three pictures. */
export function measureScoreTails(modelId: string, people: readonly LabelledPerson[]): ScoreCalibration {
  const random = seeded(people.length);
  const mixed = shuffled(people, random);
  const halves = [mixed.filter((_, at) => at % 2 === 0), mixed.filter((_, at) => at % 2 === 1)] as const;
  const sides = [
    { measured: halves[0], learned: learnHalf(modelId, halves[1], random) },
    { measured: halves[1], learned: learnHalf(modelId, halves[0], random) },
  ];
  const sizes = DRAWS.filter(({ people: size }) => halves[1].length >= size * 1.2);
  const tails = [{ people: ALONE, draws: 0 }, ...sizes].map(({ people: size, draws }) =>
    tailOf(
      size,
      sides.flatMap(({ measured, learned }) =>
        size === ALONE
          ? aloneScores(measured, learned)
          : Array.from({ length: draws }, () => drawnScores(measured, learned, size, random)).flat(),
      ),
    ),
  );
  return { ...learnHalf(modelId, people, random), tails };
}

function learnHalf(modelId: string, people: readonly LabelledPerson[], random: () => number): Half {
  const crowding = learnCrowding(people);
  const fused = measureFused(people, crowding);
  const half = { modelId, crowding, fused, usualRival: 0 };
  const rivals = Array.from({ length: RIVAL_DRAWS }, () =>
    rankingsOfStrangers(people, half, RIVAL_PEOPLE, random),
  )
    .flat()
    .map(({ candidates }) => candidates[1]?.likeness ?? 0)
    .sort((a, b) => a - b);
  return { ...half, usualRival: round(rivals[rivals.length >> 1] ?? 0) };
}

/** How much nearer strangers come to the mean of two and of three pictures than to one. */
function measureFused(people: readonly LabelledPerson[], crowding: readonly number[]): number[] {
  const enough = people.filter(({ pictures }) => pictures.length >= MOST_FUSED);
  const reached = Array.from({ length: MOST_FUSED }, (_, at) => {
    const likeness: number[] = [];
    for (const person of enough) {
      const centre = centreOf(person.pictures.slice(0, at + 1));
      for (const other of people) {
        if (other === person) continue;
        for (const picture of other.pictures) {
          likeness.push(dotOf(centre, picture) - dotOf(crowding, centre) - dotOf(crowding, picture));
        }
      }
    }
    likeness.sort((a, b) => b - a);
    return likeness[Math.floor(likeness.length * FUSED_RATE)] ?? 0;
  });
  return reached.map((value) => round(value - (reached[0] ?? 0)));
}

function centreOf(pictures: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(pictures[0]?.length ?? 0);
  for (const picture of pictures) picture.forEach((value, at) => (sum[at] = (sum[at] ?? 0) + value));
  const length = Math.hypot(...sum);
  return sum.map((value) => value / length);
}

function aloneScores(people: readonly LabelledPerson[], learned: Half): number[] {
  return people.flatMap((person) => {
    const others = people.filter((other) => other !== person);
    return scoresOf(rankingsIn([asEnrolled(person)], others, learned), learned);
  });
}

const drawnScores = (
  people: readonly LabelledPerson[],
  learned: Half,
  size: number,
  random: () => number,
): number[] => scoresOf(rankingsOfStrangers(people, learned, size, random), learned);

function rankingsOfStrangers(
  people: readonly LabelledPerson[],
  learned: Half,
  size: number,
  random: () => number,
): Ranking[] {
  const mixed = shuffled(people, random);
  return rankingsIn(mixed.slice(0, size).map(asEnrolled), mixed.slice(size), learned);
}

const asEnrolled = ({ person, pictures }: LabelledPerson): LabelledPerson => ({
  person,
  pictures: pictures.slice(0, MOST_FUSED),
});

function rankingsIn(
  enrolled: readonly LabelledPerson[],
  strangers: readonly LabelledPerson[],
  learned: Half,
): Ranking[] {
  const gallery = enrol(learned.modelId, enrolled);
  const { modelId } = learned;
  return strangers.flatMap(({ pictures }) =>
    pictures.map((embedding) => {
      const ranked = rankPeople(gallery, { modelId, embedding }, asCalibration(learned));
      if (!ranked.ok) throw new InvariantError(`the engine gave no usable embedding: ${ranked.error}`);
      return ranked.value;
    }),
  );
}

const scoresOf = (rankings: readonly Ranking[], learned: Half): number[] =>
  rankings.map((ranking) => scoreOf(ranking, asCalibration(learned)) ?? -1);

const asCalibration = (learned: Half): Calibration => ({
  ...learned,
  people: 0,
  pairs: 0,
  tail: [],
  tails: [],
});

function tailOf(people: number, scores: readonly number[]): ScoreTail {
  const sorted = Float64Array.from(scores).sort().reverse();
  const attempts = sorted.length;
  const points = SHARES.filter((share) => share * attempts >= LEAST_ACCIDENTS).map((share) => ({
    score: round(sorted[Math.floor(share * attempts)] ?? 0),
    rate: Number((share / people).toPrecision(4)),
  }));
  return { people, attempts, points };
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const mixed = [...items];
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T];
  }
  return mixed;
}

/** Mulberry32: the same galleries in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const round = (value: number): number => Number(value.toFixed(4));
