// Wires matching: loads the galleries before the server is ready and follows their changes while it runs.
import {
  type FactoryProvider,
  Global,
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { Clock } from '../../platform/clock/clock.js';
import { Database, UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Readiness } from '../../platform/http/health.controller.js';
import { TemplateVault } from '../../platform/keys/template-vault.js';
import type { Logger } from '../../platform/logging/logger.js';
import { CLOCK, LOGGER, READINESS } from '../../platform/tokens.js';
import { TEMPLATE_STORE } from '../people/public.js';
import { COMPANY_DIRECTORY, type CompanyDirectory } from '../tenants/public.js';
import { FollowGalleries } from './follow-galleries.js';
import { Galleries } from './galleries.js';
import { IdentifyFace } from './identify-face.js';
import { KeepTemplates } from './keep-templates.js';
import { TemplateRepository } from './persistence/template.repository.js';

/** How soon a change that another server committed is known here. */
const POLL_EVERY_MS = 2000;

const providers: FactoryProvider[] = [
  { provide: Galleries, useFactory: () => new Galleries() },
  {
    provide: TemplateRepository,
    useFactory: (database: Database) => new TemplateRepository(database),
    inject: [Database],
  },
  {
    provide: FollowGalleries,
    useFactory: (
      unitOfWork: UnitOfWork,
      templates: TemplateRepository,
      vault: TemplateVault,
      galleries: Galleries,
      logger: Logger,
    ) => new FollowGalleries({ unitOfWork, templates, vault, galleries, logger }),
    inject: [UnitOfWork, TemplateRepository, TemplateVault, Galleries, LOGGER],
  },
  {
    provide: IdentifyFace,
    useFactory: (galleries: Galleries) => new IdentifyFace(galleries),
    inject: [Galleries],
  },
  {
    provide: KeepTemplates,
    useFactory: (
      unitOfWork: UnitOfWork,
      templates: TemplateRepository,
      vault: TemplateVault,
      galleries: Galleries,
      follow: FollowGalleries,
      clock: Clock,
    ) => new KeepTemplates({ unitOfWork, templates, vault, galleries, follow, clock }),
    inject: [UnitOfWork, TemplateRepository, TemplateVault, Galleries, FollowGalleries, CLOCK],
  },
  { provide: TEMPLATE_STORE, useFactory: (keep: KeepTemplates) => keep, inject: [KeepTemplates] },
];

@Global()
@Module({ providers, exports: [IdentifyFace, KeepTemplates, FollowGalleries, TEMPLATE_STORE] })
export class MatchingModule implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private following: Promise<void> = Promise.resolve();

  constructor(
    @Inject(FollowGalleries) private readonly follow: FollowGalleries,
    @Inject(Galleries) private readonly galleries: Galleries,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(COMPANY_DIRECTORY) private readonly companies: CompanyDirectory,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(READINESS) readiness: Readiness,
  ) {
    readiness.add('matching', () => Promise.resolve(this.follow.isReady));
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.follow.load(await this.companyIds());
    this.plan();
  }

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.following;
    this.galleries.dropAll();
  }

  private plan(): void {
    this.timer = setTimeout(() => {
      this.following = this.poll().then(() => {
        if (this.timer !== undefined) this.plan();
      });
    }, POLL_EVERY_MS);
    this.timer.unref();
  }

  private async poll(): Promise<void> {
    try {
      await this.follow.poll(await this.companyIds());
    } catch (error) {
      this.logger.error('galleries could not be followed', error);
    }
  }

  private companyIds(): Promise<string[]> {
    return this.unitOfWork.run(() => this.companies.companyIds());
  }
}
