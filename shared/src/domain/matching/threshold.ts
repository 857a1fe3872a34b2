// From an error budget to a distance: how near a face must come so that strangers are wrongly identified no more often
// than the company accepts, given how many templates they are compared with.
import { InvariantError } from '../../result/result.js';
import { type Calibration, type TailPoint, calibration } from './calibration.js';

/** No identification rests on a looser comparison, however small the gallery (NIST SP 800-63B-4, FMR of biometrics). */
const LOOSEST_TO_IDENTIFY = 1e-4;
/** Farther than this a face is not even "not sure", however small the gallery. */
const LOOSEST_TO_DOUBT = 2e-3;
/** A rate that fewer pairs than this stand behind is noise. */
const PAIRS_BEHIND_A_RATE = 20;
/** How many of the lowest known points say how the tail goes on below them. */
const POINTS_FOR_SLOPE = 5;

/** The calibration of a recognition model; undefined means that its embeddings must not be matched. */
export function calibrationOf(modelId: string): Calibration | undefined {
  return calibration.modelId === modelId ? calibration : undefined;
}

/** The distance at which the tail has this false match rate: log-linear between points and beyond them. */
export function distanceAtRate(of: Calibration, fmr: number): number {
  const known = of.tail.filter((point) => point.fmr * of.pairs >= PAIRS_BEHIND_A_RATE);
  const [first, second] = known;
  const last = known.at(-1);
  if (first === undefined || second === undefined || last === undefined) {
    throw new InvariantError('a calibration knows at least two rates');
  }
  const logRate = Math.log(fmr);
  if (fmr <= first.fmr)
    return Math.max(0, first.distance + (logRate - Math.log(first.fmr)) / slopeAtStart(known));
  const at = known.findIndex((point) => point.fmr >= fmr);
  const to = known[at];
  const from = known[at - 1];
  return to === undefined || from === undefined ? last.distance : between(from, to, logRate);
}

/** Nats per unit of distance over the lowest known points, by least squares. */
function slopeAtStart(known: readonly TailPoint[]): number {
  const points = known.slice(0, POINTS_FOR_SLOPE);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = points.map((point) => point.distance);
  const y = points.map((point) => Math.log(point.fmr));
  const [meanX, meanY] = [mean(x), mean(y)];
  const covariance = mean(x.map((value, at) => (value - meanX) * ((y[at] ?? 0) - meanY)));
  return covariance / mean(x.map((value) => (value - meanX) ** 2));
}

function between(from: TailPoint, to: TailPoint, logRate: number): number {
  const low = Math.log(from.fmr);
  const high = Math.log(to.fmr);
  return from.distance + ((logRate - low) / (high - low)) * (to.distance - from.distance);
}

export interface Budget {
  readonly calibration: Calibration;
  /** Accepted wrong identifications per 1,000 attempts by strangers, above 0. */
  readonly wrongPerThousand: number;
  /** Templates searched; by the union bound each gets an equal share of the budget. Above 0. */
  readonly templateCount: number;
}

/** The largest distance that may identify. */
export const identificationThreshold = (budget: Budget): number =>
  distanceAtRate(budget.calibration, Math.min(ratePerComparison(budget), LOOSEST_TO_IDENTIFY));

/** The largest distance at which a second factor may still settle who it is. */
export const doubtThreshold = (budget: Budget): number =>
  distanceAtRate(budget.calibration, Math.min(ratePerComparison(budget), LOOSEST_TO_DOUBT));

function ratePerComparison({ wrongPerThousand, templateCount }: Budget): number {
  if (!(wrongPerThousand > 0) || !(templateCount > 0)) throw new InvariantError('no budget or no gallery');
  return wrongPerThousand / 1000 / templateCount;
}
