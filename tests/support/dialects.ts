// Runs a suite on every database that this machine has, each test in a throw-away database of its own.
// SQLite is always there. An absent server is said loudly, and fails when REQUIRE_POSTGRES or REQUIRE_MARIADB is 1.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import mysql from 'mysql2/promise';
import pg from 'pg';
import {
  type DatabaseContents,
  type DatabaseLocation,
  openDatabase,
} from '../../server/src/platform/database/open-database.js';
import { MIGRATIONS, SCHEMAS } from '../../server/src/platform/database/schema-registry.js';
import { type Database, UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import type { Dialect } from '../../server/src/platform/database/dialect.js';

const POSTGRES_URL = process.env['HAZRI_TEST_POSTGRES'] ?? 'postgres://postgres@127.0.0.1:5432';
const MARIADB_URL = process.env['HAZRI_TEST_MARIADB'] ?? 'mysql://root@127.0.0.1:3306';

export interface Place {
  readonly location: DatabaseLocation;
  remove(): Promise<void>;
}

export interface OpenedPlace extends Place {
  /** Takes the place away without closing the database. */
  removeFiles(): Promise<void>;
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
}

const newName = (): string => `hazri_test_${randomBytes(8).toString('hex')}`;

async function onPostgres(sql: string): Promise<void> {
  const client = new pg.Client({
    connectionString: `${POSTGRES_URL}/postgres`,
    connectionTimeoutMillis: 3000,
  });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function onMariadb(sql: string): Promise<void> {
  const connection = await mysql.createConnection({ uri: MARIADB_URL, connectTimeout: 3000 });
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}

const MAKERS: Record<Dialect, () => Promise<Place>> = {
  sqlite: () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'hazri-db-'));
    return Promise.resolve({
      location: { dialect: 'sqlite', file: path.join(folder, 'hazri.db') },
      remove: () => {
        rmSync(folder, { recursive: true, force: true });
        return Promise.resolve();
      },
    });
  },
  postgres: async () => {
    const name = newName();
    await onPostgres(`CREATE DATABASE ${name}`);
    return {
      location: { dialect: 'postgres', url: `${POSTGRES_URL}/${name}` },
      remove: () => onPostgres(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
    };
  },
  mysql: async () => {
    const name = newName();
    await onMariadb(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    return {
      location: { dialect: 'mysql', url: `${MARIADB_URL}/${name}` },
      remove: () => onMariadb(`DROP DATABASE IF EXISTS ${name}`),
    };
  },
};

async function answers(dialect: Dialect): Promise<boolean> {
  if (dialect === 'sqlite') return true;
  try {
    await (dialect === 'postgres' ? onPostgres('SELECT 1') : onMariadb('SELECT 1'));
    return true;
  } catch (error) {
    const required = process.env[dialect === 'postgres' ? 'REQUIRE_POSTGRES' : 'REQUIRE_MARIADB'];
    if (required === '1') throw new Error(`${dialect} is required but does not answer`, { cause: error });
    console.warn(`NOT RUN: no ${dialect} server answers on this machine, so its suites are left out.`);
    return false;
  }
}

/** The databases of this machine; decided once per test file. */
export const DIALECTS: readonly Dialect[] = await (async () => {
  const found: Dialect[] = [];
  for (const dialect of ['sqlite', 'postgres', 'mysql'] as const) {
    if (await answers(dialect)) found.push(dialect);
  }
  return found;
})();

/** An empty place for a database; the caller removes it. */
export const newPlace = (dialect: Dialect): Promise<Place> => MAKERS[dialect]();

/** A migrated database in a place of its own. `remove` closes it first. */
export async function openPlace(
  dialect: Dialect,
  contents: DatabaseContents = { schemas: SCHEMAS, migrations: MIGRATIONS },
): Promise<OpenedPlace> {
  const place = await newPlace(dialect);
  try {
    const database = await openDatabase(place.location, contents);
    const remove = async (): Promise<void> => {
      await database.source.destroy();
      await place.remove();
    };
    return {
      location: place.location,
      database,
      unitOfWork: new UnitOfWork(database),
      removeFiles: () => place.remove(),
      remove,
    };
  } catch (error) {
    await place.remove();
    throw error;
  }
}
