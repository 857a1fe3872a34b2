// Paths as the caller meant them.

import { resolve } from 'node:path';
import { callerFolder } from '../config/caller-folder.js';

/** The absolute path of what a person typed. */
export function fromCaller(path: string): string {
  return resolve(callerFolder(), path);
}
