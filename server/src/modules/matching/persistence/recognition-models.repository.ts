// Which recognition models each company runs.
import type { Database } from '../../../platform/database/unit-of-work.js';
import type { ModelRows, StoredModels } from '../recognition-models.js';
import { recognitionModelsSchema } from './recognition-models.schema.js';

export class RecognitionModelsRepository implements ModelRows {
  constructor(private readonly database: Database) {}

  of(tenantId: string): Promise<StoredModels | null> {
    return this.rows().findOneBy({ tenantId });
  }

  lock(tenantId: string): Promise<StoredModels | null> {
    return this.database.lockRow(recognitionModelsSchema, { tenantId });
  }

  async put(models: StoredModels): Promise<void> {
    await this.rows().upsert({ ...models }, ['tenantId']);
  }

  private rows() {
    return this.database.manager().getRepository(recognitionModelsSchema);
  }
}
