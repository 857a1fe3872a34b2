// Wires ingest, and tries undecided events again from time to time.
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
import { ServerKeys } from '../../platform/keys/server-keys.js';
import type { Logger } from '../../platform/logging/logger.js';
import { CLOCK, LOGGER } from '../../platform/tokens.js';
import { ExceptionBook, RecordPunch, UndoPunch } from '../attendance/public.js';
import {
  COMPANY_POLICIES,
  type CompanyPolicies,
  DeviceRegister,
  EVENT_HEADS,
  verifyDeviceSignature,
} from '../devices/public.js';
import {
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
} from '../matching/public.js';
import { EnrolmentTickets, PEOPLE_DIRECTORY, type PeopleDirectory, VerifyPin } from '../people/public.js';
import { COMPANY_DIRECTORY, type CompanyDirectory } from '../tenants/public.js';
import { AcceptEvents } from './accept-events.js';
import { ApplyEvent } from './apply-event.js';
import { DecideUndecided } from './decide-undecided.js';
import { EventTurns } from './event-turns.js';
import { EnrolFace } from './enrol-face.js';
import { EventsController } from './http/events.controller.js';
import { LearnFromPunch } from './learn-from-punch.js';
import { OpenBox } from './open-box.js';
import { OutcomeViews } from './outcome-view.js';
import { EventRepository } from './persistence/event.repository.js';
import { PrepareEvent } from './prepare-event.js';
import { SitePeople } from './site-people.js';
import { StoreEvents } from './store-events.js';
import { DeviceSurroundings } from './surroundings.js';
import { UnknownFaces } from './unknown-faces.js';

const TRY_AGAIN_EVERY_MS = 30_000;

const parts: FactoryProvider[] = [
  {
    provide: EventTurns,
    useFactory: (clock: Clock) => new EventTurns(() => clock.nowMs()),
    inject: [CLOCK],
  },
  {
    provide: EventRepository,
    useFactory: (database: Database) => new EventRepository(database),
    inject: [Database],
  },
  { provide: EVENT_HEADS, useFactory: (events: EventRepository) => events, inject: [EventRepository] },
  {
    provide: PrepareEvent,
    useFactory: (
      keys: ServerKeys,
      recognise: RecogniseFace,
      verifyFace: VerifyFace,
      galleries: FollowGalleries,
      verifyPin: VerifyPin,
      unitOfWork: UnitOfWork,
      devices: DeviceRegister,
    ) =>
      new PrepareEvent({
        openBox: new OpenBox(keys),
        recognise,
        verifyFace,
        galleries,
        verifyPin,
        cameras: {
          cameraOf: (tenantId, deviceId) => unitOfWork.run(() => devices.cameraOf(tenantId, deviceId)),
        },
      }),
    inject: [ServerKeys, RecogniseFace, VerifyFace, FollowGalleries, VerifyPin, UnitOfWork, DeviceRegister],
  },
  {
    provide: EnrolFace,
    useFactory: (
      tickets: EnrolmentTickets,
      companies: CompanyDirectory,
      exceptions: ExceptionBook,
      templates: KeepTemplates,
      near: NearPeople,
      lookAlikes: LookAlikes,
      models: RecognitionModels,
    ) => new EnrolFace({ tickets, companies, exceptions, templates, near, lookAlikes, models }),
    inject: [
      EnrolmentTickets,
      COMPANY_DIRECTORY,
      ExceptionBook,
      KeepTemplates,
      NearPeople,
      LookAlikes,
      RecognitionModels,
    ],
  },
  {
    provide: LearnFromPunch,
    useFactory: (use: TemplateUse, rollOver: RollOver, update: SelfUpdate, events: EventRepository) =>
      new LearnFromPunch(use, rollOver, update, events),
    inject: [TemplateUse, RollOver, SelfUpdate, EventRepository],
  },
  {
    provide: ApplyEvent,
    useFactory: (
      people: PeopleDirectory,
      enrol: EnrolFace,
      learn: LearnFromPunch,
      punches: RecordPunch,
      undo: UndoPunch,
      exceptions: ExceptionBook,
    ) => {
      const unknownFaces = new UnknownFaces();
      return new ApplyEvent({ people, enrol, learn, punches, undo, exceptions, unknownFaces });
    },
    inject: [PEOPLE_DIRECTORY, EnrolFace, LearnFromPunch, RecordPunch, UndoPunch, ExceptionBook],
  },
  {
    provide: DeviceSurroundings,
    useFactory: (
      unit: UnitOfWork,
      companies: CompanyDirectory,
      policies: CompanyPolicies,
      people: PeopleDirectory,
    ) => new DeviceSurroundings(unit, companies, policies, new SitePeople(unit, people)),
    inject: [UnitOfWork, COMPANY_DIRECTORY, COMPANY_POLICIES, PEOPLE_DIRECTORY],
  },
  {
    provide: StoreEvents,
    useFactory: (
      unitOfWork: UnitOfWork,
      events: EventRepository,
      prepare: PrepareEvent,
      apply: ApplyEvent,
      punches: RecordPunch,
      logger: Logger,
    ) => new StoreEvents({ unitOfWork, events, prepare, apply, punches, logger }),
    inject: [UnitOfWork, EventRepository, PrepareEvent, ApplyEvent, RecordPunch, LOGGER],
  },
];

