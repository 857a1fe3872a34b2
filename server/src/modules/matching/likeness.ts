// When two different people are too alike: the distances, from the same impostor tail that identification rests on.
// They stay in here; what leaves is one of two words.
import { calibrationOf, distanceAtRate } from '@hazri/shared/domain/matching/threshold';

export type Likeness = 'same' | 'near';

export interface LikenessLimits {
  /** Up to here two enrolled faces cannot be told from one. */
  readonly same: number;
  /** Up to here they may be mistaken for each other now and then. */
  readonly near: number;
}

/** No two faces are called one on a looser comparison, however few there are. */
const LOOSEST_SAME = 1e-4;
const LOOSEST_NEAR = 1e-3;
/** How many times the error budget still makes a look-alike: about one chance pair per 200 templates of a gallery. */
const NEAR_FACTOR = 10;

/** Undefined for a model without a calibration: its embeddings must not be compared. */
export function likenessLimits(of: {
  readonly modelId: string;
  readonly templateCount: number;
  readonly wrongPerMillion: number;
}): LikenessLimits | undefined {
  const calibration = calibrationOf(of.modelId);
  if (calibration === undefined) return undefined;
  const rate = of.wrongPerMillion / 1_000_000 / Math.max(1, of.templateCount);
  return {
    same: distanceAtRate(calibration, Math.min(rate, LOOSEST_SAME)),
    near: distanceAtRate(calibration, Math.min(rate * NEAR_FACTOR, LOOSEST_NEAR)),
  };
}

export const likenessAt = (distance: number, limits: LikenessLimits): Likeness =>
  distance <= limits.same ? 'same' : 'near';
