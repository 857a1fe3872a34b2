// Who it is, or what to ask next. Distances go in and never come out: the answer holds a person or a reason, nothing
// that tells an attacker how near a try was.
import type { Calibration } from './calibration.js';
import type { Candidate, TopTwo } from './search.js';
import { type Budget, doubtThreshold, identificationThreshold } from './threshold.js';

export interface MatchingPolicy {
  /** Accepted wrong identifications per 1,000 attempts by strangers. */
  readonly wrongPerThousand: number;
  /** How much farther the second person must be than the first. */
  readonly margin: number;
  /** Up to this multiple of the budget the answer is "not sure" instead of "not recognised". */
  readonly unsureBudgetFactor: number;
}

export const DEFAULT_MATCHING_POLICY: MatchingPolicy = {
  wrongPerThousand: 1,
  margin: 0.05,
  unsureBudgetFactor: 100,
};

export type Decision =
  | { readonly kind: 'accepted'; readonly personId: string }
  | { readonly kind: 'second-factor'; readonly reason: 'AMBIGUOUS' | 'UNSURE' | 'LOOK_ALIKE' }
  | { readonly kind: 'not-recognised'; readonly reason: 'NO_MATCH' | 'GALLERY_EMPTY' };

export interface DecisionInput {
  readonly topTwo: TopTwo;
  readonly templateCount: number;
  readonly calibration: Calibration;
  readonly policy: MatchingPolicy;
}

/** Decides one attempt. */
export function decide(input: DecisionInput): Decision {
  const { topTwo, templateCount, calibration, policy } = input;
  const [first, second] = topTwo;
  if (first === undefined) return { kind: 'not-recognised', reason: 'GALLERY_EMPTY' };
  const budget: Budget = { calibration, wrongPerThousand: policy.wrongPerThousand, templateCount };
  const threshold = identificationThreshold(budget);
  if (first.distance <= threshold) return amongTwo(first, second, threshold, policy);
  const doubtful = { ...budget, wrongPerThousand: policy.wrongPerThousand * policy.unsureBudgetFactor };
  if (first.distance <= doubtThreshold(doubtful)) return { kind: 'second-factor', reason: 'UNSURE' };
  return { kind: 'not-recognised', reason: 'NO_MATCH' };
}

function amongTwo(
  first: Candidate,
  second: Candidate | undefined,
  threshold: number,
  policy: MatchingPolicy,
): Decision {
  if (second === undefined || second.distance - first.distance >= policy.margin) {
    return { kind: 'accepted', personId: first.personId };
  }
  // Both near enough to be identified: two enrolled people look alike. Otherwise the face itself was unclear.
  return { kind: 'second-factor', reason: second.distance <= threshold ? 'LOOK_ALIKE' : 'AMBIGUOUS' };
}

/** The person whose enrolled face this is by the same rule, leaving out one person; undefined when nobody's. */
export function sameFaceAs(
  input: Omit<DecisionInput, 'topTwo'> & { readonly candidates: readonly Candidate[] },
): string | undefined {
  const { candidates, calibration, policy, templateCount } = input;
  const [nearest] = [...candidates].sort((a, b) => a.distance - b.distance);
  if (nearest === undefined || templateCount === 0) return undefined;
  const threshold = identificationThreshold({
    calibration,
    wrongPerThousand: policy.wrongPerThousand,
    templateCount,
  });
  return nearest.distance <= threshold ? nearest.personId : undefined;
}
