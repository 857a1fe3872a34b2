// Keeps the galleries in memory equal to what is committed: loads them before the server is ready, and later follows
// changes of this and of other servers. A company whose templates cannot be read has no gallery: nothing is guessed.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { GalleryTemplate } from '@hazri/shared/domain/matching/gallery';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Logger } from '../../platform/logging/logger.js';
import type { Galleries } from './galleries.js';
import type { LookAlikeRows } from './look-alike.js';
import type { TemplateRows, Vault } from './template.js';

/** Decrypting this many templates takes a few milliseconds; between chunks the server answers others. */
const PEOPLE_AT_ONCE = 200;

export interface FollowGalleriesDeps {
  readonly unitOfWork: UnitOfWork;
  readonly templates: TemplateRows;
  readonly pairs: Pick<LookAlikeRows, 'guarded'>;
  readonly vault: Vault;
  readonly galleries: Galleries;
  readonly logger: Logger;
}

export class FollowGalleries {
  private isLoaded = false;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly deps: FollowGalleriesDeps) {}

  /** Every company that has templates is in memory. */
  get isReady(): boolean {
    return this.isLoaded;
  }

  async load(tenantIds: readonly string[]): Promise<void> {
    for (const tenantId of tenantIds) await this.bringUpToDate(tenantId);
    this.isLoaded = true;
  }

  /** Loads a company that came into being after the start; does nothing when it is in memory. */
  async ensure(tenantId: string): Promise<void> {
    if ((this.deps.galleries.versionOf(tenantId) ?? -1) < 0) await this.bringUpToDate(tenantId);
  }

  /** Looks which companies changed elsewhere and brings them up to date. */
  async poll(tenantIds: readonly string[]): Promise<void> {
    const { unitOfWork, templates, galleries } = this.deps;
    const versions = await unitOfWork.run(() => templates.versions());
    for (const tenantId of tenantIds) {
      if (galleries.versionOf(tenantId) !== (versions.get(tenantId) ?? 0)) {
        await this.bringUpToDate(tenantId);
      }
    }
  }

  /** Inside the unit of work that changes templates or look-alikes: every server follows after its commit. */
  async changed(tenantId: string): Promise<void> {
    await this.deps.templates.raiseVersion(tenantId);
    this.deps.unitOfWork.afterCommit(() => this.bringUpToDate(tenantId));
  }

  /** One company at a time, so that two updates never mix their halves. */
  bringUpToDate(tenantId: string): Promise<void> {
    const update = this.turn.then(() => this.update(tenantId));
    this.turn = update.catch(() => undefined);
    return update;
  }

  private async update(tenantId: string): Promise<void> {
    const { unitOfWork, templates, pairs, galleries } = this.deps;
    const { version, stored, guarded } = await unitOfWork.run(async () => ({
      version: await templates.version(tenantId),
      stored: await templates.refs(tenantId),
      guarded: await pairs.guarded(tenantId),
    }));
    galleries.setLookAlikes(
      tenantId,
      guarded.map(({ personA, personB }) => [personA, personB]),
    );
    const changed = differing(stored, galleries.templatesOf(tenantId));
    for (let at = 0; at < changed.length; at += PEOPLE_AT_ONCE) {
      await this.reload(tenantId, changed.slice(at, at + PEOPLE_AT_ONCE));
      await nextTurn();
    }
    // Only now: a company that is new here must not be searched while half of it is missing.
    galleries.setVersion(tenantId, version);
  }

  private async reload(tenantId: string, personIds: readonly string[]): Promise<void> {
    const { unitOfWork, templates, vault, galleries, logger } = this.deps;
    const opened = await unitOfWork.run(async () => {
      const rows = await templates.ofPeople(tenantId, personIds);
      const places = rows.map((row) => ({ ...row, templateId: row.id }));
      const embeddings = await vault.openMany(tenantId, places);
      return places.map((place, at) => ({ place, embedding: embeddings[at] }));
    });
    const usable: GalleryTemplate[] = [];
    let unreadable = 0;
    for (const { place, embedding } of opened) {
      if (embedding?.ok === true) usable.push({ ...place, embedding: embedding.value });
      else unreadable += 1;
    }
    unreadable += galleries.replace(tenantId, personIds, usable).length;
    if (unreadable > 0) logger.warn('templates could not be used', { tenant: tenantId, count: unreadable });
  }
}

/** People whose stored templates are not those in memory. */
function differing(
  stored: readonly { readonly id: string; readonly personId: string }[],
  loaded: ReadonlyMap<string, ReadonlySet<string>>,
): string[] {
  const wanted = new Map<string, Set<string>>();
  for (const { id, personId } of stored) {
    const ids = wanted.get(personId) ?? new Set();
    wanted.set(personId, ids.add(id));
  }
  const people = new Set([...wanted.keys(), ...loaded.keys()]);
  return [...people].filter((personId) => {
    const want = wanted.get(personId) ?? new Set<string>();
    const have = loaded.get(personId) ?? new Set<string>();
    return want.size !== have.size || [...want].some((id) => !have.has(id));
  });
}
