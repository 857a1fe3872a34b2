// Stores and destroys templates. Memory follows after the commit: a template that was rolled back is never searched, and
// one that was destroyed is gone from memory as soon as its destruction is committed.
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../platform/clock/clock.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { FollowGalleries } from './follow-galleries.js';
import type { Galleries } from './galleries.js';
import type { TemplateRows, Vault } from './template.js';

export interface KeepTemplatesDeps {
  readonly unitOfWork: UnitOfWork;
  readonly templates: TemplateRows;
  readonly vault: Vault;
  readonly galleries: Galleries;
  readonly follow: FollowGalleries;
  readonly clock: Clock;
}

export interface TemplatesToStore {
  readonly tenantId: string;
  readonly personId: string;
  readonly modelId: string;
  /** At most 8; each was checked. */
  readonly embeddings: readonly Float32Array[];
}

export class KeepTemplates {
  constructor(private readonly deps: KeepTemplatesDeps) {}

  /** Inside the caller's unit of work. A new enrolment takes the place of the one before. */
  async replace(input: TemplatesToStore): Promise<number> {
    const { templates, vault, clock } = this.deps;
    const { tenantId, personId, modelId } = input;
    await templates.removeOf(tenantId, personId);
    for (const embedding of input.embeddings) {
      const templateId = randomUUID();
      const sealed = await vault.seal({ tenantId, personId, templateId, modelId }, embedding);
      await templates.add({
        id: templateId,
        tenantId,
        personId,
        modelId,
        sealed,
        quality: null,
        source: 'enrolment',
        createdAtMs: clock.nowMs(),
      });
    }
    await this.changed(tenantId);
    return input.embeddings.length;
  }

  /** Inside the caller's unit of work. Destroys the person's key with the templates. */
  async destroyFor(tenantId: string, employeeId: string): Promise<void> {
    await this.deps.templates.removeOf(tenantId, employeeId);
    await this.deps.vault.destroyPerson(tenantId, employeeId);
    this.deps.unitOfWork.afterCommit(() => {
      // Before anything that could fail: from here on the face does not match on this server.
      this.deps.galleries.replace(tenantId, [employeeId], []);
    });
    await this.changed(tenantId);
  }

  async templatesOf(tenantId: string, employeeId: string) {
    const rows = await this.deps.templates.ofPerson(tenantId, employeeId);
    return rows.map(({ id, modelId, createdAtMs }) => ({ id, modelId, createdAtMs }));
  }

  private async changed(tenantId: string): Promise<void> {
    await this.deps.templates.raiseVersion(tenantId);
    this.deps.unitOfWork.afterCommit(() => this.deps.follow.bringUpToDate(tenantId));
  }
}
