// Where the network crowds people together, as one direction: learned from which labelled faces have near neighbours
// among other people. What is kept is 128 numbers about everybody together, nothing about anybody.

import { InvariantError } from '@hazri/shared/result';
import type { LabelledPerson } from './labelled.js';

/** The nearest other people whose mean similarity says how crowded it is around a face. */
const NEIGHBOURS = 5;
/** Ridge: holds the direction near zero where the pictures say little; in the unit of the embeddings' variance. */
const RIDGE = 0.0065;
/** How much of the predicted crowding is taken off. */
const SHARE = 0.8;
const DIGITS = 4;

interface Observation {
  readonly embedding: Float32Array;
  readonly crowding: number;
  /** Every person counts the same, however many pictures there are. */
  readonly weight: number;
}

/** The direction whose dot product with an embedding of unit length says how crowded it is there. */
export function learnCrowding(people: readonly LabelledPerson[]): number[] {
  const observed = people.flatMap((person) => observe(person, people));
  const length = observed[0]?.embedding.length ?? 0;
  const total = observed.reduce((sum, { weight }) => sum + weight, 0);
  const mean = weightedMean(observed, length, total);
  const level = observed.reduce((sum, { crowding, weight }) => sum + crowding * weight, 0) / total;
  const matrix = Array.from({ length }, () => new Float64Array(length));
  const target = new Float64Array(length);
  for (const { embedding, crowding, weight } of observed) {
    const centred = Float64Array.from(embedding, (value, at) => value - (mean[at] ?? 0));
    const share = weight / total;
    for (const [row, line] of matrix.entries()) {
      const scaled = (centred[row] ?? 0) * share;
      target[row] = (target[row] ?? 0) + scaled * (crowding - level);
      for (let column = 0; column < length; column += 1) {
        line[column] = (line[column] ?? 0) + scaled * (centred[column] ?? 0);
      }
    }
  }
  matrix.forEach((line, at) => (line[at] = (line[at] ?? 0) + RIDGE));
  return [...solve(matrix, target)].map((value) => Number((value * SHARE).toFixed(DIGITS)));
}

function observe(person: LabelledPerson, people: readonly LabelledPerson[]): Observation[] {
  return person.pictures.map((embedding) => {
    const near = people
      .filter((other) => other !== person)
      .map(({ pictures: [first] }) => (first ? dotOf(embedding, first) : -1))
      .sort((a, b) => b - a)
      .slice(0, NEIGHBOURS);
    const crowding = near.reduce((sum, value) => sum + value, 0) / Math.max(1, near.length);
    return { embedding, crowding, weight: 1 / person.pictures.length };
  });
}

function weightedMean(observed: readonly Observation[], length: number, total: number): Float64Array {
  const mean = new Float64Array(length);
  for (const { embedding, weight } of observed) {
    for (let at = 0; at < length; at += 1) {
      mean[at] = (mean[at] ?? 0) + ((embedding[at] ?? 0) * weight) / total;
    }
  }
  return mean;
}

/** Solves a symmetric positive definite system by Gauss elimination; overwrites both. */
function solve(matrix: Float64Array[], target: Float64Array): Float64Array {
  const size = target.length;
  for (const [pivot, line] of matrix.entries()) {
    const divisor = line[pivot] ?? 0;
    if (!(divisor > 0)) throw new InvariantError('the ridge keeps every pivot above zero');
    for (let row = pivot + 1; row < size; row += 1) {
      const other = matrix[row];
      const factor = (other?.[pivot] ?? 0) / divisor;
      if (!other || factor === 0) continue;
      for (let column = pivot; column < size; column += 1) {
        other[column] = (other[column] ?? 0) - factor * (line[column] ?? 0);
      }
      target[row] = (target[row] ?? 0) - factor * (target[pivot] ?? 0);
    }
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let rest = target[row] ?? 0;
    for (let column = row + 1; column < size; column += 1) {
      rest -= (matrix[row]?.[column] ?? 0) * (target[column] ?? 0);
    }
    target[row] = rest / (matrix[row]?.[row] ?? 1);
  }
  return target;
}

export function dotOf(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
