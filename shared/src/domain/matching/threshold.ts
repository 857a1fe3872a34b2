// From an error budget to what a face must reach, so that strangers are wrongly identified no more often than the
// company accepts, given how many people they are compared with.
import { InvariantError } from '../../result/result.js';
import { calibrations } from './calibration.js';
import type { Calibration } from './calibration-type.js';
import { valueAtRate } from './curve.js';

/** No identification rests on a looser comparison, however small the gallery (NIST SP 800-63B-4, FMR of biometrics). */
const LOOSEST_TO_IDENTIFY = 1e-4;
/** Looser than this a face is not even "not sure", however small the gallery. */
const LOOSEST_TO_DOUBT = 2e-3;
/** So much of a budget is planned: the rates come from a sample of people, whose relatives came or did not by chance. */
const PLANNED_SHARE = 0.5;
/** A rate that fewer accidents than this stand behind is noise. */
const ACCIDENTS_BEHIND_A_RATE = 20;

/** The calibration of a recognition model; undefined means that its embeddings must not be matched. */
export function calibrationOf(modelId: string): Calibration | undefined {
  return calibrations.find((one) => one.modelId === modelId);
}

/** The distance at which two different people's embeddings lie nearer this often. */
export function distanceAtRate(of: Calibration, fmr: number): number {
  const known = of.tail
    .filter((point) => point.fmr * of.pairs >= ACCIDENTS_BEHIND_A_RATE)
    .map((point) => ({ value: point.distance, rate: point.fmr }));
  return Math.max(0, valueAtRate(known, fmr));
}

export interface Budget {
  readonly calibration: Calibration;
  /** Accepted wrong identifications per 1,000 attempts by strangers, above 0. */
  readonly wrongPerThousand: number;
  /** People searched; by the union bound each gets an equal share of the budget. Above 0. */
  readonly people: number;
}

/** The least score that may identify. */
export const identificationThreshold = (budget: Budget): number =>
  scoreAtRate(budget, Math.min(ratePerPerson(budget), LOOSEST_TO_IDENTIFY));

/** The least score at which a second factor may still settle who it is. */
export const doubtThreshold = (budget: Budget): number =>
  scoreAtRate(budget, Math.min(ratePerPerson(budget), LOOSEST_TO_DOUBT));

/** From the largest measured gallery that is no larger: a larger one only adds rivals, which lowers scores. */
function scoreAtRate({ calibration, people }: Budget, rate: number): number {
  const measured = calibration.tails.filter((tail) => tail.people <= people).at(-1);
  if (measured === undefined) throw new InvariantError('a calibration starts with a gallery of one');
  const comparisons = measured.attempts * measured.people;
  const known = measured.points.filter((point) => point.rate * comparisons >= ACCIDENTS_BEHIND_A_RATE);
  return valueAtRate(
    known.map((point) => ({ value: point.score, rate: point.rate })),
    rate,
  );
}

function ratePerPerson({ wrongPerThousand, people }: Budget): number {
  if (!(wrongPerThousand > 0) || !(people > 0)) throw new InvariantError('no budget or no gallery');
  return (PLANNED_SHARE * wrongPerThousand) / 1000 / people;
}
