// Starts the real server in this process on free ports, in a folder and a database of its own.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Type } from '@nestjs/common';
import { ManualClock } from '../../server/src/platform/clock/clock.js';
import { type ServerConfig, parseConfig } from '../../server/src/platform/config/config.js';
import type { Dialect } from '../../server/src/platform/database/dialect.js';
import { jsonLogger } from '../../server/src/platform/logging/logger.js';
import { type RunningServer, startServer } from '../../server/src/start-server.js';
import { ConsoleClient } from './console-client.js';
import { newPlace } from './dialects.js';

export const OWNER_PASSWORD = 'seven green kites above';

export interface TestServer {
  readonly running: RunningServer;
  readonly config: ServerConfig;
  readonly clock: ManualClock;
  /** What the server logged, a JSON line each. */
  readonly logged: string[];
  readonly ca: string;
  client(from?: string): ConsoleClient;
  /** Stops it and starts it again on the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface TestServerOptions {
  readonly dialect?: Dialect;
  readonly environment?: Readonly<Record<string, string>>;
  readonly modules?: readonly Type[];
  readonly startMs?: number;
  readonly passwordCost?: number;
}

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hazri-server-'));
  const place = await newPlace(options.dialect ?? 'sqlite');
  const { location } = place;
  const parsed = parseConfig({
    HAZRI_DATA: folder,
    HAZRI_PORT: '0',
    HAZRI_HTTP_PORT: '0',
    ...(location.dialect === 'sqlite' ? {} : { DATABASE_URL: location.url }),
    ...options.environment,
  });
  // Cheap passwords, so that suites on a busy machine end; one test looks at the real cost.
  const config = { ...parsed, database: location, passwordCost: options.passwordCost ?? 4 };
  const clock = new ManualClock(options.startMs ?? Date.now());
  const logged: string[] = [];
  const logger = jsonLogger(
    () => clock.nowMs(),
    (line) => logged.push(line),
  );
  const start = (): Promise<RunningServer> =>
    startServer(config, { clock, logger, modules: options.modules ?? [] });
  let running = await start();
  const ca = readFileSync(path.join(config.dataFolder, 'tls', 'authority.pem'), 'utf8');
  return {
    get running() {
      return running;
    },
    config,
    clock,
    logged,
    ca,
    client: (from) => new ConsoleClient({ port: running.httpsPort, ca }, from),
    restart: async () => {
      await running.close();
      running = await start();
    },
    close: async () => {
      await running.close();
      await place.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Founds the first company and returns its owner's console. */
export async function foundCompany(server: TestServer, companyName = 'Acme Works'): Promise<ConsoleClient> {
  const client = server.client();
  const reply = await client.call('createCompany', {
    body: {
      companyName,
      siteName: 'Main gate',
      zone: 'Asia/Kolkata',
      locale: 'en',
      ownerName: 'Olga Owner',
      email: 'owner@acme.test',
      password: OWNER_PASSWORD,
    },
  });
  if (reply.status !== 200) throw new Error(`founding answered ${String(reply.status)} ${reply.text}`);
  return client;
}
