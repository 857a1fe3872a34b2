// Which recognition models a company runs, as it stands in the database.
import { EntitySchema } from 'typeorm';
import { instantMs, nullable, primaryId, shortText } from '../../../platform/database/columns.js';
import type { StoredModels } from '../recognition-models.js';

export const recognitionModelsSchema = new EntitySchema<StoredModels>({
  name: 'RecognitionModels',
  tableName: 'recognition_models',
  columns: {
    tenantId: primaryId,
    current: shortText(80),
    next: nullable(shortText(80)),
    startedAtMs: nullable(instantMs),
  },
});
