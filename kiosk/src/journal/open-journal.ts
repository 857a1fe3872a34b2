// Opens the journal of a paired tablet, whatever state the disk is in. A file that cannot be read is set aside with
// its name changed, never deleted; what can still be read of it is taken over, and a new epoch says so. A journal that was
// lost starts above every epoch ever used.
import { existsSync, renameSync } from 'node:fs';
import { type JournalDatabase, isDiskFull, isUnreadable, openJournalDatabase } from './database.js';
import { Journal, type JournalOptions } from './journal.js';
import { Reserve } from './reserve.js';
import { salvage } from './salvage.js';
import { SqliteTables } from './sqlite-tables.js';
import type { JournalTables } from './tables.js';

export type NewEpochReason = 'wiped' | 'unreadable';

export interface ResumedJournal {
  readonly journal: Journal;
  /** Why a new epoch must be announced before anything else is recorded; null when the journal simply continues. */
  readonly announce: NewEpochReason | null;
}

export interface OpenedJournal extends ResumedJournal {
  /** The file that was set aside, if one was. */
  readonly quarantined: string | null;
}

export interface ResumeOptions extends JournalOptions {
  readonly verify: (bytes: Uint8Array, signature: Uint8Array) => boolean;
}

export interface JournalPlace extends ResumeOptions {
  readonly path: string;
  /** Path of another build of the database driver; null for the installed one. */
  readonly driver: string | null;
}

/** Errors: JOURNAL_LOCKED, JOURNAL_SQLITE_OLD, JOURNAL_TOO_NEW, JOURNAL_NOT_DURABLE. */
export function openJournal(place: JournalPlace): OpenedJournal {
  const { path, driver, wallMs } = place;
  const existed = existsSync(path);
  const reserve = new Reserve(path);
  let quarantined: string | null = null;
  let database: JournalDatabase;
  try {
    database = openWithRoom(place, reserve);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    quarantined = setAside(path, wallMs());
    database = openWithRoom(place, reserve);
  }
  const tables = new SqliteTables(database, reserve);
  if (quarantined !== null) salvage(quarantined, driver, tables);
  const resumed = resumeJournal(tables, { ...place, existed });
  return { ...resumed, announce: quarantined === null ? resumed.announce : 'unreadable', quarantined };
}

/** Believes of stored tables what their chain and signatures prove, and holds back the rest. */
export function resumeJournal(
  tables: JournalTables,
  options: ResumeOptions & { readonly existed: boolean },
): ResumedJournal {
  const { verify, lastEpoch, existed } = options;
  const journal = new Journal(tables, options);
  const broken = journal.verifyUnsent(verify);
  for (const { epoch, seq } of broken) journal.holdBackFrom(epoch, seq);
  const isLost = !existed && lastEpoch > 0;
  const isBehind = journal.head.seq > 0 && journal.head.epoch < lastEpoch;
  return { journal, announce: broken.length > 0 ? 'unreadable' : isLost || isBehind ? 'wiped' : null };
}

/** A disk that is full when the tablet starts must not keep it from starting. */
function openWithRoom({ path, driver }: JournalPlace, reserve: Reserve): JournalDatabase {
  try {
    return openJournalDatabase(path, driver);
  } catch (error) {
    if (!isDiskFull(error) || !reserve.giveUp('make-room')) throw error;
    return openJournalDatabase(path, driver);
  }
}

function setAside(path: string, wallMs: number): string {
  const target = `${path}.set-aside-${wallMs}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, target + suffix);
  }
  return target;
}
