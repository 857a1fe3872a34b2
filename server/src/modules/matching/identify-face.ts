// Whose face a probe is, among the company's people. The answer carries a person or a reason; distances stay in here.
import {
  DEFAULT_MATCHING_POLICY,
  type Decision,
  type MatchingPolicy,
  decide,
  sameFaceAs,
} from '@hazri/shared/domain/matching/decide';
import { searchTopTwo } from '@hazri/shared/domain/matching/search';
import { calibrationOf } from '@hazri/shared/domain/matching/threshold';
import { checkEmbedding } from '@hazri/shared/domain/matching/unit-embedding';
import { type Result, err, ok } from '@hazri/shared/result';
import type { Galleries } from './galleries.js';

export interface FaceProbe {
  readonly tenantId: string;
  readonly modelId: string;
  readonly embedding: Float32Array;
  readonly wrongPerMillion: number;
}

/** MATCHING_UNAVAILABLE passes; the others are about the probe and stay. */
export type IdentifyError = 'MATCHING_UNAVAILABLE' | 'MODEL_UNKNOWN' | 'EMBEDDING_INVALID';

export class IdentifyFace {
  constructor(private readonly galleries: Galleries) {}

  run(probe: FaceProbe): Result<Decision, IdentifyError> {
    const { tenantId, modelId, embedding } = probe;
    const calibration = calibrationOf(modelId);
    if (calibration === undefined) return err('MODEL_UNKNOWN');
    if (!checkEmbedding(embedding).ok) return err('EMBEDDING_INVALID');
    const company = this.galleries.of(tenantId);
    if (company === undefined || company.version < 0) return err('MATCHING_UNAVAILABLE');
    const gallery = company.byModel.get(modelId);
    const templateCount = gallery?.templateCount ?? 0;
    const found = gallery === undefined ? ok([]) : searchTopTwo(gallery, probe);
    if (!found.ok) return err('EMBEDDING_INVALID');
    return ok(decide({ topTwo: found.value, templateCount, calibration, policy: policyOf(probe) }));
  }

  /** Another person who is already enrolled with this face; undefined when there is none. */
  otherPersonWith(probe: FaceProbe, exceptPersonId: string): Result<string | undefined, IdentifyError> {
    const { tenantId, modelId, embedding } = probe;
    const calibration = calibrationOf(modelId);
    if (calibration === undefined) return err('MODEL_UNKNOWN');
    if (!checkEmbedding(embedding).ok) return err('EMBEDDING_INVALID');
    const company = this.galleries.of(tenantId);
    if (company === undefined || company.version < 0) return err('MATCHING_UNAVAILABLE');
    const gallery = company.byModel.get(modelId);
    if (gallery === undefined) return ok(undefined);
    const found = searchTopTwo(gallery, probe);
    if (!found.ok) return err('EMBEDDING_INVALID');
    const candidates = found.value.filter((candidate) => candidate.personId !== exceptPersonId);
    const { templateCount } = gallery;
    return ok(sameFaceAs({ candidates, templateCount, calibration, policy: policyOf(probe) }));
  }
}

const policyOf = (probe: FaceProbe): MatchingPolicy => ({
  ...DEFAULT_MATCHING_POLICY,
  wrongPerThousand: probe.wrongPerMillion / 1000,
});
