// Electron brings its own Node, so the database driver that Node uses does not load there. In a development tree this
// gets a second copy for Electron; a packaged tablet carries the right one already.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const BUILD_TIMEOUT_MS = 5 * 60_000;

/** Path of the driver built for this Electron, or null when it cannot be had here. */
export function electronDriver(electronVersion: string): string | null {
  const folder = fileURLToPath(new URL('../../electron-native', import.meta.url));
  const driver = join(folder, 'better-sqlite3/build/Release/better_sqlite3.node');
  const stamp = join(folder, 'version');
  const wanted = `${electronVersion} ${process.platform} ${process.arch}`;
  const isBuilt = existsSync(driver) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (isBuilt) return driver;
  const source = dirname(require.resolve('better-sqlite3/package.json'));
  mkdirSync(folder, { recursive: true });
  cpSync(source, join(folder, 'better-sqlite3'), { recursive: true });
  const done = spawnSync(
    process.execPath,
    [require.resolve('prebuild-install/bin.js'), '--runtime', 'electron', '--target', electronVersion],
    { cwd: join(folder, 'better-sqlite3'), stdio: 'ignore', timeout: BUILD_TIMEOUT_MS },
  );
  if (done.status !== 0) return null;
  writeFileSync(stamp, wanted);
  return driver;
}
