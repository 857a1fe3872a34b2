// Wires matching: loads the galleries before the server is ready, follows their changes while it runs, and looks for
// look-alikes at night.
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
import { DUPLICATE_VERDICTS, ExceptionBook } from '../attendance/public.js';
import { AuditTrail } from '../audit/public.js';
import { COMPANY_POLICIES, type CompanyPolicies, MODELS_TO_RUN } from '../devices/public.js';
import { LiveEvents } from '../live/public.js';
import { PEOPLE_DIRECTORY, type PeopleDirectory, TEMPLATE_STORE } from '../people/public.js';
import { COMPANY_DIRECTORY, type CompanyDirectory } from '../tenants/public.js';
import { FollowGalleries } from './follow-galleries.js';
import { Galleries } from './galleries.js';
import { LookAlikesController } from './http/look-alikes.controller.js';
import { RecognitionController } from './http/recognition.controller.js';
import { IdentifyFace } from './identify-face.js';
import { KeepTemplates } from './keep-templates.js';
import { LookAlikeCheck } from './look-alike-check.js';
import { LookAlikes } from './look-alikes.js';
import { NearPeople } from './near-people.js';
import { CheckRunRepository, LookAlikeRepository } from './persistence/look-alike.repository.js';
import { RecognitionModelsRepository } from './persistence/recognition-models.repository.js';
import { TemplateRepository } from './persistence/template.repository.js';
import { RecogniseFace } from './recognise-face.js';
import { RecognitionModels } from './recognition-models.js';
import { Rounds } from './rounds.js';
import { RollOver } from './roll-over.js';
import { SelfUpdate } from './self-update.js';
import { TemplateUse } from './template-use.js';
import { VerifyFace } from './verify-face.js';

const storage: FactoryProvider[] = [
  { provide: Galleries, useFactory: () => new Galleries() },
  ...[TemplateRepository, LookAlikeRepository, CheckRunRepository, RecognitionModelsRepository].map(
    (Repository) => ({
      provide: Repository,
      useFactory: (database: Database) => new Repository(database),
      inject: [Database],
    }),
  ),
  {
    provide: FollowGalleries,
    useFactory: (
      unitOfWork: UnitOfWork,
      templates: TemplateRepository,
      pairs: LookAlikeRepository,
      vault: TemplateVault,
      galleries: Galleries,
      logger: Logger,
    ) => new FollowGalleries({ unitOfWork, templates, pairs, vault, galleries, logger }),
    inject: [UnitOfWork, TemplateRepository, LookAlikeRepository, TemplateVault, Galleries, LOGGER],
  },
];

const searching: FactoryProvider[] = [
  ...[IdentifyFace, NearPeople, VerifyFace].map((Search) => ({
    provide: Search,
    useFactory: (galleries: Galleries) => new Search(galleries),
    inject: [Galleries],
  })),
  {
    provide: RecogniseFace,
    useFactory: (identify: IdentifyFace, galleries: Galleries) => new RecogniseFace(identify, galleries),
    inject: [IdentifyFace, Galleries],
  },
];

const templates: FactoryProvider[] = [
  {
    provide: KeepTemplates,
    useFactory: (
      unitOfWork: UnitOfWork,
      rows: TemplateRepository,
      pairs: LookAlikeRepository,
      vault: TemplateVault,
      galleries: Galleries,
      follow: FollowGalleries,
      clock: Clock,
    ) => new KeepTemplates({ unitOfWork, templates: rows, pairs, vault, galleries, follow, clock }),
    inject: [
      UnitOfWork,
      TemplateRepository,
      LookAlikeRepository,
      TemplateVault,
      Galleries,
      FollowGalleries,
      CLOCK,
    ],
  },
  { provide: TEMPLATE_STORE, useFactory: (keep: KeepTemplates) => keep, inject: [KeepTemplates] },
  {
    provide: TemplateUse,
    useFactory: (unit: UnitOfWork, rows: TemplateRepository) => new TemplateUse(unit, rows),
    inject: [UnitOfWork, TemplateRepository],
  },
  {
    provide: SelfUpdate,
    useFactory: (
      rows: TemplateRepository,
      galleries: Galleries,
      keep: KeepTemplates,
      follow: FollowGalleries,
      audit: AuditTrail,
      clock: Clock,
    ) => new SelfUpdate({ templates: rows, galleries, keep, follow, audit, clock }),
    inject: [TemplateRepository, Galleries, KeepTemplates, FollowGalleries, AuditTrail, CLOCK],
  },
  {
    provide: RecognitionModels,
    useFactory: (
      unitOfWork: UnitOfWork,
      rows: RecognitionModelsRepository,
      stored: TemplateRepository,
      audit: AuditTrail,
      clock: Clock,
    ) => new RecognitionModels({ unitOfWork, rows, templates: stored, audit, clock }),
    inject: [UnitOfWork, RecognitionModelsRepository, TemplateRepository, AuditTrail, CLOCK],
  },
  {
    provide: MODELS_TO_RUN,
    useFactory: (models: RecognitionModels) => models,
    inject: [RecognitionModels],
  },
  {
    provide: RollOver,
    useFactory: (
      models: RecognitionModels,
      rows: TemplateRepository,
      keep: KeepTemplates,
      vault: TemplateVault,
      follow: FollowGalleries,
      audit: AuditTrail,
      clock: Clock,
    ) => new RollOver({ models, templates: rows, keep, vault, follow, audit, clock }),
    inject: [
      RecognitionModels,
      TemplateRepository,
      KeepTemplates,
      TemplateVault,
      FollowGalleries,
      AuditTrail,
      CLOCK,
    ],
  },
];

