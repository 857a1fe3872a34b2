// A tablet's regular sign of life: it says how it is, and learns the time, what the server holds of its events, its
// configuration when that changed, and whom to enrol.
import { toBase64 } from '@hazri/shared/crypto/encoding';
import { signedTimeBytes } from '@hazri/shared/crypto/reply-signing';
import type { EnrolmentTicket, HeartbeatRequest, HeartbeatResponse } from '@hazri/shared/protocol/device';
import { InvariantError } from '@hazri/shared/result';
import type { Clock } from '../../platform/clock/clock.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { DevicePrincipal } from '../../platform/http/principal.js';
import type { LiveEvents } from '../live/public.js';
import type { TimeSigner } from './authenticate-device.js';
import type { DeviceConfigs } from './device-config.js';
import type { Device, DeviceAlarms, DeviceHealth, DeviceStore, EventHeads } from './device.js';

/** Without a change, health is written this seldom: a heartbeat every two seconds must not be a commit each. */
const WRITE_EVERY_MS = 10_000;
/** A clock that wanders by less is the same clock. */
const SAME_OFFSET_MS = 2000;

interface OpenTickets {
  openTicketForDevice(tenantId: string, deviceId: string): Promise<EnrolmentTicket | null>;
}

export interface HeartbeatDeps {
  readonly unitOfWork: UnitOfWork;
  readonly devices: DeviceStore;
  readonly configs: DeviceConfigs;
  readonly heads: EventHeads;
  readonly tickets: OpenTickets;
  readonly alarms: DeviceAlarms;
  readonly signer: TimeSigner;
  readonly live: LiveEvents;
  readonly clock: Clock;
}

export class Heartbeat {
  constructor(private readonly deps: HeartbeatDeps) {}

  run(by: DevicePrincipal, request: HeartbeatRequest): Promise<HeartbeatResponse> {
    const { unitOfWork, devices, heads, tickets, clock } = this.deps;
    const { tenantId, deviceId } = by;
    return unitOfWork.run(async () => {
      const device = await devices.ofTenant(tenantId, deviceId);
      if (device === null) throw new InvariantError('an authenticated device without a row');
      await this.keepHealth(device, request);
      const config = await this.deps.configs.of(device);
      return {
        time: this.time(deviceId, clock.nowMs(), request.nonce),
        acked: await heads.headOf(tenantId, deviceId, request.epoch),
        config: config.version === request.configVersion ? null : config,
        enrolment: await tickets.openTicketForDevice(tenantId, deviceId),
      };
    });
  }

  private time(deviceId: string, serverMs: number, nonce: string): HeartbeatResponse['time'] {
    const time = { deviceId, serverMs, nonce };
    return { ...time, signature: toBase64(this.deps.signer.sign(signedTimeBytes(time))) };
  }

  private async keepHealth(device: Device, request: HeartbeatRequest): Promise<void> {
    const { devices, unitOfWork, live } = this.deps;
    const nowMs = this.deps.clock.nowMs();
    const { tenantId, id: deviceId } = device;
    const before = await devices.healthOf(tenantId, deviceId);
    const health: DeviceHealth = {
      deviceId,
      tenantId,
      lastSeenMs: nowMs,
      unsent: request.unsent,
      oldestUnsentAtMs: request.oldestUnsentAtMs,
      appVersion: request.appVersion,
      camera: request.camera,
      problem: request.problem,
      clockOffsetMs: Math.round(nowMs - request.wallMs),
    };
    const hasChanged = before === null || isOtherHealth(before, health);
    if (!hasChanged && nowMs - (before.lastSeenMs ?? 0) < WRITE_EVERY_MS) return;
    await devices.updateHealth(health);
    if (hasChanged) {
      unitOfWork.afterCommit(() => {
        live.publish(tenantId, { type: 'device', id: deviceId });
      });
    }
    await this.alarmOnCamera(device, health, nowMs);
  }

  private async alarmOnCamera(device: Device, health: DeviceHealth, atMs: number): Promise<void> {
    const { tenantId, id: deviceId, cameraPin } = device;
    if (cameraPin === null || health.camera === null || health.camera === cameraPin) return;
    const sameAs = `camera|${deviceId}|${health.camera}`.slice(0, 100);
    await this.deps.alarms.cameraChanged({ tenantId, deviceId, atMs, sameAs });
  }
}

function isOtherHealth(a: DeviceHealth, b: DeviceHealth): boolean {
  const offsetMoved = Math.abs((a.clockOffsetMs ?? 0) - (b.clockOffsetMs ?? 0)) > SAME_OFFSET_MS;
  return (
    offsetMoved ||
    a.unsent !== b.unsent ||
    a.appVersion !== b.appVersion ||
    a.camera !== b.camera ||
    a.problem !== b.problem
  );
}
