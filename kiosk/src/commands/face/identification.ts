// Open-set figures: probes of enrolled people and of strangers against a gallery, scored and decided by the code that
// the server runs. Pure.

import type { Calibration } from '@hazri/shared/domain/matching/calibration-type';
import { DEFAULT_MATCHING_POLICY, decide, scoreOf } from '@hazri/shared/domain/matching/decide';
import type { Gallery } from '@hazri/shared/domain/matching/gallery';
import { type Ranking, rankPeople } from '@hazri/shared/domain/matching/rank';
import { identificationThreshold } from '@hazri/shared/domain/matching/threshold';
import { InvariantError } from '@hazri/shared/result';

export interface LabelledProbe {
  readonly embedding: Float32Array;
  /** Empty for a stranger. */
  readonly identity: string;
}

/** Shares from 0 to 1. */
export interface IdentificationReport {
  readonly people: number;
  /** Probes of enrolled people. */
  readonly probes: number;
  readonly strangers: number;
  /** Share of known probes whose most alike person is the right one. */
  readonly rank1: number;
  /** Share of known probes that are not right and above the score that this share of strangers reaches. */
  readonly fnirAtFpir: Readonly<Record<string, number>>;
  /** What the product does for a budget of so many wrong identifications per 1,000 strangers. */
  readonly budgets: readonly BudgetLine[];
}

interface BudgetLine {
  readonly budget: number;
  readonly threshold: number;
  /** Share of strangers accepted as anybody. */
  readonly fpir: number;
  /** Share of known probes not accepted as who they are. */
  readonly fnir: number;
}

const FPIRS: readonly string[] = ['0.001', '0.003', '0.01', '0.03'];
const BUDGETS: readonly number[] = [1, 3, 10];

interface Attempt {
  readonly identity: string;
  readonly ranking: Ranking;
  readonly score: number;
  readonly isRight: boolean;
}

/** At least one enrolled person, one known probe and one stranger. */
export function identify(
  gallery: Gallery,
  probes: readonly LabelledProbe[],
  calibration: Calibration,
): IdentificationReport {
  const attempts = probes.map((probe) => attempt(gallery, probe, calibration));
  const known = attempts.filter(({ identity }) => identity !== '');
  const strangers = attempts.filter(({ identity }) => identity === '');
  const scores = strangers.map(({ score }) => score).sort((a, b) => b - a);
  const share = (of: readonly Attempt[], is: (attempt: Attempt) => boolean): number =>
    of.filter(is).length / Math.max(1, of.length);
  return {
    people: gallery.personCount,
    probes: known.length,
    strangers: strangers.length,
    rank1: share(known, ({ isRight }) => isRight),
    fnirAtFpir: Object.fromEntries(
      FPIRS.map((fpir) => {
        const passed = scores[Math.floor(Number(fpir) * scores.length)] ?? -Infinity;
        return [fpir, share(known, ({ isRight, score }) => !isRight || score <= passed)];
      }),
    ),
    budgets: BUDGETS.map((budget) => {
      const wrongPerThousand = budget;
      const accepts = ({ ranking }: Attempt): string | null => {
        const policy = { ...DEFAULT_MATCHING_POLICY, wrongPerThousand };
        const decision = decide({ ranking, calibration, policy });
        return decision.kind === 'accepted' ? decision.personId : null;
      };
      return {
        budget,
        threshold: identificationThreshold({ calibration, wrongPerThousand, people: gallery.personCount }),
        fpir: share(strangers, (one) => accepts(one) !== null),
        fnir: share(known, (one) => accepts(one) !== one.identity),
      };
    }),
  };
}

function attempt(
  gallery: Gallery,
  { embedding, identity }: LabelledProbe,
  calibration: Calibration,
): Attempt {
  const ranked = rankPeople(gallery, { modelId: gallery.modelId, embedding }, calibration);
  if (!ranked.ok) throw new InvariantError(`the engine gave no usable embedding: ${ranked.error}`);
  const ranking = ranked.value;
  const [first] = ranking.candidates;
  const score = scoreOf(ranking, calibration) ?? -Infinity;
  return { identity, ranking, score, isRight: first?.personId === identity };
}
