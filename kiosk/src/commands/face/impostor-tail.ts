// Turns labelled embeddings into error rates by distance. Pure.

import { distanceBetween } from '../../engine/embed/unit.js';

/** One labelled embedding of unit length. */
export interface LabelledEmbedding {
  readonly person: string;
  readonly embedding: Float32Array;
}

/** Share of different-people pairs nearer than `distance` (unit-length Euclidean). */
export interface TailPoint {
  readonly distance: number;
  readonly fmr: number;
}

/** Share of same-person pairs at `distance` or farther. */
export interface MissPoint {
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
const LEAST_ACCIDENTS = 5;
/** Beyond this rate nobody sets a threshold. */
const HIGHEST_FMR = 0.2;

/** Compares every embedding with every other one. */
export function measureErrorRates(embeddings: readonly LabelledEmbedding[]): ErrorRates {
  const impostors = new Float64Array(LONGEST * STEPS_PER_UNIT + 1);
  const genuine = new Float64Array(LONGEST * STEPS_PER_UNIT + 1);
  let impostorPairs = 0;
  let genuinePairs = 0;
  embeddings.forEach((a, index) => {
    for (const b of embeddings.slice(index + 1)) {
      const step = Math.floor(distanceBetween(a.embedding, b.embedding) * STEPS_PER_UNIT);
      const isSame = a.person === b.person;
      const counts = isSame ? genuine : impostors;
      counts[step] = (counts[step] ?? 0) + 1;
      if (isSame) genuinePairs += 1;
      else impostorPairs += 1;
    }
  });
  const impostorTail: TailPoint[] = [];
  const genuineMiss: MissPoint[] = [];
  let accepted = 0;
  let matched = 0;
  for (let step = 0; step < impostors.length; step += 1) {
    accepted += impostors[step] ?? 0;
    matched += genuine[step] ?? 0;
    const fmr = accepted / Math.max(1, impostorPairs);
    if (accepted < LEAST_ACCIDENTS || fmr > HIGHEST_FMR) continue;
    const distance = (step + 1) / STEPS_PER_UNIT;
    impostorTail.push({ distance, fmr: Number(fmr.toPrecision(4)) });
    genuineMiss.push({ distance, fnmr: Number((1 - matched / Math.max(1, genuinePairs)).toPrecision(4)) });
  }
  const people = new Set(embeddings.map(({ person }) => person)).size;
  return { people, impostorPairs, genuinePairs, impostorTail, genuineMiss };
}
