// Debian's (or anybody's) Chromium, driven by Playwright, with a file as its camera. Without a browser the tests say so
// and pass over it, unless REQUIRE_CHROMIUM=1 makes that a failure.
import { existsSync } from 'node:fs';
import { type BrowserContext, type Page, chromium } from 'playwright-core';

const CANDIDATES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export const chromiumPath = CANDIDATES.find((one) => one !== undefined && existsSync(one)) ?? null;

/** Null when there is a browser, else why its tests did not run. Throws when one is required. */
export function chromiumMissing(): string | null {
  if (chromiumPath !== null) return null;
  const why =
    'No Chromium was found (set CHROMIUM_PATH, or install Debian\'s package "chromium"): browser tests did not run.';
  if (process.env.REQUIRE_CHROMIUM === '1') throw new Error(why);
  console.warn(`NOT RUN: ${why}`);
  return why;
}

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Plays an MJPEG file as the camera; its label is the file's path. */
export const CAMERA_FLAGS = (camera: string): string[] => [
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${camera}`,
];

export interface BrowserOptions {
  readonly profile: string;
  readonly viewport: { width: number; height: number };
  /** MJPEG file that plays as the camera. */
  readonly camera?: string;
  /** Accepts the server's own certificate, as a person does by the browser's question. */
  readonly trustAnyCertificate?: boolean;
}

/** A browser with a profile of its own; the tablet's camera file is read when the page opens the camera. */
export async function openBrowser(options: BrowserOptions): Promise<BrowserContext> {
  if (chromiumPath === null) throw new Error('no Chromium');
  const camera = options.camera === undefined ? [] : CAMERA_FLAGS(options.camera);
  return chromium.launchPersistentContext(options.profile, {
    executablePath: chromiumPath,
    headless: true,
    args: [...QUIET, ...camera],
    viewport: options.viewport,
    ignoreHTTPSErrors: options.trustAnyCertificate ?? false,
  });
}

export async function firstPage(context: BrowserContext): Promise<Page> {
  return context.pages()[0] ?? (await context.newPage());
}
