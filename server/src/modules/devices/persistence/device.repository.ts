// Devices and their health. Every query but the look-ups of an unauthenticated request names the tenant.
import type { Database } from '../../../platform/database/unit-of-work.js';
import type { Device, DeviceChange, DeviceHealth, DeviceStore } from '../device.js';
import { deviceHealthSchema, deviceSchema } from './device.schema.js';

export class DeviceRepository implements DeviceStore {
  constructor(private readonly database: Database) {}

  byId(deviceId: string): Promise<Device | null> {
    return this.devices().findOneBy({ id: deviceId });
  }

  bySignKey(signPublicKey: string): Promise<Device | null> {
    return this.devices().findOneBy({ signPublicKey });
  }

  ofTenant(tenantId: string, deviceId: string): Promise<Device | null> {
    return this.devices().findOneBy({ tenantId, id: deviceId });
  }

  list(tenantId: string): Promise<Device[]> {
    return this.devices().find({ where: { tenantId }, order: { name: 'ASC', createdAtMs: 'ASC' } });
  }

  async add(device: Device): Promise<void> {
    await this.devices().insert({ ...device });
  }

  async change(tenantId: string, deviceId: string, change: DeviceChange): Promise<void> {
    await this.devices().update({ tenantId, id: deviceId }, change);
  }

  async health(tenantId: string): Promise<Map<string, DeviceHealth>> {
    const rows = await this.healths().findBy({ tenantId });
    return new Map(rows.map((row) => [row.deviceId, row]));
  }

  healthOf(tenantId: string, deviceId: string): Promise<DeviceHealth | null> {
    return this.healths().findOneBy({ tenantId, deviceId });
  }

  async addHealth(health: DeviceHealth): Promise<void> {
    await this.healths().insert({ ...health });
  }

  async updateHealth(health: DeviceHealth): Promise<void> {
    const { tenantId, deviceId, ...values } = health;
    await this.healths().update({ tenantId, deviceId }, values);
  }

  private devices() {
    return this.database.manager().getRepository(deviceSchema);
  }

  private healths() {
    return this.database.manager().getRepository(deviceHealthSchema);
  }
}
