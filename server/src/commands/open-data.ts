// Opens the database that the server works on, for commands. It never makes one: a mistyped folder must not look empty.
import { existsSync } from 'node:fs';
import { UserError } from '@hazri/shared/result';
import type { ServerConfig } from '../platform/config/config.js';
import { openDatabase } from '../platform/database/open-database.js';
import { MIGRATIONS, SCHEMAS } from '../platform/database/schema-registry.js';
import { type Database, UnitOfWork } from '../platform/database/unit-of-work.js';

export async function withData<T>(
  config: ServerConfig,
  work: (database: Database, unitOfWork: UnitOfWork) => Promise<T>,
): Promise<T> {
  if (config.database.dialect === 'sqlite' && !existsSync(config.database.file)) {
    throw new UserError('DATA_MISSING', 'There is no server data in this folder. Set HAZRI_DATA.');
  }
  const database = await openDatabase(config.database, { schemas: SCHEMAS, migrations: MIGRATIONS });
  try {
    return await work(database, new UnitOfWork(database));
  } finally {
    await database.source.destroy();
  }
}
