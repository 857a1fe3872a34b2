// Stores and destroys templates. Memory follows after the commit: a template that was rolled back is never searched, and
// one that was destroyed is gone from memory as soon as its destruction is committed.
import { randomUUID } from 'node:crypto';
import type { TemplateView } from '@hazri/shared/protocol/console-types';
import type { TemplateInfo } from '@hazri/shared/protocol/event';
import type { Clock } from '../../platform/clock/clock.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { FollowGalleries } from './follow-galleries.js';
import type { Galleries } from './galleries.js';
import type { LookAlikeRows } from './look-alike.js';
import { chooseVaried } from './template-choice.js';
import { type StoredTemplate, TEMPLATES_AT_MOST, type TemplateRows, type Vault } from './template.js';

export interface KeepTemplatesDeps {
  readonly unitOfWork: UnitOfWork;
  readonly templates: TemplateRows;
  readonly pairs: LookAlikeRows;
  readonly vault: Vault;
  readonly galleries: Galleries;
  readonly follow: FollowGalleries;
  readonly clock: Clock;
}

export interface TemplatesToStore {
  readonly tenantId: string;
  readonly personId: string;
  readonly modelId: string;
  /** Each was checked; the first is the most typical. */
  readonly embeddings: readonly Float32Array[];
  /** What each embedding is of, in their order. */
  readonly infos: readonly TemplateInfo[];
}

export type FaceToAdd = Pick<TemplatesToStore, 'tenantId' | 'personId' | 'modelId'> &
  Pick<StoredTemplate, 'source' | 'pose' | 'look' | 'quality'> & { readonly embedding: Float32Array };

export class KeepTemplates {
  constructor(private readonly deps: KeepTemplatesDeps) {}

  /**
   * Inside the caller's unit of work. A new enrolment takes the place of all templates before. Returns how many were worth
   * keeping.
   */
  async replace(input: TemplatesToStore): Promise<number> {
    const { templates, follow } = this.deps;
    const { tenantId, personId, modelId } = input;
    await templates.removeOf(tenantId, personId);
    await templates.removeCandidatesOf(tenantId, personId);
    const kept = chooseVaried(input.embeddings, TEMPLATES_AT_MOST);
    for (const at of kept) {
      const embedding = input.embeddings[at];
      if (embedding === undefined) continue;
      const info = input.infos[at];
      await this.add({
        tenantId,
        personId,
        modelId,
        embedding,
        source: 'enrolment',
        pose: info?.pose ?? null,
        look: info?.look ?? null,
        quality: info === undefined ? null : { score: info.quality },
      });
    }
    await follow.changed(tenantId);
    return kept.length;
  }

  /** Inside the caller's unit of work, which tells the galleries. */
  async add({ embedding, ...face }: FaceToAdd): Promise<void> {
    const { templates, vault, clock } = this.deps;
    const { tenantId, personId, modelId } = face;
    const id = randomUUID();
    const sealed = await vault.seal({ tenantId, personId, templateId: id, modelId }, embedding);
    await templates.add({
      ...face,
      id,
      sealed,
      usedCount: 0,
      lastUsedAtMs: null,
      createdAtMs: clock.nowMs(),
    });
  }

  /** Inside the caller's unit of work. Destroys the person's key with the templates. */
  async destroyFor(tenantId: string, employeeId: string): Promise<void> {
    const { templates, pairs, vault, follow, unitOfWork, galleries } = this.deps;
    await templates.removeOf(tenantId, employeeId);
    await templates.removeCandidatesOf(tenantId, employeeId);
    await pairs.removeOf(tenantId, employeeId);
    await vault.destroyPerson(tenantId, employeeId);
    unitOfWork.afterCommit(() => {
      // Before anything that could fail: from here on the face does not match on this server.
      galleries.replace(tenantId, [employeeId], []);
    });
    await follow.changed(tenantId);
  }

  async templatesOf(tenantId: string, employeeId: string): Promise<TemplateView[]> {
    const rows = await this.deps.templates.ofPerson(tenantId, employeeId);
    return rows.map(({ id, modelId, createdAtMs, source, pose, look, quality, usedCount, lastUsedAtMs }) => ({
      id,
      modelId,
      createdAtMs,
      source,
      pose,
      look,
      quality: quality?.score ?? null,
      usedCount,
      lastUsedAtMs,
    }));
  }
}
