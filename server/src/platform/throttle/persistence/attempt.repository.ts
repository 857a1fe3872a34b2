// Failed attempts by bucket, in the database so that several servers count together.
import { EntitySchema, LessThan, MoreThan } from 'typeorm';
import { instantMs, primary, primaryId, shortText } from '../../database/columns.js';
import type { Database } from '../../database/unit-of-work.js';
import type { AttemptStore } from '../throttle.js';

interface AttemptRow {
  id: string;
  bucket: string;
  atMs: number;
}
export const attemptSchema = new EntitySchema<AttemptRow>({
  name: 'Attempt',
  tableName: 'attempt',
  columns: { id: primaryId, bucket: shortText(120), atMs: instantMs },
});

interface AttemptBucketRow {
  bucket: string;
}
export const attemptBucketSchema = new EntitySchema<AttemptBucketRow>({
  name: 'AttemptBucket',
  tableName: 'attempt_bucket',
  columns: { bucket: primary(shortText(120)) },
});

export class AttemptRepository implements AttemptStore {
  constructor(private readonly database: Database) {}

  async lock(bucket: string): Promise<void> {
    const buckets = this.database.manager().createQueryBuilder().insert().into(attemptBucketSchema);
    await buckets.values({ bucket }).orIgnore().execute();
    await this.database.lockRow(attemptBucketSchema, { bucket });
  }

  async instants(bucket: string, sinceMs: number): Promise<number[]> {
    const rows = await this.attempts().find({
      where: { bucket, atMs: MoreThan(sinceMs) },
      order: { atMs: 'ASC' },
    });
    return rows.map((row) => row.atMs);
  }

  async add(attempt: { id: string; bucket: string; atMs: number }): Promise<void> {
    await this.attempts().insert(attempt);
  }

  async remove(ids: readonly string[]): Promise<void> {
    await this.attempts().delete([...ids]);
  }

  async clear(bucket: string): Promise<void> {
    await this.attempts().delete({ bucket });
  }

  async forgetBefore(atMs: number): Promise<void> {
    await this.attempts().delete({ atMs: LessThan(atMs) });
  }

  private attempts() {
    return this.database.manager().getRepository(attemptSchema);
  }
}
