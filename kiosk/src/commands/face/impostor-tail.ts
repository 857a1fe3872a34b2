// Turns labelled embeddings into error rates by distance. Pure.
// Impostors are compared as a tablet compares them: a fused template against somebody else's picture. Fusing brings
// strangers nearer, so rates of single pictures would promise too much.

import { distanceBetween, meanDirection } from '../../engine/embed/unit.js';
import type { LabelledPerson } from './labelled.js';

/** Share of comparisons of a template with another person nearer than `distance` (unit-length Euclidean). */
interface TailPoint {
  readonly distance: number;
  readonly fmr: number;
}

/** Share of same-person pairs at `distance` or farther. */
interface MissPoint {
  readonly distance: number;
  readonly fnmr: number;
}

export interface ErrorRates {
  readonly people: number;
  readonly impostorPairs: number;
  readonly genuinePairs: number;
  readonly impostorTail: readonly TailPoint[];
  readonly genuineMiss: readonly MissPoint[];
}

const STEPS_PER_UNIT = 100;
const LONGEST = 2;
/** Below this many accidents a rate says little; the tail starts where there are more. */
const LEAST_ACCIDENTS = 20;
/** Pictures that are fused into a template; people with fewer than two give none. */
const PICTURES_PER_TEMPLATE = 3;
/** Beyond this rate nobody sets a threshold. */
const HIGHEST_FMR = 0.2;

/** Compares templates with everybody else's pictures, and the pictures of each person with one another. */
export function measureErrorRates(people: readonly LabelledPerson[]): ErrorRates {
  const impostors = new Histogram();
  const genuine = new Histogram();
  for (const person of people) {
    const { pictures } = person;
    pictures.forEach((a, index) => {
      for (const b of pictures.slice(index + 1)) genuine.add(distanceBetween(a, b));
    });
    if (pictures.length < 2) continue;
    const template = meanDirection(pictures.slice(0, PICTURES_PER_TEMPLATE));
    for (const other of people) {
      if (other === person) continue;
      for (const picture of other.pictures) impostors.add(distanceBetween(template, picture));
    }
  }
  const impostorTail: TailPoint[] = [];
  const genuineMiss: MissPoint[] = [];
  for (const { distance, count, share } of impostors.cumulative()) {
    if (count < LEAST_ACCIDENTS || share > HIGHEST_FMR) continue;
    impostorTail.push({ distance, fmr: Number(share.toPrecision(4)) });
    genuineMiss.push({ distance, fnmr: Number((1 - genuine.shareBelow(distance)).toPrecision(4)) });
  }
  return {
    people: people.length,
    impostorPairs: impostors.total,
    genuinePairs: genuine.total,
    impostorTail,
    genuineMiss,
  };
}

/** Counts of distances in steps of a hundredth. */
class Histogram {
  private readonly counts = new Float64Array(LONGEST * STEPS_PER_UNIT + 1);
  total = 0;

  add(distance: number): void {
    const step = Math.floor(distance * STEPS_PER_UNIT);
    this.counts[step] = (this.counts[step] ?? 0) + 1;
    this.total += 1;
  }

  cumulative(): { distance: number; count: number; share: number }[] {
    let count = 0;
    return Array.from(this.counts, (added, step) => {
      count += added;
      return { distance: (step + 1) / STEPS_PER_UNIT, count, share: count / Math.max(1, this.total) };
    });
  }

  shareBelow(distance: number): number {
    const steps = Math.round(distance * STEPS_PER_UNIT);
    return this.counts.slice(0, steps).reduce((sum, added) => sum + added, 0) / Math.max(1, this.total);
  }
}
