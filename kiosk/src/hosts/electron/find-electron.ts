// Where Electron's program is, fetching it once where that is possible. Its package carries no binary: it comes on first
// use, from outside the registry, so it may well be out of reach.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const FETCH_TIMEOUT_MS = 4 * 60_000;

export interface FoundElectron {
  readonly program: string;
  readonly version: string;
}

/** The installed Electron, or null. Nothing is fetched. */
export function installedElectron(): FoundElectron | null {
  const folder = packageFolder();
  if (folder === null) return null;
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const program = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(program) ? { program, version: packageVersion(folder) } : null;
}

/** Tries to fetch the binary that belongs to the package. False when it cannot be reached. */
export function fetchElectron(): boolean {
  const folder = packageFolder();
  if (folder === null) return false;
  const done = spawnSync(process.execPath, [join(folder, 'install.js')], {
    stdio: 'ignore',
    timeout: FETCH_TIMEOUT_MS,
  });
  return done.status === 0;
}

function packageFolder(): string | null {
  try {
    return dirname(require.resolve('electron/package.json'));
  } catch {
    return null;
  }
}

function packageVersion(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}
