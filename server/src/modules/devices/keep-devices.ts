// What administrators do with devices once they are paired: look, rename, accept another camera, revoke.
import type { Device as DeviceView } from '@hazri/shared/protocol/console-types';
import { type Result, err, ok } from '@hazri/shared/result';
import type { Clock } from '../../platform/clock/clock.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { UserRequest } from '../../platform/http/principal.js';
import type { AuditTrail } from '../audit/public.js';
import type { LiveEvents } from '../live/public.js';
import type { CompanyDirectory } from '../tenants/public.js';
import { deviceView } from './device-view.js';
import type { Device, DeviceChange, DeviceStore } from './device.js';

export interface KeepDevicesDeps {
  readonly unitOfWork: UnitOfWork;
  readonly devices: DeviceStore;
  readonly companies: CompanyDirectory;
  readonly audit: AuditTrail;
  readonly live: LiveEvents;
  readonly clock: Clock;
}

export class KeepDevices {
  constructor(private readonly deps: KeepDevicesDeps) {}

  /** Devices that are, or were, part of the company; a pairing that was never confirmed is not shown. */
  list(tenantId: string): Promise<DeviceView[]> {
    const { unitOfWork, devices, companies } = this.deps;
    return unitOfWork.run(async () => {
      const siteNames = new Map((await companies.sites(tenantId)).map((site) => [site.id, site.name]));
      const health = await devices.health(tenantId);
      const shown = (await devices.list(tenantId)).filter((device) => device.state !== 'refused');
      return shown.map((device) =>
        deviceView(device, siteNames.get(device.siteId) ?? '', health.get(device.id) ?? null),
      );
    });
  }

  update(
    by: UserRequest,
    deviceId: string,
    input: { readonly name?: string | undefined; readonly cameraPin?: string | null | undefined },
  ): Promise<Result<DeviceView, 'NOT_FOUND' | 'DEVICE_NOT_ACTIVE'>> {
    const change: DeviceChange = {
      ...(input.name === undefined ? {} : { name: input.name }),
      ...(input.cameraPin === undefined ? {} : { cameraPin: input.cameraPin }),
    };
    return this.change(by, deviceId, { action: 'device.changed', change });
  }

  /** Effective at once: the device's next request is refused. */
  revoke(by: UserRequest, deviceId: string): Promise<Result<DeviceView, 'NOT_FOUND' | 'DEVICE_NOT_ACTIVE'>> {
    const change: DeviceChange = { state: 'revoked', revokedAtMs: this.deps.clock.nowMs() };
    return this.change(by, deviceId, { action: 'device.revoked', change });
  }

  private change(
    by: UserRequest,
    deviceId: string,
    what: { readonly action: string; readonly change: DeviceChange },
  ): Promise<Result<DeviceView, 'NOT_FOUND' | 'DEVICE_NOT_ACTIVE'>> {
    const { unitOfWork, devices, audit, live } = this.deps;
    const { tenantId } = by.principal;
    return unitOfWork.run(async () => {
      const device = await devices.ofTenant(tenantId, deviceId);
      if (device === null) return err('NOT_FOUND');
      if (device.state !== 'active') return err('DEVICE_NOT_ACTIVE');
      const changed: Device = { ...device, ...what.change };
      if (Object.keys(what.change).length > 0) {
        await devices.change(tenantId, deviceId, what.change);
        audit.record({
          tenantId,
          actor: by.actor,
          action: what.action,
          subject: changed.name,
          detail: { fields: Object.keys(what.change).join(',') },
        });
        unitOfWork.afterCommit(() => {
          live.publish(tenantId, { type: 'device', id: deviceId });
        });
      }
      return ok(await this.view(changed));
    });
  }

  private async view(device: Device): Promise<DeviceView> {
    const site = await this.deps.companies.site(device.tenantId, device.siteId);
    const health = await this.deps.devices.healthOf(device.tenantId, device.id);
    return deviceView(device, site?.name ?? '', health);
  }
}
