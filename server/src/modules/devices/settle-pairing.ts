// The administrator's side of a pairing: see how it stands, compare the words, confirm or refuse.
import { fingerprintWords } from '@hazri/shared/crypto/fingerprint';
import { fromBase64 } from '@hazri/shared/crypto/encoding';
import type { Device as DeviceView } from '@hazri/shared/protocol/console-types';
import { InvariantError, type Result, err, ok } from '@hazri/shared/result';
import type { Clock } from '../../platform/clock/clock.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { UserRequest } from '../../platform/http/principal.js';
import type { AuditTrail } from '../audit/public.js';
import type { LiveEvents } from '../live/public.js';
import type { CompanyDirectory } from '../tenants/public.js';
import type { ServerIdentity } from './device-config.js';
import { deviceView } from './device-view.js';
import type { Device, DeviceStore } from './device.js';
import type { Pairing, PairingStore } from './pairing.js';

export interface PairingView {
  readonly state: 'waiting' | 'compare' | 'active' | 'refused' | 'expired';
  readonly words: string[];
  readonly device: DeviceView | null;
}

type SettleError = 'NOT_FOUND' | 'PAIRING_EXPIRED' | 'PAIRING_NOT_READY' | 'ALREADY_DONE';

export interface SettleDeps {
  readonly unitOfWork: UnitOfWork;
  readonly pairings: PairingStore;
  readonly devices: DeviceStore;
  readonly companies: CompanyDirectory;
  readonly identity: Pick<ServerIdentity, 'signPublicKey' | 'spkiPins'>;
  readonly audit: AuditTrail;
  readonly live: LiveEvents;
  readonly clock: Clock;
}

export class SettlePairing {
  constructor(private readonly deps: SettleDeps) {}

  read(tenantId: string, pairingId: string): Promise<Result<PairingView, 'NOT_FOUND'>> {
    return this.deps.unitOfWork.run(async () => {
      const pairing = await this.deps.pairings.ofTenant(tenantId, pairingId);
      if (pairing === null) return err('NOT_FOUND');
      const device = await this.deviceOf(pairing);
      return ok({
        state: this.stateOf(pairing),
        words: device === null ? [] : this.wordsFor(device),
        device: device === null ? null : await this.view(device),
      });
    });
  }

  /** The device may work from now on; its camera is the one that the administrator saw. */
  confirm(
    by: UserRequest,
    pairingId: string,
    cameraPin: string | null,
  ): Promise<Result<DeviceView, SettleError>> {
    return this.settle(by, pairingId, async (pairing, device) => {
      await this.change(device, { state: 'active', cameraPin });
      await this.deps.pairings.setState(pairing, 'active', device.id);
      this.record(by, 'device.paired', device);
      return this.view({ ...device, state: 'active', cameraPin });
    });
  }

  refuse(by: UserRequest, pairingId: string): Promise<Result<object, SettleError>> {
    return this.settle(by, pairingId, async (pairing, device) => {
      await this.change(device, { state: 'refused' });
      await this.deps.pairings.setState(pairing, 'refused', device.id);
      this.record(by, 'device.refused', device);
      return {};
    });
  }

  private settle<T>(
    by: UserRequest,
    pairingId: string,
    work: (pairing: Pairing, device: Device) => Promise<T>,
  ): Promise<Result<T, SettleError>> {
    const { unitOfWork, pairings } = this.deps;
    return unitOfWork.run(async () => {
      const pairing = await pairings.lock(by.principal.tenantId, pairingId);
      if (pairing === null) return err('NOT_FOUND');
      const state = this.stateOf(pairing);
      if (state === 'expired') return err('PAIRING_EXPIRED');
      if (state === 'waiting') return err('PAIRING_NOT_READY');
      if (state !== 'compare') return err('ALREADY_DONE');
      const device = await this.deviceOf(pairing);
      if (device === null) throw new InvariantError('a pairing to compare without its device');
      return ok(await work(pairing, device));
    });
  }

  private stateOf(pairing: Pairing): PairingView['state'] {
    const isOpen = pairing.state === 'waiting' || pairing.state === 'compare';
    return isOpen && pairing.expiresAtMs <= this.deps.clock.nowMs() ? 'expired' : pairing.state;
  }

  private async deviceOf(pairing: Pairing): Promise<Device | null> {
    return pairing.deviceId === null ? null : this.deps.devices.ofTenant(pairing.tenantId, pairing.deviceId);
  }

  private wordsFor(device: Device): string[] {
    const [spki] = this.deps.identity.spkiPins();
    if (spki === undefined) throw new InvariantError('a server without a certificate');
    return fingerprintWords({
      deviceSignKey: fromBase64(device.signPublicKey),
      serverSignKey: this.deps.identity.signPublicKey,
      spki,
    });
  }

  private async change(device: Device, change: Parameters<DeviceStore['change']>[2]): Promise<void> {
    await this.deps.devices.change(device.tenantId, device.id, change);
    this.deps.unitOfWork.afterCommit(() => {
      this.deps.live.publish(device.tenantId, { type: 'device', id: device.id });
    });
  }

  private record(by: UserRequest, action: string, device: Device): void {
    const { tenantId, name } = device;
    this.deps.audit.record({ tenantId, actor: by.actor, action, subject: name });
  }

  private async view(device: Device): Promise<DeviceView> {
    const site = await this.deps.companies.site(device.tenantId, device.siteId);
    const health = await this.deps.devices.healthOf(device.tenantId, device.id);
    return deviceView(device, site?.name ?? '', health);
  }
}
