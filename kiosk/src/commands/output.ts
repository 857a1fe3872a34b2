// What every command of the tablet says and how: JSON on standard output, sentences on standard error.

import { once } from 'node:events';
import { OperationalError, type UserError } from '@hazri/shared/result';

/** The error object of every command and of every input in a stream. */
export interface ErrorObject {
  readonly error: { readonly code: string; readonly message: string; readonly path?: string };
}

export function errorObject(error: UserError): ErrorObject {
  const { code, message, path } = error;
  return { error: { code, message, ...(path === undefined ? {} : { path }) } };
}

/** Writes one line of data; waits when the reader is slower than we are. */
export async function writeLine(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
}

/** Bad input: the object on standard output, the sentence on standard error. Returns the exit code. */
export function reportUserError(error: UserError): number {
  process.stdout.write(`${JSON.stringify(errorObject(error))}\n`);
  process.stderr.write(`${error.message}\n`);
  return 2;
}

/** Anything else that went wrong: its code, never its details. Returns the exit code. */
export function reportFailure(error: unknown): number {
  if (error instanceof OperationalError) {
    process.stderr.write(`The command failed (${error.code}).\n`);
    return 1;
  }
  process.stderr.write(
    `The command failed: ${error instanceof Error ? (error.stack ?? error.message) : 'unknown'}\n`,
  );
  return 1;
}

/** Whether the reader of our output has gone away, as `head` does. */
export function isPipeClosed(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}

/** Shows how far a long work is, at most twice a second, only on a terminal or every ten seconds. */
export function createProgress(label: string, total: number): { step(): void; end(): void } {
  const isTerminal = process.stderr.isTTY;
  const intervalMs = isTerminal ? 500 : 10_000;
  const startedAt = performance.now();
  let done = 0;
  let shownAt = startedAt;
  const show = (end: string): void => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    process.stderr.write(
      `${isTerminal ? '\r' : ''}${label}: ${String(done)} of ${String(total)}, ${seconds} s${end}`,
    );
  };
  return {
    step() {
      done += 1;
      if (performance.now() - shownAt < intervalMs) return;
      shownAt = performance.now();
      show(isTerminal ? '' : '\n');
    },
    end() {
      if (performance.now() - startedAt > intervalMs) show('\n');
    },
  };
}
