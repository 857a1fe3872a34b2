// From an error budget to a distance: how near a face must come so that strangers are wrongly identified no more often
// than the company accepts, given how many templates they are compared with.
import { InvariantError } from '../../result/result.js';
import type { ImpostorTail, TailPoint } from './calibration.js';

/** No identification rests on a looser comparison, however small the gallery (NIST SP 800-63B-4, FMR of biometrics). */
const LOOSEST_TO_IDENTIFY = 1e-4;
/** Farther than this a face is not even "not sure", however small the gallery. */
const LOOSEST_TO_DOUBT = 2e-3;

/** The distance at which the tail has this false match rate; log-linear between points, its end slopes beyond them. */
export function distanceAtRate(tail: ImpostorTail, falseMatchRate: number): number {
  const { points } = tail;
  const after = points.findIndex((point) => point.falseMatchRate >= falseMatchRate);
  const upper = after === -1 ? points.length - 1 : Math.max(1, after);
  const from = points[upper - 1];
  const to = points[upper];
  if (from === undefined || to === undefined) throw new InvariantError('an impostor tail has two points');
  return Math.max(0, interpolate(from, to, Math.log(falseMatchRate)));
}

function interpolate(from: TailPoint, to: TailPoint, logRate: number): number {
  const low = Math.log(from.falseMatchRate);
  const high = Math.log(to.falseMatchRate);
  return from.distance + ((logRate - low) / (high - low)) * (to.distance - from.distance);
}

export interface Budget {
  readonly tail: ImpostorTail;
  /** Accepted wrong identifications per 1,000 attempts by strangers, above 0. */
  readonly wrongPerThousand: number;
  /** Templates searched; by the union bound each gets an equal share of the budget. Above 0. */
  readonly templateCount: number;
}

/** The largest distance that may identify. */
export const identificationThreshold = (budget: Budget): number =>
  distanceAtRate(budget.tail, Math.min(ratePerComparison(budget), LOOSEST_TO_IDENTIFY));

/** The largest distance at which a second factor may still settle who it is. */
export const doubtThreshold = (budget: Budget): number =>
  distanceAtRate(budget.tail, Math.min(ratePerComparison(budget), LOOSEST_TO_DOUBT));

function ratePerComparison({ wrongPerThousand, templateCount }: Budget): number {
  if (!(wrongPerThousand > 0) || !(templateCount > 0)) throw new InvariantError('no budget or no gallery');
  return wrongPerThousand / 1000 / templateCount;
}