const lookAlikes: FactoryProvider[] = [
  {
    provide: LookAlikes,
    useFactory: (
      unitOfWork: UnitOfWork,
      pairs: LookAlikeRepository,
      people: PeopleDirectory,
      follow: FollowGalleries,
      audit: AuditTrail,
      live: LiveEvents,
      clock: Clock,
    ) => new LookAlikes({ unitOfWork, pairs, people, follow, audit, live, clock }),
    inject: [
      UnitOfWork,
      LookAlikeRepository,
      PEOPLE_DIRECTORY,
      FollowGalleries,
      AuditTrail,
      LiveEvents,
      CLOCK,
    ],
  },
  { provide: DUPLICATE_VERDICTS, useFactory: (book: LookAlikes) => book, inject: [LookAlikes] },
  {
    provide: LookAlikeCheck,
    useFactory: (
      unitOfWork: UnitOfWork,
      runs: CheckRunRepository,
      book: LookAlikes,
      galleries: Galleries,
      follow: FollowGalleries,
      policies: CompanyPolicies,
      companies: CompanyDirectory,
      exceptions: ExceptionBook,
      audit: AuditTrail,
      live: LiveEvents,
      clock: Clock,
      logger: Logger,
    ) => {
      const company = { policies, companies, exceptions };
      const around = { audit, live, clock, logger };
      return new LookAlikeCheck({
        unitOfWork,
        runs,
        lookAlikes: book,
        galleries,
        follow,
        ...company,
        ...around,
      });
    },
    inject: [
      UnitOfWork,
      CheckRunRepository,
      LookAlikes,
      Galleries,
      FollowGalleries,
      COMPANY_POLICIES,
      COMPANY_DIRECTORY,
      ExceptionBook,
      AuditTrail,
      LiveEvents,
      CLOCK,
      LOGGER,
    ],
  },
];

@Global()
@Module({
  controllers: [LookAlikesController, RecognitionController],
  providers: [...storage, ...searching, ...templates, ...lookAlikes],
  exports: [
    FollowGalleries,
    KeepTemplates,
    LookAlikes,
    NearPeople,
    RecogniseFace,
    RecognitionModels,
    RollOver,
    SelfUpdate,
    TemplateUse,
    VerifyFace,
    TEMPLATE_STORE,
    MODELS_TO_RUN,
    DUPLICATE_VERDICTS,
  ],
})
export class MatchingModule implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly rounds: Rounds;

  constructor(
    @Inject(FollowGalleries) private readonly follow: FollowGalleries,
    @Inject(Galleries) private readonly galleries: Galleries,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(COMPANY_DIRECTORY) private readonly companies: CompanyDirectory,
    @Inject(TemplateUse) private readonly use: TemplateUse,
    @Inject(LookAlikeCheck) private readonly check: LookAlikeCheck,
    @Inject(LOGGER) logger: Logger,
    @Inject(READINESS) readiness: Readiness,
  ) {
    this.rounds = new Rounds(logger);
    readiness.add('matching', () => Promise.resolve(this.follow.isReady));
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.follow.load(await this.companyIds());
    const of = (run: (tenantIds: readonly string[]) => Promise<void>) => async () => {
      await run(await this.companyIds());
    };
    this.rounds.every(POLL_EVERY_MS, {
      run: of((ids) => this.follow.poll(ids)),
      failure: 'galleries could not be followed',
    });
    this.rounds.every(WRITE_USE_EVERY_MS, {
      run: () => this.use.write(),
      failure: 'the use of templates could not be written',
    });
    this.rounds.every(LOOK_AT_CLOCK_EVERY_MS, {
      run: of((ids) => this.check.startDue(ids)),
      failure: 'look-alikes could not be looked for',
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
    await this.check.stop();
    await this.use.write();
    this.galleries.dropAll();
  }

  private companyIds(): Promise<string[]> {
    return this.unitOfWork.run(() => this.companies.companyIds());
  }
}

/** How soon a change that another server committed is known here. */
const POLL_EVERY_MS = 2000;
const WRITE_USE_EVERY_MS = 60_000;
const LOOK_AT_CLOCK_EVERY_MS = 60_000;
