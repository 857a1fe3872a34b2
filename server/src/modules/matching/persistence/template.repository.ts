// Stores ciphertext of templates. Every query names the tenant, except the one that asks for all versions at once.
import { In } from 'typeorm';
import type { Database } from '../../../platform/database/unit-of-work.js';
import type { Candidate, StoredTemplate, TemplateRef, TemplateRows, TemplateUsed } from '../template.js';
import {
  type TemplateRow,
  candidateSchema,
  galleryVersionSchema,
  templateSchema,
} from './template.schema.js';

/** How many ids go into one query. */
const CHUNK = 400;

export class TemplateRepository implements TemplateRows {
  constructor(private readonly database: Database) {}

  async add(template: StoredTemplate): Promise<void> {
    const { quality, ...row } = template;
    await this.templates().insert({
      ...row,
      sealed: Buffer.from(row.sealed),
      ...(quality === null ? {} : { quality }),
    });
  }

  async ofPerson(tenantId: string, personId: string): Promise<StoredTemplate[]> {
    const order = { createdAtMs: 'ASC', id: 'ASC' } as const;
    return (await this.templates().find({ where: { tenantId, personId }, order })).map(toTemplate);
  }

  async ofPeople(tenantId: string, personIds: readonly string[]): Promise<StoredTemplate[]> {
    const rows: StoredTemplate[] = [];
    for (let at = 0; at < personIds.length; at += CHUNK) {
      const personId = In(personIds.slice(at, at + CHUNK));
      rows.push(...(await this.templates().findBy({ tenantId, personId })).map(toTemplate));
    }
    return rows;
  }

  refs(tenantId: string): Promise<TemplateRef[]> {
    return this.templates().find({ select: { id: true, personId: true }, where: { tenantId } });
  }

  async peopleByModel(tenantId: string): Promise<Map<string, number>> {
    const rows: { model: string; people: string | number }[] = await this.templates()
      .createQueryBuilder('template')
      .select('template.modelId', 'model')
      .addSelect('COUNT(DISTINCT template.personId)', 'people')
      .where('template.tenantId = :tenantId', { tenantId })
      .groupBy('template.modelId')
      .getRawMany();
    return new Map(rows.map((row) => [row.model, Number(row.people)]));
  }

  async removeOf(tenantId: string, personId: string): Promise<number> {
    const { affected } = await this.templates().delete({ tenantId, personId });
    return affected ?? 0;
  }

  async remove(tenantId: string, templateIds: readonly string[]): Promise<void> {
    if (templateIds.length > 0) await this.templates().delete({ tenantId, id: In([...templateIds]) });
  }

  async addUse({ tenantId, templateId: id, times, lastAtMs }: TemplateUsed): Promise<void> {
    const row = await this.templates().findOneBy({ tenantId, id });
    if (row === null) return;
    const lastUsedAtMs = Math.max(row.lastUsedAtMs ?? 0, lastAtMs);
    await this.templates().update(
      { tenantId, id },
      { usedCount: (row.usedCount ?? 0) + times, lastUsedAtMs },
    );
  }

  async addCandidate(candidate: Candidate): Promise<void> {
    await this.candidates().insert({ ...candidate, sealed: Buffer.from(candidate.sealed) });
  }

  candidatesOf(tenantId: string, personId: string): Promise<Candidate[]> {
    return this.candidates().find({
      where: { tenantId, personId },
      order: { createdAtMs: 'ASC', id: 'ASC' },
    });
  }

  async removeCandidates(tenantId: string, candidateIds: readonly string[]): Promise<void> {
    if (candidateIds.length > 0) await this.candidates().delete({ tenantId, id: In([...candidateIds]) });
  }

  async removeCandidatesOf(tenantId: string, personId: string): Promise<void> {
    await this.candidates().delete({ tenantId, personId });
  }

  async version(tenantId: string): Promise<number> {
    return (await this.versionRows().findOneBy({ tenantId }))?.version ?? 0;
  }

  async raiseVersion(tenantId: string): Promise<number> {
    const insert = this.database.manager().createQueryBuilder().insert().into(galleryVersionSchema);
    await insert.values({ tenantId, version: 0 }).orIgnore().execute();
    const locked = await this.database.lockRow(galleryVersionSchema, { tenantId });
    const version = (locked?.version ?? 0) + 1;
    await this.versionRows().update({ tenantId }, { version });
    return version;
  }

  async versions(): Promise<Map<string, number>> {
    const rows = await this.versionRows().find();
    return new Map(rows.map((row) => [row.tenantId, row.version]));
  }

  private templates() {
    return this.database.manager().getRepository(templateSchema);
  }

  private candidates() {
    return this.database.manager().getRepository(candidateSchema);
  }

  private versionRows() {
    return this.database.manager().getRepository(galleryVersionSchema);
  }
}

const toTemplate = (row: TemplateRow): StoredTemplate => ({ ...row, usedCount: row.usedCount ?? 0 });
