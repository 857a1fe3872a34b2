// Whose face a probe is, among the company's people. The answer carries a person or a reason; numbers stay in here.
import {
  DEFAULT_MATCHING_POLICY,
  type Decision,
  type MatchingPolicy,
  decide,
} from '@hazri/shared/domain/matching/decide';
import { type Ranking, rankPeople } from '@hazri/shared/domain/matching/rank';
import { calibrationOf } from '@hazri/shared/domain/matching/threshold';
import { checkEmbedding } from '@hazri/shared/domain/matching/unit-embedding';
import { type Result, err, ok } from '@hazri/shared/result';
import type { Galleries } from './galleries.js';

export interface FaceProbe {
  readonly tenantId: string;
  readonly modelId: string;
  readonly embedding: Float32Array;
  readonly wrongPerMillion: number;
  /** People of this site and roster, when they are known; see `decide`. */
  readonly expected?: ReadonlySet<string>;
}

/** MATCHING_UNAVAILABLE passes; the others are about the probe and stay. */
export type IdentifyError = 'MATCHING_UNAVAILABLE' | 'MODEL_UNKNOWN' | 'EMBEDDING_INVALID';

const NOBODY: Ranking = { people: 0, candidates: [] };

export class IdentifyFace {
  constructor(private readonly galleries: Galleries) {}

  run(probe: FaceProbe): Result<Decision, IdentifyError> {
    const { tenantId, modelId, embedding, expected } = probe;
    const calibration = calibrationOf(modelId);
    if (calibration === undefined) return err('MODEL_UNKNOWN');
    if (!checkEmbedding(embedding).ok) return err('EMBEDDING_INVALID');
    const company = this.galleries.of(tenantId);
    if (company === undefined || company.version < 0) return err('MATCHING_UNAVAILABLE');
    const gallery = company.byModel.get(modelId);
    const ranked =
      gallery === undefined ? ok(NOBODY) : rankPeople(gallery, { modelId, embedding }, calibration);
    if (!ranked.ok) return err('EMBEDDING_INVALID');
    return ok(
      decide({
        ranking: ranked.value,
        calibration,
        policy: policyOf(probe),
        lookAlikesOf: (personId) => this.galleries.lookAlikesOf(tenantId, personId),
        ...(expected === undefined ? {} : { expected }),
      }),
    );
  }
}

const policyOf = (probe: FaceProbe): MatchingPolicy => ({
  ...DEFAULT_MATCHING_POLICY,
  wrongPerThousand: probe.wrongPerMillion / 1000,
});
