// How every program of the tablet starts and ends: JSON lines on standard error, one sentence and an exit code when it
// cannot run, a clean stop when it is asked to.
import { OperationalError, UserError } from '@hazri/shared/result';
import { type Log, createLog } from '../agent/log.js';

const STOP_WITHIN_MS = 8_000;

export const standardLog = (): Log =>
  createLog(
    (line) => process.stderr.write(line),
    () => Date.now(),
  );

const SENTENCES: Readonly<Record<string, string>> = {
  JOURNAL_LOCKED: 'Another tablet program uses this data folder; stop it, or set HAZRI_DATA.',
  JOURNAL_TOO_NEW: 'This data folder was written by a newer version; install that version.',
  JOURNAL_SQLITE_OLD: 'The database driver is too old to be safe; reinstall this version.',
  JOURNAL_NOT_DURABLE: 'The data folder lies on a disk that cannot keep a promise; choose a local disk.',
  PAIRING_UNREADABLE:
    'What this tablet knows of its pairing cannot be read; restore it, or pair into an empty data folder.',
  KEY_PROTECTION_CHANGED:
    'This pairing was made by the other tablet host, which protects its key in another way; use that host or pair again.',
  KEY_PROTECTION_FAILED: "The system's keychain does not give the device key back; unlock it, or pair again.",
};

/** The sentence for the person who started it, and the exit code: 2 for bad configuration, else 1. */
export function explainFailure(error: unknown): { sentence: string; exitCode: number } {
  if (error instanceof UserError) {
    return { sentence: error.message, exitCode: error.code.startsWith('CONFIG_') ? 2 : 1 };
  }
  const code = error instanceof OperationalError ? error.code : (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC' || code === 'SQLITE_FULL')
    return { sentence: 'The disk is full; free some space.', exitCode: 1 };
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    return {
      sentence: 'The data folder cannot be written; check who owns it, or set HAZRI_DATA.',
      exitCode: 1,
    };
  }
  return {
    sentence: SENTENCES[code ?? ''] ?? `The tablet cannot start (${code ?? 'unknown'}).`,
    exitCode: 1,
  };
}

export function failWith(error: unknown): void {
  const { sentence, exitCode } = explainFailure(error);
  process.stderr.write(`hazri: ${sentence}\n`);
  process.exitCode = exitCode;
}

/** Stops once, however often it is asked, and never hangs. */
export function onStop(stop: () => Promise<void>): void {
  let isStopping = false;
  const begin = (): void => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', begin);
  process.once('SIGINT', begin);
}
