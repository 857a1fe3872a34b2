// A tablet as the server sees it, and what the devices module needs from its store and from other modules.
import type { Locale } from '@hazri/shared/protocol/primitives';

export type DeviceState = 'pairing' | 'active' | 'revoked' | 'refused';

export interface Device {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly siteId: string;
  readonly state: DeviceState;
  /** base64 of 32 bytes (Ed25519). */
  readonly signPublicKey: string;
  readonly platform: string;
  /** Label of the camera that an administrator accepted; null accepts any. */
  readonly cameraPin: string | null;
  readonly itPinSalt: string;
  readonly itPinHash: string;
  readonly createdAtMs: number;
  readonly revokedAtMs: number | null;
}

/** What a tablet last said of itself. */
export interface DeviceHealth {
  readonly deviceId: string;
  readonly tenantId: string;
  readonly lastSeenMs: number | null;
  readonly unsent: number;
  readonly oldestUnsentAtMs: number | null;
  readonly appVersion: string | null;
  readonly camera: string | null;
  readonly problem: string | null;
  /** Server clock minus the tablet's. */
  readonly clockOffsetMs: number | null;
}

/** Every method runs inside the caller's unit of work. */
export interface DeviceStore {
  /** Without a tenant: this is where a device's tenant comes from. */
  byId(deviceId: string): Promise<Device | null>;
  bySignKey(signPublicKey: string): Promise<Device | null>;
  ofTenant(tenantId: string, deviceId: string): Promise<Device | null>;
  /** By name. */
  list(tenantId: string): Promise<Device[]>;
  add(device: Device): Promise<void>;
  change(tenantId: string, deviceId: string, change: DeviceChange): Promise<void>;
  health(tenantId: string): Promise<Map<string, DeviceHealth>>;
  healthOf(tenantId: string, deviceId: string): Promise<DeviceHealth | null>;
  addHealth(health: DeviceHealth): Promise<void>;
  updateHealth(health: DeviceHealth): Promise<void>;
}

export type DeviceChange = Partial<Pick<Device, 'name' | 'state' | 'cameraPin' | 'revokedAtMs'>>;

export interface DeviceHead {
  readonly epoch: number;
  readonly seq: number;
  readonly hash: string;
}

/** The matching module provides it under this token. */
export const MODELS_TO_RUN = Symbol('ModelsToRun');

export interface ModelsToRun {
  /** Inside the caller's unit of work. Ids of recognition models. */
  of(tenantId: string): Promise<{ readonly current: string; readonly next: string | null }>;
}

export const EVENT_HEADS = Symbol('EventHeads');

/** The ingest module provides it under this token. Runs inside the caller's unit of work. */
export interface EventHeads {
  /** What the server holds of one epoch; null when it knows nothing of it. */
  headOf(tenantId: string, deviceId: string, epoch: number): Promise<DeviceHead | null>;
}

export const DEVICE_ALARMS = Symbol('DeviceAlarms');

/** The attendance module provides it under this token. Runs inside the caller's unit of work. */
export interface DeviceAlarms {
  cameraChanged(input: {
    readonly tenantId: string;
    readonly deviceId: string;
    readonly atMs: number;
    /** Two alarms with the same text here are one. */
    readonly sameAs: string;
  }): Promise<void>;
}

export interface NoticeText {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** Written for each language; the version rises whenever a text changes. */
export interface NoticeTexts {
  readonly version: string;
  readonly texts: Readonly<Record<Locale, (company: string) => NoticeText>>;
}
