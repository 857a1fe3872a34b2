// Everything the tablet reads from its environment, checked once and frozen. Nothing else looks at process.env.
import { fileURLToPath } from 'node:url';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { UserError } from '@hazri/shared/result';

const DEFAULT_DATA = fileURLToPath(new URL('../../../.hazri', import.meta.url));
const SERVER_PORT = 8443;

const environment = z.object({
  HAZRI_DATA: z.string().min(1).default(DEFAULT_DATA),
  HAZRI_KIOSK_PORT: z.coerce.number().int().min(0).max(65_535).default(7071),
  HAZRI_SERVER: z.string().trim().min(3).max(200).optional(),
  /** Set by the launcher for Electron, whose Node needs a database driver of its own. */
  HAZRI_SQLITE_DRIVER: z.string().optional(),
  /** Set by the operating system where there is a screen. */
  DISPLAY: z.string().optional(),
  WAYLAND_DISPLAY: z.string().optional(),
});

export interface KioskConfig {
  /** The tablet's own data; readable by its account only. */
  readonly dataFolder: string;
  /** Port of the browser host on 127.0.0.1; 0 chooses a free one. */
  readonly port: number;
  /** Server address offered on the pairing screen, `host` or `host:port`. */
  readonly serverAddress: string | null;
  readonly hasDisplay: boolean;
  readonly version: string;
  /** Path of another build of the database driver; null for the one that is installed. */
  readonly sqliteDriver: string | null;
}

const APP_VERSION = '0.1.0';

/** Names of all settings, to be compared with .env.example. */
export const SETTINGS = ['HAZRI_DATA', 'HAZRI_KIOSK_PORT', 'HAZRI_SERVER'] as const;

/** Errors: CONFIG_INVALID, naming the setting and never its value. */
export function readConfig(env: Record<string, string | undefined> = process.env): KioskConfig {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(present);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map(({ path }) => path.join('.')))].join(', ');
    throw new UserError('CONFIG_INVALID', `The setting ${names} is not valid; see .env.example.`, names);
  }
  const { HAZRI_DATA, HAZRI_KIOSK_PORT, HAZRI_SERVER, HAZRI_SQLITE_DRIVER } = parsed.data;
  const { DISPLAY, WAYLAND_DISPLAY } = parsed.data;
  return Object.freeze({
    dataFolder: join(resolve(HAZRI_DATA), 'kiosk'),
    port: HAZRI_KIOSK_PORT,
    serverAddress: HAZRI_SERVER ?? null,
    hasDisplay: process.platform !== 'linux' || DISPLAY !== undefined || WAYLAND_DISPLAY !== undefined,
    version: APP_VERSION,
    sqliteDriver: HAZRI_SQLITE_DRIVER ?? null,
  });
}

/** The environment of an Electron started by the launcher. */
export function electronEnvironment(driver: string): Record<string, string | undefined> {
  return { ...process.env, HAZRI_SQLITE_DRIVER: driver };
}

/** Reads `host`, `host:port`, `[v6]:port`, with or without `https://`. Errors: ADDRESS_INVALID. */
export function parseServerAddress(text: string): { host: string; port: number } | null {
  const trimmed = text.trim();
  const withScheme = /^[a-z]+:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  let url;
  try {
    url = new URL(withScheme);
  } catch {
    return null;
  }
  const isPlain = url.pathname === '/' && url.search === '' && url.username === '' && url.password === '';
  if (url.protocol !== 'https:' || !isPlain || url.hostname === '') return null;
  const namesPort = /:\d+\/?$/.test(trimmed);
  const port = namesPort ? Number(url.port === '' ? '443' : url.port) : SERVER_PORT;
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port };
}
