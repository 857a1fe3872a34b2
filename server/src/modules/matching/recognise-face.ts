// Whose face a check-in shows. During a roll-over it carries two embeddings of one face: people who are not switched yet
// are found by the current model, the others by the next one. Both galleries share one error budget, in proportion to
// their size, so each comparison costs what it would in one gallery.
import type { Decision } from '@hazri/shared/domain/matching/decide';
import { type Result, ok } from '@hazri/shared/result';
import type { Galleries } from './galleries.js';
import type { IdentifyError, IdentifyFace } from './identify-face.js';
import type { Face } from './near-people.js';
import { distanceBetween } from './template-choice.js';

export interface FaceQuestion {
  readonly tenantId: string;
  /** The same face, by one or two recognition models. */
  readonly faces: readonly Face[];
  readonly wrongPerMillion: number;
  /** Who works at the tablet's site; they are found with half the budget, all others with the other half. */
  readonly expected: ReadonlySet<string>;
}

export interface Recognised {
  readonly decision: Decision;
  /** The template that was nearest; null unless accepted. */
  readonly templateId: string | null;
  /** The face by the model that the person has no template of, when there is one and the match was a strong one. */
  readonly candidate: Face | null;
}

/** Frames of one person lie at 0.06 to 0.25 from their mean, the nearest stranger of 40 at 0.31 and more. */
export const STRONG_WITHIN = 0.25;

export class RecogniseFace {
  constructor(
    private readonly identify: IdentifyFace,
    private readonly galleries: Galleries,
  ) {}

  run({ tenantId, faces, wrongPerMillion, expected }: FaceQuestion): Result<Recognised, IdentifyError> {
    const counts = faces.map(({ modelId }) => this.gallery(tenantId, modelId)?.personCount ?? 0);
    const all = counts.reduce((sum, count) => sum + count, 0);
    const decisions: Decision[] = [];
    for (const [at, face] of faces.entries()) {
      const share = all === 0 ? 1 : (counts[at] ?? 0) / all;
      const found = this.identify.run({
        tenantId,
        ...face,
        wrongPerMillion: wrongPerMillion * (share || 1),
        ...(expected.size > 0 && { expected }),
      });
      if (!found.ok) return found;
      decisions.push(found.value);
    }
    const decision = together(decisions);
    if (decision.kind !== 'accepted') return ok({ decision, templateId: null, candidate: null });
    return ok({ decision, ...this.evidence(tenantId, decision.personId, faces) });
  }

  private evidence(
    tenantId: string,
    personId: string,
    faces: readonly Face[],
  ): Pick<Recognised, 'templateId' | 'candidate'> {
    let nearest = { templateId: '', distance: Infinity };
    let candidate: Face | null = null;
    for (const face of faces) {
      const templates = this.gallery(tenantId, face.modelId)?.templatesOf(personId) ?? [];
      if (templates.length === 0) candidate = face;
      for (const { templateId, embedding } of templates) {
        const distance = distanceBetween(embedding, face.embedding);
        if (distance < nearest.distance) nearest = { templateId, distance };
      }
    }
    const isStrong = nearest.distance <= STRONG_WITHIN;
    const templateId = nearest.templateId === '' ? null : nearest.templateId;
    return { templateId, candidate: isStrong ? candidate : null };
  }

  private gallery(tenantId: string, modelId: string) {
    return this.galleries.of(tenantId)?.byModel.get(modelId);
  }
}

/** One person by one model is that person; two people, or one and a doubt between two, is a question. */
function together(decisions: readonly Decision[]): Decision {
  const accepted = decisions.filter((one) => one.kind === 'accepted');
  const [first] = accepted;
  const doubts = decisions.filter((one) => one.kind === 'second-factor');
  if (first !== undefined) {
    const isOne = accepted.every(({ personId }) => personId === first.personId);
    // "Not sure" of the other gallery is a face too far away to be anybody of it.
    return isOne && doubts.every(({ reason }) => reason === 'UNSURE')
      ? first
      : { kind: 'second-factor', reason: 'AMBIGUOUS' };
  }
  const rest = decisions.filter((one) => one.kind === 'not-recognised');
  const searched = rest.find(({ reason }) => reason === 'NO_MATCH');
  return doubts[0] ?? searched ?? rest[0] ?? { kind: 'not-recognised', reason: 'GALLERY_EMPTY' };
}
