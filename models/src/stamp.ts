// Remembers what was built from which manifest, so that a build with nothing to do ends at once.
// It is a shortcut only: it never stands in for the hash that the loader checks. Imports nothing heavy.

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package's own files, whether it runs from `src` or from `dist`. */
export const manifestPath = fileURLToPath(new URL('../manifest.json', import.meta.url));
export const defaultBuiltDir = fileURLToPath(new URL('../built/', import.meta.url));

const STAMP = 'stamp.json';

/** Whether everything in `builtDir` is as the last build from this very manifest left it. */
export function isUpToDate(manifest: string, builtDir: string): boolean {
  try {
    return readFileSync(join(builtDir, STAMP), 'utf8') === describe(manifest, builtDir);
  } catch {
    return false;
  }
}

/** Records the present state of `builtDir`. */
export function writeStamp(manifest: string, builtDir: string): void {
  writeFileSync(join(builtDir, STAMP), describe(manifest, builtDir));
}

function describe(manifest: string, builtDir: string): string {
  const files = readdirSync(builtDir)
    .filter((file) => file.endsWith('.onnx'))
    .sort()
    .map((file) => {
      const { size, mtimeMs } = statSync(join(builtDir, file));
      return { file, size, mtimeMs };
    });
  const sha256 = createHash('sha256').update(readFileSync(manifest)).digest('hex');
  return JSON.stringify({ manifest: sha256, files });
}
