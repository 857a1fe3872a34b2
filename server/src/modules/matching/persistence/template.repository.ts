// Stores ciphertext of templates. Every query names the tenant, except the one that asks for all versions at once.
import { In } from 'typeorm';
import type { Database } from '../../../platform/database/unit-of-work.js';
import type { StoredTemplate, TemplateRef, TemplateRows } from '../template.js';
import { galleryVersionSchema, templateSchema } from './template.schema.js';

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

  ofPerson(tenantId: string, personId: string): Promise<StoredTemplate[]> {
    return this.templates().find({ where: { tenantId, personId }, order: { createdAtMs: 'ASC', id: 'ASC' } });
  }

  async ofPeople(tenantId: string, personIds: readonly string[]): Promise<StoredTemplate[]> {
    const rows: StoredTemplate[] = [];
    for (let at = 0; at < personIds.length; at += CHUNK) {
      const personId = In(personIds.slice(at, at + CHUNK));
      rows.push(...(await this.templates().findBy({ tenantId, personId })));
    }
    return rows;
  }

  refs(tenantId: string): Promise<TemplateRef[]> {
    return this.templates().find({ select: { id: true, personId: true }, where: { tenantId } });
  }

  async removeOf(tenantId: string, personId: string): Promise<number> {
    const { affected } = await this.templates().delete({ tenantId, personId });
    return affected ?? 0;
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

  private versionRows() {
    return this.database.manager().getRepository(galleryVersionSchema);
  }
}
