// Wires the people module. TEMPLATE_STORE and DEVICE_DIRECTORY come from the matching and devices modules.
import { type FactoryProvider, Global, Module } from '@nestjs/common';
import type { Clock } from '../../platform/clock/clock.js';
import { Database, UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { RootKey } from '../../platform/keys/root-key.js';
import { Throttle } from '../../platform/throttle/throttle.js';
import { CLOCK, ROOT_KEY } from '../../platform/tokens.js';
import { AuditTrail } from '../audit/public.js';
import { LiveEvents } from '../live/public.js';
import { COMPANY_DIRECTORY, type CompanyDirectory } from '../tenants/public.js';
import { CreatePerson, PersonEditor, UpdatePerson } from './change-people.js';
import {
  DEVICE_DIRECTORY,
  type DeviceDirectory,
  PEOPLE_DIRECTORY,
  TEMPLATE_STORE,
  type TemplateStore,
} from './employee.js';
import { EnrolmentTickets } from './enrolment-tickets.js';
import { CancelEnrolment, StartEnrolment } from './enrolment.js';
import { EnrolmentController } from './http/enrolment.controller.js';
import { ImportController, PeopleController } from './http/people.controller.js';
import { ImportPeople } from './import-people.js';
import { IssuePin } from './issue-pin.js';
import { EndEnrolment, LeavePerson, WithdrawConsent } from './offboard.js';
import { EnrolmentRepository } from './persistence/enrolment.repository.js';
import { PeopleRepository } from './persistence/people.repository.js';
import { PersonDetails } from './person-detail.js';
import { PersonRecords } from './person-records.js';
import { PinHash } from './pin-hash.js';
import { ListPeople, ReadPerson } from './read-people.js';
import { VerifyPin } from './verify-pin.js';

const storage: FactoryProvider[] = [
  {
    provide: PeopleRepository,
    useFactory: (database: Database) => new PeopleRepository(database),
    inject: [Database],
  },
  {
    provide: EnrolmentRepository,
    useFactory: (database: Database) => new EnrolmentRepository(database),
    inject: [Database],
  },
  { provide: PEOPLE_DIRECTORY, useFactory: (people: PeopleRepository) => people, inject: [PeopleRepository] },
  {
    provide: PinHash,
    useFactory: (root: RootKey) => new PinHash(root.derive('employee-pin')),
    inject: [ROOT_KEY],
  },
];

const parts: FactoryProvider[] = [
  {
    provide: PersonDetails,
    useFactory: (
      rows: EnrolmentRepository,
      templates: TemplateStore,
      devices: DeviceDirectory,
      clock: Clock,
    ) => new PersonDetails(rows, rows, templates, devices, clock),
    inject: [EnrolmentRepository, TEMPLATE_STORE, DEVICE_DIRECTORY, CLOCK],
  },
  {
    provide: PersonRecords,
    useFactory: (unit: UnitOfWork, audit: AuditTrail, live: LiveEvents) =>
      new PersonRecords(unit, audit, live),
    inject: [UnitOfWork, AuditTrail, LiveEvents],
  },
  {
    provide: PersonEditor,
    useFactory: (
      people: PeopleRepository,
      details: PersonDetails,
      records: PersonRecords,
      companies: CompanyDirectory,
    ) => new PersonEditor(people, details, records, companies),
    inject: [PeopleRepository, PersonDetails, PersonRecords, COMPANY_DIRECTORY],
  },
  {
    provide: EndEnrolment,
    useFactory: (templates: TemplateStore, rows: EnrolmentRepository, clock: Clock) =>
      new EndEnrolment(templates, rows, rows, clock),
    inject: [TEMPLATE_STORE, EnrolmentRepository, CLOCK],
  },
  {
    provide: EnrolmentTickets,
    useFactory: (rows: EnrolmentRepository, people: PeopleRepository, records: PersonRecords, clock: Clock) =>
      new EnrolmentTickets(rows, people, records, clock),
    inject: [EnrolmentRepository, PeopleRepository, PersonRecords, CLOCK],
  },
];

const useCases: FactoryProvider[] = [
  {
    provide: ListPeople,
    useFactory: (
      unit: UnitOfWork,
      people: PeopleRepository,
      details: PersonDetails,
      companies: CompanyDirectory,
      clock: Clock,
    ) => new ListPeople(unit, people, details, companies, clock),
    inject: [UnitOfWork, PeopleRepository, PersonDetails, COMPANY_DIRECTORY, CLOCK],
  },
  {
    provide: ReadPerson,
    useFactory: (unit: UnitOfWork, people: PeopleRepository, details: PersonDetails) =>
      new ReadPerson(unit, people, details),
    inject: [UnitOfWork, PeopleRepository, PersonDetails],
  },
  {
    provide: CreatePerson,
    useFactory: (unit: UnitOfWork, editor: PersonEditor, clock: Clock) =>
      new CreatePerson(unit, editor, clock),
    inject: [UnitOfWork, PersonEditor, CLOCK],
  },
  {
    provide: UpdatePerson,
    useFactory: (unit: UnitOfWork, editor: PersonEditor) => new UpdatePerson(unit, editor),
    inject: [UnitOfWork, PersonEditor],
  },
  {
    provide: ImportPeople,
    useFactory: (unit: UnitOfWork, editor: PersonEditor, clock: Clock) =>
      new ImportPeople(unit, editor, clock),
    inject: [UnitOfWork, PersonEditor, CLOCK],
  },
  {
    provide: LeavePerson,
    useFactory: (unit: UnitOfWork, editor: PersonEditor, end: EndEnrolment) =>
      new LeavePerson(unit, editor, end),
    inject: [UnitOfWork, PersonEditor, EndEnrolment],
  },
  {
    provide: WithdrawConsent,
    useFactory: (unit: UnitOfWork, editor: PersonEditor, end: EndEnrolment) =>
      new WithdrawConsent(unit, editor, end),
    inject: [UnitOfWork, PersonEditor, EndEnrolment],
  },
  {
    provide: StartEnrolment,
    useFactory: (
      unit: UnitOfWork,
      editor: PersonEditor,
      rows: EnrolmentRepository,
      devices: DeviceDirectory,
      clock: Clock,
    ) => new StartEnrolment(unit, editor, rows, devices, clock),
    inject: [UnitOfWork, PersonEditor, EnrolmentRepository, DEVICE_DIRECTORY, CLOCK],
  },
  {
    provide: CancelEnrolment,
    useFactory: (unit: UnitOfWork, editor: PersonEditor, rows: EnrolmentRepository) =>
      new CancelEnrolment(unit, editor, rows),
    inject: [UnitOfWork, PersonEditor, EnrolmentRepository],
  },
  {
    provide: IssuePin,
    useFactory: (unit: UnitOfWork, editor: PersonEditor, hash: PinHash, throttle: Throttle) =>
      new IssuePin(unit, editor, hash, throttle),
    inject: [UnitOfWork, PersonEditor, PinHash, Throttle],
  },
  {
    provide: VerifyPin,
    useFactory: (
      database: Database,
      unit: UnitOfWork,
      people: PeopleRepository,
      throttle: Throttle,
      hash: PinHash,
    ) => new VerifyPin(database, unit, people, throttle, hash),
    inject: [Database, UnitOfWork, PeopleRepository, Throttle, PinHash],
  },
];

@Global()
@Module({
  controllers: [PeopleController, ImportController, EnrolmentController],
  providers: [...storage, ...parts, ...useCases],
  exports: [PEOPLE_DIRECTORY, EnrolmentTickets, VerifyPin, ImportPeople, LeavePerson],
})
export class PeopleModule {}
