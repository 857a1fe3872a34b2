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
import { COMPANY_POLICIES, type CompanyPolicies, DeviceRegister, EVENT_HEADS } from '../devices/public.js';
import { FollowGalleries, IdentifyFace, KeepTemplates } from '../matching/public.js';
import { EnrolmentTickets, PEOPLE_DIRECTORY, type PeopleDirectory, VerifyPin } from '../people/public.js';
import { COMPANY_DIRECTORY, type CompanyDirectory } from '../tenants/public.js';
import { AcceptEvents } from './accept-events.js';
import { ApplyEvent } from './apply-event.js';
import { DecideUndecided } from './decide-undecided.js';
import { EventTurns } from './event-turns.js';
import { EventsController } from './http/events.controller.js';
import { OpenBox } from './open-box.js';
import { OutcomeViews } from './outcome-view.js';
import { EventRepository } from './persistence/event.repository.js';
import { PrepareEvent } from './prepare-event.js';
import { StoreEvents } from './store-events.js';
import { DeviceSurroundings } from './surroundings.js';
import { UnknownFaces } from './unknown-faces.js';

const TRY_AGAIN_EVERY_MS = 30_000;

const parts: FactoryProvider[] = [
  { provide: EventTurns, useFactory: () => new EventTurns() },
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
      identify: IdentifyFace,
      galleries: FollowGalleries,
      verifyPin: VerifyPin,
      unitOfWork: UnitOfWork,
      devices: DeviceRegister,
    ) =>
      new PrepareEvent({
        openBox: new OpenBox(keys),
        identify,
        galleries,
        verifyPin,
        cameras: {
          cameraOf: (tenantId, deviceId) => unitOfWork.run(() => devices.cameraOf(tenantId, deviceId)),
        },
      }),
    inject: [ServerKeys, IdentifyFace, FollowGalleries, VerifyPin, UnitOfWork, DeviceRegister],
  },
  {
    provide: ApplyEvent,
    useFactory: (
      people: PeopleDirectory,
      tickets: EnrolmentTickets,
      companies: CompanyDirectory,
      punches: RecordPunch,
      undo: UndoPunch,
      exceptions: ExceptionBook,
      templates: KeepTemplates,
      identify: IdentifyFace,
    ) => {
      const unknownFaces = new UnknownFaces();
      const attendance = { punches, undo, exceptions };
      return new ApplyEvent({
        people,
        tickets,
        companies,
        ...attendance,
        templates,
        identify,
        unknownFaces,
      });
    },
    inject: [
      PEOPLE_DIRECTORY,
      EnrolmentTickets,
      COMPANY_DIRECTORY,
      RecordPunch,
      UndoPunch,
      ExceptionBook,
      KeepTemplates,
      IdentifyFace,
    ],
  },
  {
    provide: DeviceSurroundings,
    useFactory: (unit: UnitOfWork, companies: CompanyDirectory, policies: CompanyPolicies) =>
      new DeviceSurroundings(unit, companies, policies),
    inject: [UnitOfWork, COMPANY_DIRECTORY, COMPANY_POLICIES],
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
    ) => new AcceptEvents({ unitOfWork, events, store, views, surroundings, exceptions, signer, clock }),
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
