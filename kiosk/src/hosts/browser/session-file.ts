// Where the browser host remembers which windows may talk to it: hashes only, one a line, private to its account.
import { readPrivateFile, writePrivateFile } from '../../identity/private-file.js';
import type { SessionMemory } from './access.js';

const HASH = /^[0-9a-f]{64}$/;

export function sessionFile(path: string): SessionMemory {
  return {
    read: () => (readPrivateFile(path) ?? '').split('\n').filter((line) => HASH.test(line)),
    write: (hashes) => {
      writePrivateFile(path, `${hashes.join('\n')}\n`);
    },
  };
}
