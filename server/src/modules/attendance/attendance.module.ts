// Wires attendance. DUPLICATE_VERDICTS comes from the matching module.
import { type FactoryProvider, Global, Module } from '@nestjs/common';
import type { Clock } from '../../platform/clock/clock.js';
import { Database, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { CLOCK } from '../../platform/tokens.js';
import { AuditTrail } from '../audit/public.js';
import {
  COMPANY_POLICIES,
  type CompanyPolicies,
  DEVICE_ALARMS,
  type DeviceAlarms,
  DeviceRegister,
} from '../devices/public.js';
import { LiveEvents } from '../live/public.js';
import { LeavePerson, PEOPLE_DIRECTORY, type PeopleDirectory } from '../people/public.js';
import { COMPANY_DIRECTORY, type CompanyDirectory } from '../tenants/public.js';
import { DUPLICATE_VERDICTS, type DuplicateVerdicts, ExceptionBook } from './exceptions.js';
import { AttendanceController } from './http/attendance.controller.js';
import { ListPunches } from './list-punches.js';
import { ExceptionRepository } from './persistence/exception.repository.js';
import { PunchRepository } from './persistence/punch.repository.js';
import { NamedRows } from './punch-view.js';
import { RecordPunch } from './record-punch.js';
import { SettleExceptions } from './settle-exceptions.js';
import { TeamScope } from './team-scope.js';
import { Today } from './today.js';
import { UndoPunch } from './undo-punch.js';

const parts: FactoryProvider[] = [
  {
    provide: PunchRepository,
    useFactory: (database: Database) => new PunchRepository(database),
    inject: [Database],
  },
  {
    provide: ExceptionRepository,
    useFactory: (database: Database) => new ExceptionRepository(database),
    inject: [Database],
  },
  {
    provide: ExceptionBook,
    useFactory: (rows: ExceptionRepository, unit: UnitOfWork, live: LiveEvents) =>
      new ExceptionBook(rows, unit, live),
    inject: [ExceptionRepository, UnitOfWork, LiveEvents],
  },
  {
    provide: DEVICE_ALARMS,
    useFactory: (book: ExceptionBook): DeviceAlarms => ({
      cameraChanged: (alarm) => book.open({ ...alarm, kind: 'CAMERA_CHANGED' }),
    }),
    inject: [ExceptionBook],
  },
  {
    provide: NamedRows,
    useFactory: (people: PeopleDirectory, devices: DeviceRegister) => new NamedRows(people, devices),
    inject: [PEOPLE_DIRECTORY, DeviceRegister],
  },
  {
    provide: TeamScope,
    useFactory: (people: PeopleDirectory, companies: CompanyDirectory, clock: Clock) =>
      new TeamScope(people, companies, clock),
    inject: [PEOPLE_DIRECTORY, COMPANY_DIRECTORY, CLOCK],
  },
];

const recording: FactoryProvider[] = [
  {
    provide: RecordPunch,
    useFactory: (
      punches: PunchRepository,
      book: ExceptionBook,
      unit: UnitOfWork,
      live: LiveEvents,
      audit: AuditTrail,
    ) => new RecordPunch(punches, book, unit, live, audit),
    inject: [PunchRepository, ExceptionBook, UnitOfWork, LiveEvents, AuditTrail],
  },
  {
    provide: UndoPunch,
    useFactory: (
      punches: PunchRepository,
      exceptions: ExceptionBook,
      people: PeopleDirectory,
      audit: AuditTrail,
      live: LiveEvents,
      unitOfWork: UnitOfWork,
    ) => new UndoPunch({ punches, exceptions, people, audit, live, unitOfWork }),
    inject: [PunchRepository, ExceptionBook, PEOPLE_DIRECTORY, AuditTrail, LiveEvents, UnitOfWork],
  },
];

const reading: FactoryProvider[] = [
  {
    provide: Today,
    useFactory: (
      unitOfWork: UnitOfWork,
      punches: PunchRepository,
      exceptions: ExceptionRepository,
      people: PeopleDirectory,
      companies: CompanyDirectory,
      policies: CompanyPolicies,
      names: NamedRows,
      scope: TeamScope,
      clock: Clock,
    ) => new Today({ unitOfWork, punches, exceptions, people, companies, policies, names, scope, clock }),
    inject: [
      UnitOfWork,
      PunchRepository,
      ExceptionRepository,
      PEOPLE_DIRECTORY,
      COMPANY_DIRECTORY,
      COMPANY_POLICIES,
      NamedRows,
      TeamScope,
      CLOCK,
    ],
  },
  {
    provide: ListPunches,
    useFactory: (
      unitOfWork: UnitOfWork,
      punches: PunchRepository,
      names: NamedRows,
      scope: TeamScope,
      companies: CompanyDirectory,
      audit: AuditTrail,
    ) => new ListPunches({ unitOfWork, punches, names, scope, companies, audit }),
    inject: [UnitOfWork, PunchRepository, NamedRows, TeamScope, COMPANY_DIRECTORY, AuditTrail],
  },
  {
    provide: SettleExceptions,
    useFactory: (
      unitOfWork: UnitOfWork,
      exceptions: ExceptionRepository,
      names: NamedRows,
      scope: TeamScope,
      audit: AuditTrail,
      live: LiveEvents,
      clock: Clock,
      people: PeopleDirectory,
      verdicts: DuplicateVerdicts,
      leaving: LeavePerson,
    ) => {
      const around = { names, scope, audit, live, clock, people };
      return new SettleExceptions({ unitOfWork, exceptions, ...around, verdicts, leaving });
    },
    inject: [
      UnitOfWork,
      ExceptionRepository,
      NamedRows,
      TeamScope,
      AuditTrail,
      LiveEvents,
      CLOCK,
      PEOPLE_DIRECTORY,
      DUPLICATE_VERDICTS,
      LeavePerson,
    ],
  },
];

@Global()
@Module({
  controllers: [AttendanceController],
  providers: [...parts, ...recording, ...reading],
  exports: [RecordPunch, UndoPunch, ExceptionBook, DEVICE_ALARMS],
})
export class AttendanceModule {}
