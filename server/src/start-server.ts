// Starts the whole server in this process: database, keys, certificate, modules, the TLS listener and the redirect.
// Whatever fails on the way is undone again, so that a failed start leaves nothing listening.
import 'reflect-metadata';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { mkdirSync } from 'node:fs';
import type { INestApplication, NestApplicationOptions, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import express from 'express';
import { AppModule } from './app.module.js';
import { type DemoSignIn, readyDemo } from './demo/demo-company.js';
import { FirstSignIn, ResolveSession } from './modules/auth/public.js';
import { ImportPeople } from './modules/people/public.js';
import { COMPANY_DIRECTORY, CreateCompany } from './modules/tenants/public.js';
import { type Clock, systemClock } from './platform/clock/clock.js';
import { type ServerConfig, reachableAddress } from './platform/config/config.js';
import { holdDataFolder } from './platform/database/data-folder-lock.js';
import { openDatabase } from './platform/database/open-database.js';
import { MIGRATIONS, SCHEMAS } from './platform/database/schema-registry.js';
import { UnitOfWork } from './platform/database/unit-of-work.js';
import { consolePages } from './platform/http/console-pages.js';
import { ErrorFilter } from './platform/http/error-filter.js';
import { Readiness } from './platform/http/health.controller.js';
import { listen, portOf, stop } from './platform/http/listener.js';
import { redirectToHttps } from './platform/http/redirect.js';
import { requestPipeline } from './platform/http/request-pipeline.js';
import { WrappedKeyRepository } from './platform/keys/persistence/wrapped-keys.js';
import { loadRootKey } from './platform/keys/root-key.js';
import { ServerKeys } from './platform/keys/server-keys.js';
import { type Logger, jsonLogger } from './platform/logging/logger.js';
import type { Runtime } from './platform/platform.module.js';
import { Throttle } from './platform/throttle/throttle.js';
import { ServerCertificate } from './platform/tls/server-certificate.js';

const UPKEEP_EVERY_MS = 3_600_000;
const REQUEST_TIMEOUT_MS = 60_000;
/** Our own pipeline reads bodies, our own logger writes lines, and a failed start is thrown, not exited. */
const APPLICATION_OPTIONS: Pick<NestApplicationOptions, 'bodyParser' | 'logger' | 'abortOnError'> = {
  bodyParser: false,
  logger: false,
  abortOnError: false,
};

export interface RunningServer {
  /** https origin under which people reach the console. */
  readonly url: string;
  readonly httpsPort: number;
  readonly httpPort: number;
  /** How to sign in to the demo; null without one. */
  readonly signIn: DemoSignIn | null;
  readonly app: INestApplication;
  close(): Promise<void>;
}

export interface StartOptions {
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** Modules of a test, beside the real ones. */
  readonly modules?: readonly Type[];
}

export async function startServer(config: ServerConfig, options: StartOptions = {}): Promise<RunningServer> {
  const undo: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return await start(config, options, undo, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(
  config: ServerConfig,
  options: StartOptions,
  undo: (() => Promise<unknown>)[],
  close: () => Promise<void>,
): Promise<RunningServer> {
  const clock = options.clock ?? systemClock;
  const logger = options.logger ?? jsonLogger(() => clock.nowMs());
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
  const letGo = holdDataFolder(config.dataFolder);
  undo.push(() => {
    letGo();
    return Promise.resolve();
  });
  const certificate = await ServerCertificate.load(config, clock);
  let httpsPort = config.httpsPort;
  const identity = {
    address: () => reachableAddress(config, httpsPort),
    serverSpki: () => certificate.spki(),
  };
  const runtime = await openRuntime(config, { clock, logger, identity });
  undo.push(() => runtime.database.source.destroy());
  const app = await createApplication(runtime, certificate, options.modules ?? []);
  undo.push(() => app.close());

  const handler = app.getHttpAdapter().getInstance() as express.Express;
  const https = createHttpsServer({ ...certificate.current(), minVersion: 'TLSv1.3' }, handler);
  https.requestTimeout = REQUEST_TIMEOUT_MS;
  await listen(https, { host: config.host, port: config.httpsPort, setting: 'HAZRI_PORT' });
  undo.push(() => stop(https));
  httpsPort = portOf(https);
  const redirect = redirectToHttps(
    (name) => certificate.isFor(name),
    identity.address,
    () => httpsPort,
  );
  const http = createHttpServer(redirect);
  await listen(http, { host: config.host, port: config.httpPort, setting: 'HAZRI_HTTP_PORT' });
  undo.push(() => stop(http));

  const signIn = config.seedsDemo ? await readyDemo(demoParts(app, runtime)) : null;
  const upkeep = setInterval(() => {
    doUpkeep(app, certificate, () => {
      https.setSecureContext({ ...certificate.current(), minVersion: 'TLSv1.3' });
    }).catch((error: unknown) => {
      logger.error('upkeep failed', error);
    });
  }, UPKEEP_EVERY_MS).unref();
  undo.push(() => {
    clearInterval(upkeep);
    return Promise.resolve();
  });
  return { url: `https://${identity.address()}`, httpsPort, httpPort: portOf(http), signIn, app, close };
}

async function openRuntime(
  config: ServerConfig,
  given: Pick<Runtime, 'clock' | 'logger' | 'identity'>,
): Promise<Runtime> {
  const rootKey = loadRootKey(config.rootKey);
  const database = await openDatabase(config.database, { schemas: SCHEMAS, migrations: MIGRATIONS });
  try {
    const unitOfWork = new UnitOfWork(database, (error) => {
      given.logger.error('after-commit hook failed', error);
    });
    const rows = new WrappedKeyRepository(database);
    const serverKeys = await unitOfWork.run(() => ServerKeys.load(rootKey, rows, given.clock));
    const readiness = new Readiness();
    readiness.add('database', () =>
      unitOfWork.run(async () => (await database.manager().query('SELECT 1')) !== null),
    );
    readiness.add('keys', () => Promise.resolve(serverKeys.rootKeyFingerprint === rootKey.fingerprint));
    return { ...given, config, rootKey, database, unitOfWork, serverKeys, readiness };
  } catch (error) {
    await database.source.destroy();
    throw error;
  }
}

async function createApplication(
  runtime: Runtime,
  certificate: ServerCertificate,
  modules: readonly Type[],
): Promise<INestApplication> {
  const { config, logger } = runtime;
  const server = express();
  server.set('trust proxy', config.trustedProxies.length === 0 ? false : [...config.trustedProxies]);
  server.disable('etag');
  server.disable('x-powered-by');
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.with(runtime, modules),
    new ExpressAdapter(server),
    APPLICATION_OPTIONS,
  );
  for (const step of requestPipeline((name) => certificate.isFor(name))) app.use(step);
  for (const step of consolePages(config.consoleFolder)) app.use(step);
  app.useGlobalFilters(new ErrorFilter(logger));
  return app.init();
}

function demoParts(app: INestApplication, runtime: Runtime): Parameters<typeof readyDemo>[0] {
  return {
    unitOfWork: runtime.unitOfWork,
    companies: app.get(COMPANY_DIRECTORY),
    createCompany: app.get(CreateCompany),
    importPeople: app.get(ImportPeople),
    firstSignIn: app.get(FirstSignIn),
  };
}

async function doUpkeep(
  app: INestApplication,
  certificate: ServerCertificate,
  present: () => void,
): Promise<void> {
  if (await certificate.refresh()) present();
  await app.get(ResolveSession).removeExpired();
  await app.get(Throttle).forgetOld();
}