const useCases: FactoryProvider[] = [
  {
    provide: OutcomeViews,
    useFactory: (unit: UnitOfWork, events: EventRepository, people: PeopleDirectory) =>
      new OutcomeViews(unit, events, people),
    inject: [UnitOfWork, EventRepository, PEOPLE_DIRECTORY],
  },
  {
    provide: AcceptEvents,
    useFactory: (
      unitOfWork: UnitOfWork,
      events: EventRepository,
      store: StoreEvents,
      views: OutcomeViews,
      surroundings: DeviceSurroundings,
      exceptions: ExceptionBook,
      signer: ServerKeys,
      clock: Clock,
    ) => {
      const signatures = { signer, verifies: verifyDeviceSignature };
      return new AcceptEvents({
        unitOfWork,
        events,
        store,
        views,
        surroundings,
        exceptions,
        ...signatures,
        clock,
      });
    },
    inject: [
      UnitOfWork,
      EventRepository,
      StoreEvents,
      OutcomeViews,
      DeviceSurroundings,
      ExceptionBook,
      ServerKeys,
      CLOCK,
    ],
  },
  {
    provide: DecideUndecided,
    useFactory: (
      unitOfWork: UnitOfWork,
      events: EventRepository,
      prepare: PrepareEvent,
      apply: ApplyEvent,
      punches: RecordPunch,
      devices: DeviceRegister,
      surroundings: DeviceSurroundings,
      exceptions: ExceptionBook,
      clock: Clock,
      logger: Logger,
    ) => {
      const around = { devices, surroundings, exceptions, clock, logger };
      return new DecideUndecided({ unitOfWork, events, prepare, apply, punches, ...around });
    },
    inject: [
      UnitOfWork,
      EventRepository,
      PrepareEvent,
      ApplyEvent,
      RecordPunch,
      DeviceRegister,
      DeviceSurroundings,
      ExceptionBook,
      CLOCK,
      LOGGER,
    ],
  },
];

@Global()
@Module({ controllers: [EventsController], providers: [...parts, ...useCases], exports: [EVENT_HEADS] })
export class IngestModule implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private deciding: Promise<void> = Promise.resolve();

  constructor(
    @Inject(DecideUndecided) private readonly undecided: DecideUndecided,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.plan();
  }

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.deciding;
  }

  private plan(): void {
    this.timer = setTimeout(() => {
      this.deciding = this.decide().then(() => {
        if (this.timer !== undefined) this.plan();
      });
    }, TRY_AGAIN_EVERY_MS);
    this.timer.unref();
  }

  private async decide(): Promise<void> {
    try {
      await this.undecided.run();
    } catch (error) {
      this.logger.error('undecided events could not be tried again', error);
    }
  }
}
