// The server's settings, read once from the environment and frozen. Nothing else looks at the environment.
// Secrets have no default, and no error text repeats a value.
import { hostname } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { UserError } from '@hazri/shared/result';
import { type DatabaseLocation, locationFromUrl } from '../database/open-database.js';

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
const address = z.string().regex(/^[0-9a-fA-F.:]+(?:\/\d{1,3})?$/);
/** SECURITY A1-18; raised when machines get faster. */
const PASSWORD_COST = 12;
const switchedOn = z.enum(['0', '1']).default('0');

/** Every variable that the server reads; `.env.example` lists the same ones. */
export const serverEnvironment = z.object({
  HAZRI_DATA: z.string().min(1).default('.hazri'),
  HAZRI_HOST: z.string().min(1).default('127.0.0.1'),
  HAZRI_PORT: port(8443),
  HAZRI_HTTP_PORT: port(8080),
  HAZRI_PUBLIC_ADDRESS: z
    .string()
    .regex(/^[a-zA-Z0-9.-]+(?::\d{1,5})?$/)
    .optional(),
  DATABASE_URL: z.string().min(1).optional(),
  HAZRI_TLS_CERT: z.string().min(1).optional(),
  HAZRI_TLS_KEY: z.string().min(1).optional(),
  HAZRI_ROOT_KEY_FILE: z.string().min(1).optional(),
  HAZRI_ROOT_KEY: z.string().min(1).optional(),
  HAZRI_TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((list) => list.split(',').filter((entry) => entry.trim() !== ''))
    .pipe(z.array(z.string().trim().pipe(address))),
  HAZRI_DEMO: switchedOn,
});

export interface ServerConfig {
  /** Where the server keeps its files (0700). */
  readonly dataFolder: string;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly httpsPort: number;
  readonly httpPort: number;
  /** host:port that tablets and links are told; null when it follows from the port. */
  readonly publicAddress: string | null;
  readonly database: DatabaseLocation;
  /** PEM files; null for the local authority. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  readonly rootKey: { readonly text: string | null; readonly file: string };
  /** Addresses or networks whose X-Forwarded-For is believed; nobody's by default. */
  readonly trustedProxies: readonly string[];
  readonly seedsDemo: boolean;
  /** bcrypt cost of new passwords. */
  readonly passwordCost: number;
  /** Built console; its absence is said on the page. */
  readonly consoleFolder: string;
}

/** Throws UserError CONFIG_INVALID naming the variable, never its value. */
export function parseConfig(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): ServerConfig {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => name in serverEnvironment.shape && value !== ''),
  );
  const parsed = serverEnvironment.safeParse(given);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))].join(', ');
    throw new UserError('CONFIG_INVALID', `These settings cannot be used: ${names}.`);
  }
  const value = parsed.data;
  if ((value.HAZRI_TLS_CERT === undefined) !== (value.HAZRI_TLS_KEY === undefined)) {
    throw new UserError('CONFIG_INVALID', 'HAZRI_TLS_CERT and HAZRI_TLS_KEY belong together.');
  }
  const dataFolder = path.resolve(value.HAZRI_DATA, 'server');
  const { HAZRI_TLS_CERT: certFile, HAZRI_TLS_KEY: keyFile } = value;
  return Object.freeze({
    dataFolder,
    host: value.HAZRI_HOST,
    httpsPort: value.HAZRI_PORT,
    httpPort: value.HAZRI_HTTP_PORT,
    publicAddress: value.HAZRI_PUBLIC_ADDRESS ?? null,
    database:
      value.DATABASE_URL === undefined
        ? ({ dialect: 'sqlite', file: path.join(dataFolder, 'hazri.db') } as const)
        : locationFromUrl(value.DATABASE_URL),
    tls: certFile === undefined || keyFile === undefined ? null : { certFile, keyFile },
    rootKey: {
      text: value.HAZRI_ROOT_KEY ?? null,
      file: value.HAZRI_ROOT_KEY_FILE ?? path.join(dataFolder, 'keys', 'root.key'),
    },
    trustedProxies: value.HAZRI_TRUSTED_PROXIES,
    passwordCost: PASSWORD_COST,
    seedsDemo: value.HAZRI_DEMO === '1',
    consoleFolder: path.resolve(import.meta.dirname, '../../../console/dist'),
  });
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** host:port under which people and tablets reach this server. */
export function reachableAddress(config: ServerConfig, httpsPort: number): string {
  if (config.publicAddress !== null) return config.publicAddress;
  return `${LOOPBACK.has(config.host) ? 'localhost' : hostname()}:${String(httpsPort)}`;
}
