// Wires devices. EVENT_HEADS, DEVICE_ALARMS and MODELS_TO_RUN come from the ingest, attendance and matching modules.
import { type FactoryProvider, Global, Module } from '@nestjs/common';
import type { Clock } from '../../platform/clock/clock.js';
import { Database, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ServerKeys } from '../../platform/keys/server-keys.js';
import type { ServerIdentity as PlatformIdentity } from '../../platform/server-identity.js';
import { Throttle } from '../../platform/throttle/throttle.js';
import { CLOCK, SERVER_IDENTITY } from '../../platform/tokens.js';
import { AuditTrail } from '../audit/public.js';
import { LiveEvents } from '../live/public.js';
import { DEVICE_DIRECTORY, EnrolmentTickets } from '../people/public.js';
import { COMPANY_DIRECTORY, type CompanyDirectory } from '../tenants/public.js';
import { AuthenticateDevice } from './authenticate-device.js';
import { COMPANY_POLICIES } from './company-policy.js';
import { CreatePairing } from './create-pairing.js';
import { DeviceConfigs, type ServerIdentity } from './device-config.js';
import { DeviceRegister } from './device-directory.js';
import {
  DEVICE_ALARMS,
  type DeviceAlarms,
  EVENT_HEADS,
  type EventHeads,
  MODELS_TO_RUN,
  type ModelsToRun,
} from './device.js';
import { Heartbeat } from './heartbeat.js';
import { DeviceProtocolController } from './http/device-protocol.controller.js';
import { DeviceSignatureStrategy } from './http/device-signature.strategy.js';
import { DevicesController } from './http/devices.controller.js';
import { PolicyController } from './http/policy.controller.js';
import { KeepDevices } from './keep-devices.js';
import { KeepPolicy } from './keep-policy.js';
import { PairDevice } from './pair-device.js';
import { PairStatus } from './pair-status.js';
import { DeviceRepository } from './persistence/device.repository.js';
import { CompanyPolicyRepository, PairingRepository } from './persistence/pairing.repository.js';
import { SettlePairing } from './settle-pairing.js';

const IDENTITY_FOR_DEVICES = Symbol('IdentityForDevices');

const storage: FactoryProvider[] = [
  {
    provide: DeviceRepository,
    useFactory: (database: Database) => new DeviceRepository(database),
    inject: [Database],
  },
  {
    provide: PairingRepository,
    useFactory: (database: Database) => new PairingRepository(database),
    inject: [Database],
  },
  {
    provide: COMPANY_POLICIES,
    useFactory: (database: Database) => new CompanyPolicyRepository(database),
    inject: [Database],
  },
  {
    provide: DeviceRegister,
    useFactory: (devices: DeviceRepository) => new DeviceRegister(devices),
    inject: [DeviceRepository],
  },
  {
    provide: DEVICE_DIRECTORY,
    useFactory: (register: DeviceRegister) => register,
    inject: [DeviceRegister],
  },
  {
    provide: IDENTITY_FOR_DEVICES,
    useFactory: (keys: ServerKeys, server: PlatformIdentity): ServerIdentity => ({
      signPublicKey: keys.signPublicKey,
      currentBoxKey: () => keys.currentBoxKey(),
      spkiPins: () => [server.serverSpki()],
      address: () => server.address(),
    }),
    inject: [ServerKeys, SERVER_IDENTITY],
  },
  {
    provide: DeviceConfigs,
    useFactory: (
      identity: ServerIdentity,
      companies: CompanyDirectory,
      policies: CompanyPolicyRepository,
      models: ModelsToRun,
    ) => new DeviceConfigs(identity, companies, policies, models),
    inject: [IDENTITY_FOR_DEVICES, COMPANY_DIRECTORY, COMPANY_POLICIES, MODELS_TO_RUN],
  },
];

