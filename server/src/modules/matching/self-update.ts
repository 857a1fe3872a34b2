// Templates that follow a face as it changes, where the company allows it. Only a live face that was confirmed by PIN and
// is near what was enrolled may become one; enrolled templates never go, so nobody can be walked over to another face.
import type { Clock } from '../../platform/clock/clock.js';
import type { Actor } from '../../platform/http/principal.js';
import type { AuditTrail } from '../audit/public.js';
import type { Employee } from '../people/public.js';
import type { FollowGalleries } from './follow-galleries.js';
import type { Galleries } from './galleries.js';
import type { KeepTemplates } from './keep-templates.js';
import type { Face } from './near-people.js';
import { STRONG_WITHIN } from './recognise-face.js';
import { REDUNDANT_WITHIN, distanceBetween, meanFace } from './template-choice.js';
import { type StoredTemplate, TEMPLATES_AT_MOST, type TemplateRows } from './template.js';

/** The drift guard: never farther than this from the mean of what was enrolled. */
const DRIFT_WITHIN = 0.25;
const LEARNED_AT_MOST = 2;
const ONE_PER_MS = 7 * 24 * 60 * 60_000;

export interface SelfUpdateDeps {
  readonly templates: TemplateRows;
  readonly galleries: Galleries;
  readonly keep: KeepTemplates;
  readonly follow: Pick<FollowGalleries, 'changed'>;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

export interface ConfirmedFace {
  readonly employee: Pick<Employee, 'id' | 'tenantId' | 'code'>;
  readonly actor: Actor;
  readonly face: Face;
}

export class SelfUpdate {
  constructor(private readonly deps: SelfUpdateDeps) {}

  /** Inside the unit of work of a punch by PIN whose face was verified one to one. True when a template was added. */
  async run({ employee, actor, face }: ConfirmedFace): Promise<boolean> {
    const { templates, keep, follow, audit, clock } = this.deps;
    const { id: personId, tenantId, code } = employee;
    const stored = (await templates.ofPerson(tenantId, personId)).filter(
      ({ modelId }) => modelId === face.modelId,
    );
    const learned = stored.filter(({ source }) => source === 'self-update');
    if (learned.some(({ createdAtMs }) => clock.nowMs() - createdAtMs < ONE_PER_MS)) return false;
    if (!this.isWorthIt(tenantId, stored, face)) return false;
    const isFull = stored.length >= TEMPLATES_AT_MOST || learned.length >= LEARNED_AT_MOST;
    const gone = isFull ? leastUseful(learned) : null;
    if (isFull && gone === null) return false;
    if (gone !== null) await templates.remove(tenantId, [gone.id]);
    const { modelId, embedding } = face;
    const about = { source: 'self-update', pose: 'front', look: null, quality: null } as const;
    await keep.add({ tenantId, personId, modelId, embedding, ...about });
    await follow.changed(tenantId);
    const detail = { replaced: gone !== null };
    audit.record({ tenantId, actor, action: 'person.template-learned', subject: code, detail });
    return true;
  }

  /** Near what was enrolled, and not a picture that is there already. */
  private isWorthIt(tenantId: string, stored: readonly StoredTemplate[], face: Face): boolean {
    const [first] = stored;
    if (first === undefined) return false;
    const gallery = this.deps.galleries.of(tenantId)?.byModel.get(face.modelId);
    const known = gallery?.templatesOf(first.personId) ?? [];
    const learnedIds = new Set(stored.flatMap(({ id, source }) => (source === 'self-update' ? [id] : [])));
    const enrolled = known.filter(({ templateId }) => !learnedIds.has(templateId));
    if (enrolled.length === 0) return false;
    const mean = meanFace(enrolled.map(({ embedding }) => embedding));
    const drift = distanceBetween(mean, face.embedding);
    mean.fill(0);
    const nearest = Math.min(...known.map(({ embedding }) => distanceBetween(embedding, face.embedding)));
    return drift <= DRIFT_WITHIN && nearest <= STRONG_WITHIN && nearest >= REDUNDANT_WITHIN;
  }
}

function leastUseful(templates: readonly StoredTemplate[]): StoredTemplate | null {
  const [least] = [...templates].sort((a, b) => a.usedCount - b.usedCount || a.createdAtMs - b.createdAtMs);
  return least ?? null;
}
