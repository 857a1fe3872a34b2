// Paths as the caller meant them: relative to where the command was typed, also under npm, which changes folder.

import { resolve } from 'node:path';

/** The folder in which the person typed the command. */
export function callerFolder(): string {
  return process.env['INIT_CWD'] ?? process.cwd();
}

export function fromCaller(path: string): string {
  return resolve(callerFolder(), path);
}