const forConsole: FactoryProvider[] = [
  {
    provide: KeepPolicy,
    useFactory: (unitOfWork: UnitOfWork, policies: CompanyPolicyRepository, audit: AuditTrail) =>
      new KeepPolicy({ unitOfWork, policies, audit }),
    inject: [UnitOfWork, COMPANY_POLICIES, AuditTrail],
  },
  {
    provide: CreatePairing,
    useFactory: (
      unitOfWork: UnitOfWork,
      pairings: PairingRepository,
      companies: CompanyDirectory,
      identity: ServerIdentity,
      audit: AuditTrail,
      clock: Clock,
    ) => new CreatePairing({ unitOfWork, pairings, companies, identity, audit, clock }),
    inject: [UnitOfWork, PairingRepository, COMPANY_DIRECTORY, IDENTITY_FOR_DEVICES, AuditTrail, CLOCK],
  },
  {
    provide: SettlePairing,
    useFactory: (
      unitOfWork: UnitOfWork,
      pairings: PairingRepository,
      devices: DeviceRepository,
      companies: CompanyDirectory,
      identity: ServerIdentity,
      audit: AuditTrail,
      live: LiveEvents,
      clock: Clock,
    ) => new SettlePairing({ unitOfWork, pairings, devices, companies, identity, audit, live, clock }),
    inject: [
      UnitOfWork,
      PairingRepository,
      DeviceRepository,
      COMPANY_DIRECTORY,
      IDENTITY_FOR_DEVICES,
      AuditTrail,
      LiveEvents,
      CLOCK,
    ],
  },
  {
    provide: KeepDevices,
    useFactory: (
      unitOfWork: UnitOfWork,
      devices: DeviceRepository,
      companies: CompanyDirectory,
      audit: AuditTrail,
      live: LiveEvents,
      clock: Clock,
    ) => new KeepDevices({ unitOfWork, devices, companies, audit, live, clock }),
    inject: [UnitOfWork, DeviceRepository, COMPANY_DIRECTORY, AuditTrail, LiveEvents, CLOCK],
  },
];

const forTablets: FactoryProvider[] = [
  {
    provide: PairDevice,
    useFactory: (
      unitOfWork: UnitOfWork,
      pairings: PairingRepository,
      devices: DeviceRepository,
      companies: CompanyDirectory,
      identity: ServerIdentity,
      throttle: Throttle,
      audit: AuditTrail,
      clock: Clock,
    ) => new PairDevice({ unitOfWork, pairings, devices, companies, identity, throttle, audit, clock }),
    inject: [
      UnitOfWork,
      PairingRepository,
      DeviceRepository,
      COMPANY_DIRECTORY,
      IDENTITY_FOR_DEVICES,
      Throttle,
      AuditTrail,
      CLOCK,
    ],
  },
  {
    provide: PairStatus,
    useFactory: (unitOfWork: UnitOfWork, devices: DeviceRepository, configs: DeviceConfigs) =>
      new PairStatus(unitOfWork, devices, configs),
    inject: [UnitOfWork, DeviceRepository, DeviceConfigs],
  },
  {
    provide: AuthenticateDevice,
    useFactory: (unitOfWork: UnitOfWork, devices: DeviceRepository, keys: ServerKeys, clock: Clock) =>
      new AuthenticateDevice(unitOfWork, devices, keys, clock),
    inject: [UnitOfWork, DeviceRepository, ServerKeys, CLOCK],
  },
  {
    provide: Heartbeat,
    useFactory: (
      unitOfWork: UnitOfWork,
      devices: DeviceRepository,
      configs: DeviceConfigs,
      heads: EventHeads,
      tickets: EnrolmentTickets,
      alarms: DeviceAlarms,
      signer: ServerKeys,
      live: LiveEvents,
      clock: Clock,
    ) => new Heartbeat({ unitOfWork, devices, configs, heads, tickets, alarms, signer, live, clock }),
    inject: [
      UnitOfWork,
      DeviceRepository,
      DeviceConfigs,
      EVENT_HEADS,
      EnrolmentTickets,
      DEVICE_ALARMS,
      ServerKeys,
      LiveEvents,
      CLOCK,
    ],
  },
];

@Global()
@Module({
  controllers: [PolicyController, DevicesController, DeviceProtocolController],
  providers: [...storage, ...forConsole, ...forTablets, DeviceSignatureStrategy],
  exports: [DeviceRegister, DEVICE_DIRECTORY, COMPANY_POLICIES],
})
export class DevicesModule {}
