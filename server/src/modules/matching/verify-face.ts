// Whether a face is that of the person who was claimed by code and PIN, one to one.
import { calibrationOf } from '@hazri/shared/domain/matching/threshold';
import { checkEmbedding } from '@hazri/shared/domain/matching/unit-embedding';
import { verifyClaimed } from '@hazri/shared/domain/matching/verify-claimed';
import { type Result, err, ok } from '@hazri/shared/result';
import type { Galleries } from './galleries.js';
import type { IdentifyError } from './identify-face.js';
import type { Face } from './near-people.js';

export interface FaceClaim {
  readonly tenantId: string;
  readonly personId: string;
  /** The same face, by one or two recognition models. */
  readonly faces: readonly Face[];
}

export class VerifyFace {
  constructor(private readonly galleries: Galleries) {}

  /** "unenrolled" when the person has no template that the face could be compared with. */
  run({ tenantId, personId, faces }: FaceClaim): Result<'same' | 'different' | 'unenrolled', IdentifyError> {
    let isCompared = false;
    for (const probe of faces) {
      const calibration = calibrationOf(probe.modelId);
      if (calibration === undefined) return err('MODEL_UNKNOWN');
      if (!checkEmbedding(probe.embedding).ok) return err('EMBEDDING_INVALID');
      const company = this.galleries.of(tenantId);
      if (company === undefined || company.version < 0) return err('MATCHING_UNAVAILABLE');
      const templates = company.byModel.get(probe.modelId)?.templatesOf(personId) ?? [];
      if (templates.length === 0) continue;
      const verified = verifyClaimed({ probe, templates, calibration });
      if (!verified.ok) return err('EMBEDDING_INVALID');
      if (verified.value === 'same') return verified;
      isCompared = true;
    }
    return ok(isCompared ? 'different' : 'unenrolled');
  }
}
