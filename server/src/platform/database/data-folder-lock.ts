// One server per data folder. The operating system frees the lock when the process dies, however it dies.
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { UserError } from '@hazri/shared/result';

/** Returns how to let go. Throws UserError ALREADY_RUNNING while another server holds the folder. */
export function holdDataFolder(dataFolder: string): () => void {
  const lock = new Sqlite(path.join(dataFolder, 'running.lock'), { timeout: 200 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error;
    throw new UserError(
      'ALREADY_RUNNING',
      'A server is already running on this data folder. Stop it, or set HAZRI_DATA to another folder.',
    );
  }
  return () => {
    lock.close();
  };
}
