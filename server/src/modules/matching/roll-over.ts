// Switches a person from one recognition model to the next without anybody being photographed: each strong punch during a
// roll-over leaves the face by the next model as a candidate, and once enough of them agree they become the templates.
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../platform/clock/clock.js';
import { type AuditTrail, SYSTEM_ACTOR } from '../audit/public.js';
import type { Employee } from '../people/public.js';
import type { FollowGalleries } from './follow-galleries.js';
import type { KeepTemplates } from './keep-templates.js';
import type { Face } from './near-people.js';
import type { RecognitionModels } from './recognition-models.js';
import { distanceBetween } from './template-choice.js';
import type { Candidate, TemplateRows, Vault } from './template.js';

/** So many punches must agree. */
const CANDIDATES_NEEDED = 5;
/** Faces of one person by one model lie nearer to each other than this; strangers of 40 begin at 0.31. */
const AGREE_WITHIN = 0.3;

export interface RollOverDeps {
  readonly models: RecognitionModels;
  readonly templates: TemplateRows;
  readonly keep: KeepTemplates;
  readonly vault: Vault;
  readonly follow: Pick<FollowGalleries, 'changed'>;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

export class RollOver {
  constructor(private readonly deps: RollOverDeps) {}

  /** Inside the unit of work of a punch that was accepted strongly. */
  async note(employee: Pick<Employee, 'id' | 'tenantId' | 'code'>, face: Face): Promise<void> {
    const { models, templates, vault, clock } = this.deps;
    const { id: personId, tenantId } = employee;
    const { modelId } = face;
    if ((await models.of(tenantId)).next !== modelId) return;
    const stored = await templates.ofPerson(tenantId, personId);
    if (stored.length === 0 || stored.some((template) => template.modelId === modelId)) return;
    const id = randomUUID();
    const sealed = await vault.seal({ tenantId, personId, templateId: id, modelId }, face.embedding);
    await templates.addCandidate({ id, tenantId, personId, modelId, sealed, createdAtMs: clock.nowMs() });
    const all = await templates.candidatesOf(tenantId, personId);
    const candidates = all.filter((candidate) => candidate.modelId === modelId);
    if (candidates.length >= CANDIDATES_NEEDED) await this.settle(employee, candidates);
  }

  private async settle(
    employee: Pick<Employee, 'id' | 'tenantId' | 'code'>,
    candidates: readonly Candidate[],
  ): Promise<void> {
    const { templates, vault } = this.deps;
    const { tenantId } = employee;
    const places = candidates.map((candidate) => ({ ...candidate, templateId: candidate.id }));
    const opened = await vault.openMany(tenantId, places);
    const faces: Float32Array[] = [];
    const unreadable: string[] = [];
    candidates.forEach(({ id }, at) => {
      const face = opened[at];
      if (face?.ok === true) faces.push(face.value);
      else unreadable.push(id);
    });
    if (unreadable.length > 0) await templates.removeCandidates(tenantId, unreadable);
    else {
      const odd = oddOneOut(faces);
      const oddId = odd === null ? undefined : candidates[odd]?.id;
      if (oddId === undefined) await this.switch(employee, candidates[0]?.modelId ?? '', faces);
      else await templates.removeCandidates(tenantId, [oddId]);
    }
    for (const face of faces) face.fill(0);
  }

  private async switch(
    { id: personId, tenantId, code }: Pick<Employee, 'id' | 'tenantId' | 'code'>,
    modelId: string,
    faces: readonly Float32Array[],
  ): Promise<void> {
    const { templates, keep, follow, audit } = this.deps;
    await templates.removeOf(tenantId, personId);
    await templates.removeCandidatesOf(tenantId, personId);
    for (const embedding of faces) {
      const about = { source: 'roll-over', pose: null, look: null, quality: null } as const;
      await keep.add({ tenantId, personId, modelId, embedding, ...about });
    }
    await follow.changed(tenantId);
    const detail = { model: modelId, templates: faces.length };
    audit.record({ tenantId, actor: SYSTEM_ACTOR, action: 'person.rolled-over', subject: code, detail });
  }
}

/** Position of the face that agrees with the fewest others, the oldest of several; null when all agree with all. */
function oddOneOut(faces: readonly Float32Array[]): number | null {
  const agreeing = faces.map(
    (face) => faces.filter((other) => distanceBetween(face, other) <= AGREE_WITHIN).length,
  );
  const fewest = Math.min(...agreeing);
  return fewest === faces.length ? null : agreeing.indexOf(fewest);
}
