// The galleries of all companies in this server's memory. They follow the database: they change only after a commit, and
// what another server committed is picked up by comparing versions. Until a gallery is loaded nothing is decided with it.
import { Gallery, type GalleryTemplate } from '@hazri/shared/domain/matching/gallery';
import { WasmCodeScan } from './kernel/wasm-code-scan.js';

/** One company's galleries, one per recognition model, all at one version. */
export interface CompanyGallery {
  readonly byModel: ReadonlyMap<string, Gallery>;
  readonly version: number;
}

interface Entry {
  readonly byModel: Map<string, Gallery>;
  /** Template ids by person: what is loaded, to be compared with what is stored. */
  readonly templatesOf: Map<string, Set<string>>;
  /** By person, those whose face is too near. */
  lookAlikes: ReadonlyMap<string, ReadonlySet<string>>;
  version: number;
}

const NOBODY: ReadonlySet<string> = new Set();

export class Galleries {
  private readonly entries = new Map<string, Entry>();

  /** Undefined until the company's gallery is loaded. */
  of(tenantId: string): CompanyGallery | undefined {
    return this.entries.get(tenantId);
  }

  versionOf(tenantId: string): number | undefined {
    return this.entries.get(tenantId)?.version;
  }

  templatesOf(tenantId: string): ReadonlyMap<string, ReadonlySet<string>> {
    return this.entries.get(tenantId)?.templatesOf ?? new Map<string, ReadonlySet<string>>();
  }

  /** People who look like this one, so that the face alone is not enough. */
  lookAlikesOf(tenantId: string, personId: string): ReadonlySet<string> {
    return this.entries.get(tenantId)?.lookAlikes.get(personId) ?? NOBODY;
  }

  setLookAlikes(tenantId: string, pairs: readonly (readonly [string, string])[]): void {
    const lookAlikes = new Map<string, Set<string>>();
    for (const [one, other] of pairs) {
      lookAlikes.set(one, (lookAlikes.get(one) ?? new Set()).add(other));
      lookAlikes.set(other, (lookAlikes.get(other) ?? new Set()).add(one));
    }
    this.entry(tenantId).lookAlikes = lookAlikes;
  }

  /** Takes these people's templates out and puts the given ones in; the embeddings are zeroed. */
  replace(tenantId: string, personIds: readonly string[], templates: readonly GalleryTemplate[]): string[] {
    const entry = this.entry(tenantId);
    for (const personId of personIds) {
      for (const gallery of entry.byModel.values()) gallery.removePerson(personId);
      entry.templatesOf.delete(personId);
    }
    const unusable: string[] = [];
    for (const template of templates) {
      const added = this.galleryFor(entry, template.modelId).add(template);
      template.embedding.fill(0);
      if (!added.ok) unusable.push(template.templateId);
      const ids = entry.templatesOf.get(template.personId) ?? new Set();
      entry.templatesOf.set(template.personId, ids.add(template.templateId));
    }
    return unusable;
  }

  setVersion(tenantId: string, version: number): void {
    this.entry(tenantId).version = version;
  }

  /** Zeroes everything: matching is unavailable until the company is loaded again. */
  drop(tenantId: string): void {
    for (const gallery of this.entries.get(tenantId)?.byModel.values() ?? []) gallery.clear();
    this.entries.delete(tenantId);
  }

  dropAll(): void {
    for (const tenantId of [...this.entries.keys()]) this.drop(tenantId);
  }

  private entry(tenantId: string): Entry {
    const known = this.entries.get(tenantId);
    if (known !== undefined) return known;
    const entry: Entry = { byModel: new Map(), templatesOf: new Map(), lookAlikes: new Map(), version: -1 };
    this.entries.set(tenantId, entry);
    return entry;
  }

  private galleryFor(entry: Entry, modelId: string): Gallery {
    const known = entry.byModel.get(modelId);
    if (known !== undefined) return known;
    const gallery = new Gallery(modelId, new WasmCodeScan());
    entry.byModel.set(modelId, gallery);
    return gallery;
  }
}
