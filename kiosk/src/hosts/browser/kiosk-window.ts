// Opens the screen in a Chromium kiosk window with a profile of its own, where there is a display and a Chromium.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'] as const;

export function findChromium(): string | null {
  return NAMES.find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0) ?? null;
}

/** @param link a one-time link; it is spent before anybody could read it from the list of processes */
export function openKioskWindow(chromium: string, link: string, dataFolder: string): ChildProcess {
  return spawn(
    chromium,
    [
      '--kiosk',
      `--app=${link}`,
      `--user-data-dir=${join(dataFolder, 'chromium')}`,
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-sync',
      '--disable-breakpad',
      '--disable-background-networking',
      '--disable-features=Translate,MediaRouter',
      '--auto-accept-camera-and-microphone-capture',
      '--disk-cache-size=1',
    ],
    { stdio: 'ignore' },
  );
}
