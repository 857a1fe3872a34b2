// Hands what was opened before the framework started (database, keys, clock, logger) to every module.
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import type { Clock } from './clock/clock.js';
import type { ServerConfig } from './config/config.js';
import { Database, UnitOfWork } from './database/unit-of-work.js';
import { AccessGuard } from './http/access-guard.js';
import { ConsoleOutput } from './http/console-route.js';
import type { Readiness } from './http/health.controller.js';
import { HealthController } from './http/health.controller.js';
import { WrappedKeyRepository } from './keys/persistence/wrapped-keys.js';
import type { RootKey } from './keys/root-key.js';
import { ServerKeys } from './keys/server-keys.js';
import { TemplateVault } from './keys/template-vault.js';
import { TenantKeys } from './keys/tenant-keys.js';
import type { Logger } from './logging/logger.js';
import type { ServerIdentity } from './server-identity.js';
import { AttemptRepository } from './throttle/persistence/attempt.repository.js';
import { Throttle } from './throttle/throttle.js';
import { CLOCK, CONFIG, LOGGER, READINESS, ROOT_KEY, SERVER_IDENTITY } from './tokens.js';

/** Everything that exists before the framework does. */
export interface Runtime {
  readonly config: ServerConfig;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly rootKey: RootKey;
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly serverKeys: ServerKeys;
  readonly identity: ServerIdentity;
  readonly readiness: Readiness;
}

@Global()
@Module({})
export class PlatformModule {
  static with(runtime: Runtime): DynamicModule {
    const { database, unitOfWork, clock, rootKey } = runtime;
    const attempts = new AttemptRepository(database);
    const tenantKeys = new TenantKeys(rootKey, new WrappedKeyRepository(database), clock);
    const shared = [
      { provide: CONFIG, useValue: runtime.config },
      { provide: CLOCK, useValue: clock },
      { provide: LOGGER, useValue: runtime.logger },
      { provide: ROOT_KEY, useValue: rootKey },
      { provide: SERVER_IDENTITY, useValue: runtime.identity },
      { provide: READINESS, useValue: runtime.readiness },
      { provide: Database, useValue: database },
      { provide: UnitOfWork, useValue: unitOfWork },
      { provide: ServerKeys, useValue: runtime.serverKeys },
      { provide: TenantKeys, useValue: tenantKeys },
      { provide: TemplateVault, useValue: new TemplateVault(tenantKeys) },
      { provide: AttemptRepository, useValue: attempts },
      { provide: Throttle, useValue: new Throttle(attempts, unitOfWork, clock) },
    ];
    return {
      module: PlatformModule,
      imports: [PassportModule],
      controllers: [HealthController],
      providers: [
        ...shared,
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: ConsoleOutput },
      ],
      exports: shared.map(({ provide }) => provide),
    };
  }
}
