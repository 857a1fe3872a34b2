// A device as the console shows it.
import type { Device as DeviceView } from '@hazri/shared/protocol/console-types';
import type { Device, DeviceHealth } from './device.js';

export function deviceView(device: Device, siteName: string, health: DeviceHealth | null): DeviceView {
  return {
    id: device.id,
    name: device.name,
    siteId: device.siteId,
    siteName,
    state: device.state,
    lastSeenMs: health?.lastSeenMs ?? null,
    unsent: health?.unsent ?? 0,
    oldestUnsentAtMs: health?.oldestUnsentAtMs ?? null,
    appVersion: health?.appVersion ?? null,
    camera: health?.camera ?? null,
    cameraPin: device.cameraPin,
    problem: health?.problem ?? null,
    clockOffsetMs: health?.clockOffsetMs ?? null,
  };
}
