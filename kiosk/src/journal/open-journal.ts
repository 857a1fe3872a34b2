// Opens the journal of a paired tablet, whatever state the disk is in. A file that cannot be read is set aside with
// its name changed, never deleted, and a new epoch says so; a journal that was lost starts above every epoch ever used.
import { existsSync, renameSync } from 'node:fs';
import { isUnreadable, openJournalDatabase } from './database.js';
import { Journal, type Signer } from './journal.js';

export type NewEpochReason = 'wiped' | 'unreadable';

export interface OpenedJournal {
  readonly journal: Journal;
  /** Why a new epoch must be announced before anything else is recorded; null when the journal simply continues. */
  readonly announce: NewEpochReason | null;
  /** The file that was set aside, if one was. */
  readonly quarantined: string | null;
}

export interface JournalPlace {
  readonly path: string;
  readonly deviceId: string;
  readonly signer: Signer;
  readonly verify: (bytes: Uint8Array, signature: Uint8Array) => boolean;
  /** The highest epoch that this device ever began, remembered outside the journal; 0 for none. */
  readonly lastEpoch: number;
  readonly wallMs: () => number;
  /** Path of another build of the database driver; null for the installed one. */
  readonly driver: string | null;
}

/** Errors: JOURNAL_LOCKED, JOURNAL_SQLITE_OLD, JOURNAL_TOO_NEW, JOURNAL_NOT_DURABLE. */
export function openJournal(place: JournalPlace): OpenedJournal {
  const { path, deviceId, signer, wallMs, lastEpoch } = place;
  const existed = existsSync(path);
  let quarantined: string | null = null;
  let database;
  try {
    database = openJournalDatabase(path, place.driver);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    quarantined = setAside(path, wallMs());
    database = openJournalDatabase(path, place.driver);
  }
  const journal = new Journal(database, { deviceId, signer, wallMs, lastEpoch });
  const broken = journal.verifyUnsent(place.verify);
  if (broken !== null) journal.holdBackFrom(broken.epoch, broken.seq);
  const isLost = !existed && lastEpoch > 0;
  const isBehind = journal.head.seq > 0 && journal.head.epoch < lastEpoch;
  const announce =
    quarantined !== null || broken !== null ? 'unreadable' : isLost || isBehind ? 'wiped' : null;
  return { journal, announce, quarantined };
}

function setAside(path: string, wallMs: number): string {
  const target = `${path}.set-aside-${wallMs}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, target + suffix);
  }
  return target;
}
