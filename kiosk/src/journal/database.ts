// Opens the journal's SQLite file the only safe way (SECURITY.md T2, T3) and brings its tables to the current version.
// Whoever opens it owns it alone: a second process is refused, and the lock ends with the process that holds it.
import Database from 'better-sqlite3';
import { OperationalError } from '@hazri/shared/result';

/** The first SQLite without the WAL-reset corruption bug. */
const OLDEST_SAFE_SQLITE = [3, 51, 3] as const;
const SYNCHRONOUS_FULL = 2;
const SCHEMA_1 = `
  CREATE TABLE epochs (
    epoch INTEGER PRIMARY KEY,
    acked_seq INTEGER NOT NULL DEFAULT 0,
    -- Events after this number are held back: the server refused this epoch. Null: everything is sent.
    send_until INTEGER
  ) STRICT;
  CREATE TABLE events (
    epoch INTEGER NOT NULL REFERENCES epochs (epoch),
    seq INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    hash TEXT NOT NULL,
    head_signature BLOB NOT NULL,
    box BLOB,
    outcome TEXT,
    appended_at_ms INTEGER NOT NULL,
    PRIMARY KEY (epoch, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER events_are_immutable BEFORE UPDATE OF epoch, seq, bytes, hash, head_signature ON events
    BEGIN SELECT RAISE(ABORT, 'journal events never change'); END;
`;

/** Acknowledged events are forgotten after a time; until then, and before an acknowledgement, none can go. */
const SCHEMA_2 = `
  ALTER TABLE events ADD COLUMN acked_at_ms INTEGER;
  UPDATE events SET acked_at_ms = appended_at_ms
    WHERE seq <= (SELECT acked_seq FROM epochs WHERE epochs.epoch = events.epoch);
  CREATE TRIGGER unacknowledged_events_stay BEFORE DELETE ON events WHEN OLD.acked_at_ms IS NULL
    BEGIN SELECT RAISE(ABORT, 'an event that was not acknowledged never goes'); END;
`;

/** In order; a journal of version n has had the first n of them. Released ones never change. */
const SCHEMAS = [SCHEMA_1, SCHEMA_2];

export type JournalDatabase = Database.Database;

/** Errors: JOURNAL_LOCKED, JOURNAL_SQLITE_OLD, JOURNAL_TOO_NEW; whatever SQLite says of an unreadable file passes. */
export function openJournalDatabase(path: string, driver: string | null = null): JournalDatabase {
  const database = new Database(path, { timeout: 0, ...(driver !== null && { nativeBinding: driver }) });
  try {
    // First of all: without it the first look at the file makes a shared-memory file, and a full disk has no room for one.
    database.pragma('locking_mode = EXCLUSIVE');
    assertSafeSqlite(database);
    database.pragma('journal_mode = WAL');
    assertFullSync(database);
    database.pragma('foreign_keys = ON');
    database.pragma('mmap_size = 0');
    // A box that was acknowledged must not stay readable in a free page.
    database.pragma('secure_delete = ON');
    // Takes the lock now rather than with the first punch.
    database.exec('BEGIN IMMEDIATE; COMMIT');
    migrate(database);
    if (database.pragma('quick_check(1)', { simple: true }) !== 'ok') {
      throw new OperationalError('JOURNAL_UNREADABLE', false);
    }
    return database;
  } catch (error) {
    database.close();
    throw sqliteCode(error)?.startsWith('SQLITE_BUSY') === true
      ? new OperationalError('JOURNAL_LOCKED', false, { cause: error })
      : error;
  }
}

/** SQLite's own result code of an error, or null when it is not from SQLite. */
export function sqliteCode(error: unknown): string | null {
  return error instanceof Database.SqliteError ? error.code : null;
}

/** True when the file itself cannot be believed, as opposed to a disk or a lock that may recover. */
export function isUnreadable(error: unknown): boolean {
  if (error instanceof OperationalError) return error.code === 'JOURNAL_UNREADABLE';
  const code = sqliteCode(error);
  return code !== null && (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB');
}

export const isDiskFull = (error: unknown): boolean => sqliteCode(error) === 'SQLITE_FULL';

function assertSafeSqlite(database: JournalDatabase): void {
  const version = database.prepare('SELECT sqlite_version()').pluck().get() as string;
  const parts = version.split('.').map(Number);
  const differsAt = OLDEST_SAFE_SQLITE.findIndex((part, index) => part !== parts[index]);
  const wanted = OLDEST_SAFE_SQLITE[differsAt];
  const found = parts[differsAt];
  if (wanted !== undefined && (found === undefined || found < wanted)) {
    throw new OperationalError('JOURNAL_SQLITE_OLD', false);
  }
}

/** Set on every open: better-sqlite3 falls back to NORMAL when a WAL file is opened again. */
function assertFullSync(database: JournalDatabase): void {
  database.pragma('synchronous = FULL');
  const isFull = database.pragma('synchronous', { simple: true }) === SYNCHRONOUS_FULL;
  const isWal = database.pragma('journal_mode', { simple: true }) === 'wal';
  if (!isFull || !isWal) throw new OperationalError('JOURNAL_NOT_DURABLE', false);
}

/** All steps that are missing, in one transaction: a journal is of the old version or of the new one, never between. */
function migrate(database: JournalDatabase): void {
  const version = database.pragma('user_version', { simple: true }) as number;
  if (version > SCHEMAS.length) throw new OperationalError('JOURNAL_TOO_NEW', false);
  if (version === SCHEMAS.length) return;
  database.transaction(() => {
    for (const schema of SCHEMAS.slice(version)) database.exec(schema);
    database.pragma(`user_version = ${SCHEMAS.length}`);
  })();
}
