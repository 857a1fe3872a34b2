// Devices as other modules see them. Every method runs inside the caller's unit of work.
import type { Device, DeviceStore } from './device.js';

export interface DeviceFacts {
  readonly id: string;
  readonly name: string;
  readonly siteId: string;
  readonly isActive: boolean;
  readonly cameraPin: string | null;
  readonly signPublicKey: string;
  /** The camera it reported last. */
  readonly camera: string | null;
}

export class DeviceRegister {
  constructor(private readonly devices: DeviceStore) {}

  async device(tenantId: string, deviceId: string): Promise<DeviceFacts | null> {
    const device = await this.devices.ofTenant(tenantId, deviceId);
    if (device === null) return null;
    const health = await this.devices.healthOf(tenantId, deviceId);
    return factsOf(device, health?.camera ?? null);
  }

  /** Ids to names, of all devices that the company ever had. */
  async names(tenantId: string): Promise<Map<string, string>> {
    return new Map((await this.devices.list(tenantId)).map((device) => [device.id, device.name]));
  }
}

const factsOf = (device: Device, camera: string | null): DeviceFacts => ({
  id: device.id,
  name: device.name,
  siteId: device.siteId,
  isActive: device.state === 'active',
  cameraPin: device.cameraPin,
  signPublicKey: device.signPublicKey,
  camera,
});
