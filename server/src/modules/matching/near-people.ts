// Who else has a face as near as this one: asked at every enrolment, before anything of it is stored.
import { checkEmbedding, unitOf } from '@hazri/shared/domain/matching/unit-embedding';
import { type Result, err, ok } from '@hazri/shared/result';
import type { Galleries } from './galleries.js';
import type { IdentifyError } from './identify-face.js';
import { type Likeness, likenessAt, likenessLimits } from './likeness.js';
import { nearRows } from './near-rows.js';

export interface Face {
  readonly modelId: string;
  readonly embedding: Float32Array;
}

export interface NearPerson {
  readonly personId: string;
  readonly likeness: Likeness;
}

export interface NearPeopleQuestion {
  readonly tenantId: string;
  readonly faces: readonly Face[];
  readonly exceptPersonId: string;
  readonly wrongPerMillion: number;
}

export class NearPeople {
  constructor(private readonly galleries: Galleries) {}

  /** The nearest first. */
  run(question: NearPeopleQuestion): Result<NearPerson[], IdentifyError> {
    const { tenantId, faces, exceptPersonId, wrongPerMillion } = question;
    const company = this.galleries.of(tenantId);
    const found = new Map<string, { distance: number; likeness: Likeness }>();
    for (const { modelId, embedding } of faces) {
      const gallery = company?.byModel.get(modelId);
      const templateCount = gallery?.templateCount ?? 0;
      const limits = likenessLimits({ modelId, templateCount, wrongPerMillion });
      if (limits === undefined) return err('MODEL_UNKNOWN');
      if (!checkEmbedding(embedding).ok) return err('EMBEDDING_INVALID');
      if (company === undefined || company.version < 0) return err('MATCHING_UNAVAILABLE');
      if (gallery === undefined) continue;
      const unit = unitOf(embedding);
      nearRows(gallery, { embedding: unit, count: templateCount, within: limits.near }, (row, distance) => {
        const personId = gallery.personAt(gallery.rows.people[row] ?? -1);
        if (personId === exceptPersonId || distance >= (found.get(personId)?.distance ?? Infinity)) return;
        found.set(personId, { distance, likeness: likenessAt(distance, limits) });
      });
      unit.fill(0);
    }
    const nearestFirst = [...found].sort(([, a], [, b]) => a.distance - b.distance);
    return ok(nearestFirst.map(([personId, { likeness }]) => ({ personId, likeness })));
  }
}
