// Opens the database, brings its schema up to date and refuses to start on one that could lose a commit.
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { DataSource, type DataSourceOptions, EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';
import { OperationalError, UserError } from '@hazri/shared/result';
import { type Dialect, nativeType } from './dialect.js';
import { type NumberedMigration, toOrmMigration } from './migration.js';
import { SnakeCaseNames } from './snake-case-names.js';
import { Database } from './unit-of-work.js';

/** The WAL-reset corruption of older versions is fixed from here on (sqlite.org, "WAL-reset bug"). */
const SQLITE_AT_LEAST = [3, 51, 3] as const;
const MIGRATION_LOCK = 7_215_001;
const POOL_SIZE = 10;

export type DatabaseLocation =
  | { readonly dialect: 'sqlite'; readonly file: string }
  | { readonly dialect: 'postgres' | 'mysql'; readonly url: string };

export interface DatabaseContents {
  readonly schemas: readonly EntitySchema[];
  readonly migrations: readonly NumberedMigration[];
}

/** Throws OperationalError DATABASE_UNREACHABLE, or UserError when the database is not fit for use. */
export async function openDatabase(
  location: DatabaseLocation,
  contents: DatabaseContents,
): Promise<Database> {
  const source = new DataSource(optionsFor(location, contents));
  try {
    await source.initialize();
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new OperationalError('DATABASE_UNREACHABLE', true, { cause: error });
  }
  try {
    if (location.dialect === 'sqlite') await assertDurableSqlite(source);
    await migrate(source, location.dialect);
  } catch (error) {
    await source.destroy();
    throw error;
  }
  if (location.dialect === 'sqlite') keepPrivate(location.file);
  return new Database(source, location.dialect);
}

/** `postgres://…` and `mysql://…`; anything else is refused. */
export function locationFromUrl(url: string): DatabaseLocation {
  const scheme = /^[a-z]+(?=:\/\/)/.exec(url)?.[0];
  if (scheme === 'postgres' || scheme === 'postgresql') return { dialect: 'postgres', url };
  if (scheme === 'mysql' || scheme === 'mariadb') {
    return { dialect: 'mysql', url: url.replace(/^mariadb:/, 'mysql:') };
  }
  throw new UserError('CONFIG_INVALID', 'DATABASE_URL must start with postgres:// or mysql://.');
}

function optionsFor(location: DatabaseLocation, contents: DatabaseContents): DataSourceOptions {
  const { dialect } = location;
  const common = {
    entities: contents.schemas.map((schema) => nativeSchema(schema, dialect)),
    migrations: contents.migrations.map((migration) => toOrmMigration(migration, dialect)),
    migrationsTableName: 'schema_migration',
    migrationsTransactionMode: 'each',
    namingStrategy: new SnakeCaseNames(),
    synchronize: false,
    logging: false,
  } as const;
  if (location.dialect === 'sqlite') {
    mkdirSync(path.dirname(location.file), { recursive: true, mode: 0o700 });
    return {
      ...common,
      type: 'better-sqlite3',
      database: location.file,
      prepareDatabase: prepareSqlite,
    };
  }
  if (location.dialect === 'postgres') {
    return { ...common, type: 'postgres', url: location.url, poolSize: POOL_SIZE, applicationName: 'hazri' };
  }
  return {
    ...common,
    type: 'mysql',
    url: location.url,
    poolSize: POOL_SIZE,
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    supportBigNumbers: true,
    bigNumberStrings: true,
  };
}

/** One set of schemas serves all databases: only the names of the column types differ. */
function nativeSchema(schema: EntitySchema, dialect: Dialect): EntitySchema {
  const columns: Record<string, EntitySchemaColumnOptions> = {};
  for (const [property, column] of Object.entries(schema.options.columns)) {
    if (column === undefined) continue;
    const isBlob = column.type === 'blob';
    columns[property] = isBlob ? { ...column, type: nativeType(dialect, 'blob') as 'bytea' } : column;
  }
  return new EntitySchema(Object.assign({}, schema.options, { columns }));
}

interface PreparedSqlite {
  pragma(source: string): unknown;
}

/** On every open: better-sqlite3 falls back to synchronous=NORMAL after the first restart. */
function prepareSqlite(database: PreparedSqlite): void {
  for (const pragma of ['journal_mode=WAL', 'synchronous=FULL', 'foreign_keys=ON', 'secure_delete=ON']) {
    database.pragma(pragma);
  }
  database.pragma('busy_timeout=5000');
  database.pragma('mmap_size=0');
}

async function assertDurableSqlite(source: DataSource): Promise<void> {
  const read = async (name: string): Promise<unknown> => {
    const rows: Record<string, unknown>[] = await source.query(`PRAGMA ${name}`);
    return Object.values(rows[0] ?? {})[0];
  };
  const versions: { version: string }[] = await source.query('SELECT sqlite_version() AS version');
  if (!isAtLeast(versions[0]?.version ?? '0', SQLITE_AT_LEAST)) {
    throw new UserError('DATABASE_TOO_OLD', 'The bundled SQLite is older than 3.51.3 and may corrupt data.');
  }
  const isDurable =
    (await read('journal_mode')) === 'wal' &&
    (await read('synchronous')) === 2 &&
    (await read('foreign_keys')) === 1;
  if (!isDurable) {
    throw new UserError('DATABASE_NOT_DURABLE', 'SQLite did not switch to WAL with full synchronisation.');
  }
}

export function isAtLeast(version: string, wanted: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  for (const [at, want] of wanted.entries()) {
    const have = parts[at] ?? 0;
    if (have !== want) return have > want;
  }
  return true;
}

/** Two servers may start at once on one database: only one of them migrates at a time. */
async function migrate(source: DataSource, dialect: Dialect): Promise<void> {
  if (dialect === 'sqlite') {
    await source.runMigrations();
    return;
  }
  const guard = source.createQueryRunner();
  const [lock, unlock] =
    dialect === 'postgres'
      ? [
          `SELECT pg_advisory_lock(${String(MIGRATION_LOCK)})`,
          `SELECT pg_advisory_unlock(${String(MIGRATION_LOCK)})`,
        ]
      : [`SELECT GET_LOCK('hazri-migrate', 60)`, `SELECT RELEASE_LOCK('hazri-migrate')`];
  try {
    await guard.query(lock);
    await source.runMigrations();
  } finally {
    await guard.query(unlock);
    await guard.release();
  }
}

function keepPrivate(file: string): void {
  for (const name of [file, `${file}-wal`, `${file}-shm`]) {
    if (existsSync(name)) chmodSync(name, 0o600);
  }
}
