// Devices as other modules see them. Every method runs inside the caller's unit of work.
import type { Device, DeviceStore } from './device.js';

interface DeviceFacts {
  readonly id: string;
  readonly name: string;
  readonly siteId: string;
  readonly isActive: boolean;
  readonly cameraPin: string | null;
}

export class DeviceRegister {
  constructor(private readonly devices: DeviceStore) {}

  async device(tenantId: string, deviceId: string): Promise<DeviceFacts | null> {
    const device = await this.devices.ofTenant(tenantId, deviceId);
    return device === null ? null : factsOf(device);
  }

  /** The camera that it reported last. */
  async cameraOf(tenantId: string, deviceId: string): Promise<string | null> {
    return (await this.devices.healthOf(tenantId, deviceId))?.camera ?? null;
  }

  /** Ids to names, of all devices that the company ever had. */
  async names(tenantId: string): Promise<Map<string, string>> {
    return new Map((await this.devices.list(tenantId)).map((device) => [device.id, device.name]));
  }
}

const factsOf = (device: Device): DeviceFacts => ({
  id: device.id,
  name: device.name,
  siteId: device.siteId,
  isActive: device.state === 'active',
  cameraPin: device.cameraPin,
});
