// How a pairing stands, asked by the tablet itself; the configuration comes with the confirmation and not before.
import type { PairStatusResponse } from '@hazri/shared/protocol/device';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { DevicePrincipal } from '../../platform/http/principal.js';
import type { DeviceConfigs } from './device-config.js';
import type { DeviceStore } from './device.js';

export class PairStatus {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly devices: DeviceStore,
    private readonly configs: DeviceConfigs,
  ) {}

  run(by: DevicePrincipal): Promise<PairStatusResponse> {
    return this.unitOfWork.run(async () => {
      const device = await this.devices.ofTenant(by.tenantId, by.deviceId);
      if (device === null || device.state === 'refused' || device.state === 'revoked') {
        return { status: 'refused' };
      }
      if (device.state === 'pairing') return { status: 'pending' };
      return { status: 'active', config: await this.configs.of(device) };
    });
  }
}
