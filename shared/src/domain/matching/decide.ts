// Who it is, or what to ask next. Numbers go in and never come out: the answer holds a person or a reason, nothing
// that tells an attacker how near a try was.
import type { Calibration } from './calibration-type.js';
import type { RankedPerson, Ranking } from './rank.js';
import { type Budget, doubtThreshold, identificationThreshold } from './threshold.js';

export interface MatchingPolicy {
  /** Accepted wrong identifications per 1,000 attempts by strangers. */
  readonly wrongPerThousand: number;
  /** Up to this multiple of the budget the answer is "not sure" instead of "not recognised". */
  readonly unsureBudgetFactor: number;
}

export const DEFAULT_MATCHING_POLICY: MatchingPolicy = { wrongPerThousand: 1, unsureBudgetFactor: 100 };

export type Decision =
  | { readonly kind: 'accepted'; readonly personId: string }
  | { readonly kind: 'second-factor'; readonly reason: 'AMBIGUOUS' | 'UNSURE' | 'LOOK_ALIKE' }
  | { readonly kind: 'not-recognised'; readonly reason: 'NO_MATCH' | 'GALLERY_EMPTY' };

export interface DecisionInput {
  readonly ranking: Ranking;
  readonly calibration: Calibration;
  readonly policy: MatchingPolicy;
  /** Who is expected here, by site and roster; they are found with half the budget, everybody else with the other. */
  readonly expected?: ReadonlySet<string>;
  /** The people who are known to look like this one. Whoever has one is asked for the second factor. */
  readonly lookAlikesOf?: (personId: string) => ReadonlySet<string>;
}

/** How much of the runner-up's likeness is taken off the best one's. */
const RIVAL_WEIGHT = 0.15;
/** Two people this near to each other are not told apart by the face, however near both are. */
const LEAST_LEAD = 0.004;
const NOBODY: ReadonlySet<string> = new Set();

/** The score that thresholds are about; undefined when the gallery is empty. Must never leave the server. */
export function scoreOf(ranking: Ranking, calibration: Calibration): number | undefined {
  const [first, second] = ranking.candidates;
  return first && scoreAgainst(first, second, calibration);
}

/** Few people make weak rivals: the runner-up counts at least as much as it would in a gallery of some size. */
function scoreAgainst(
  first: RankedPerson,
  rival: RankedPerson | undefined,
  { usualRival }: Calibration,
): number {
  return first.likeness - RIVAL_WEIGHT * Math.max(rival?.likeness ?? usualRival, usualRival);
}

/** Decides one attempt. */
export function decide(input: DecisionInput): Decision {
  const { ranking, calibration, policy } = input;
  const [first, ...others] = ranking.candidates;
  if (first === undefined) return { kind: 'not-recognised', reason: 'GALLERY_EMPTY' };
  const alike = input.lookAlikesOf?.(first.personId) ?? NOBODY;
  const rival = others.find(({ personId }) => !alike.has(personId));
  const budget = budgetFor(first, input);
  const threshold = identificationThreshold(budget);
  const score = scoreAgainst(first, rival, calibration);
  if (score >= threshold) {
    if (alike.size > 0) return { kind: 'second-factor', reason: 'LOOK_ALIKE' };
    if (rival && first.likeness - rival.likeness < LEAST_LEAD) {
      return { kind: 'second-factor', reason: 'AMBIGUOUS' };
    }
    return { kind: 'accepted', personId: first.personId };
  }
  // Near enough, had nobody else been nearly as near.
  if (scoreAgainst(first, undefined, calibration) >= threshold) {
    return { kind: 'second-factor', reason: 'AMBIGUOUS' };
  }
  const wrongPerThousand = budget.wrongPerThousand * policy.unsureBudgetFactor;
  return score >= doubtThreshold({ ...budget, wrongPerThousand })
    ? { kind: 'second-factor', reason: 'UNSURE' }
    : { kind: 'not-recognised', reason: 'NO_MATCH' };
}

/**
 * A stranger is taken for somebody expected at most half the budget's times and for anybody else at most the other
 * half's, so the whole stays within it; the few who are expected need less than the many who are not.
 */
function budgetFor(first: RankedPerson, { ranking, calibration, policy, expected }: DecisionInput): Budget {
  const { people } = ranking;
  const { wrongPerThousand } = policy;
  if (expected === undefined || expected.size >= people) return { calibration, wrongPerThousand, people };
  const half = { calibration, wrongPerThousand: wrongPerThousand / 2 };
  return expected.has(first.personId) ? { ...half, people: expected.size } : { ...half, people };
}
