// What a paired tablet knows on disk: its wrapped key, where its server is, which certificates it trusts, its
// configuration, the highest epoch it began and its last signed server time. Nothing about any person.
import { join } from 'node:path';
import { z } from 'zod';
import { fromBase64, toBase64 } from '@hazri/shared/crypto/encoding';
import { type DeviceConfig, deviceConfig } from '@hazri/shared/protocol/device';
import { key32 } from '@hazri/shared/protocol/primitives';
import { OperationalError } from '@hazri/shared/result';
import { DeviceKey, type KeyProtection } from './device-key.js';
import { ensurePrivateFolder, readPrivateFile, writePrivateFile } from './private-file.js';

const timeAnchor = z.strictObject({
  serverMs: z.number(),
  monoMs: z.number(),
  bootId: z.string(),
  uncertaintyMs: z.number(),
});
export type TimeAnchor = z.infer<typeof timeAnchor>;

const pairing = z.strictObject({
  v: z.literal(1),
  protection: z.enum(['file', 'system-keychain']),
  /** The device's key, wrapped by the protection named above. */
  wrappedKey: z.string(),
  host: z.string(),
  port: z.number().int(),
  spkiPins: z.array(key32).min(1),
  config: deviceConfig.extend({
    /** Absent from pairings of version 0.1.0; the next heartbeat brings it. */
    recognition: deviceConfig.shape.recognition.default({ current: '', next: null }),
  }),
});
const progress = z.strictObject({
  v: z.literal(1),
  deviceId: z.string(),
  lastEpoch: z.number().int().min(0),
  timeAnchor: timeAnchor.nullable(),
});

export interface Pairing {
  readonly key: DeviceKey;
  readonly host: string;
  readonly port: number;
  readonly spkiPins: readonly string[];
  readonly config: DeviceConfig;
}

export interface Progress {
  readonly lastEpoch: number;
  readonly timeAnchor: TimeAnchor | null;
}

/** Errors of `load`: PAIRING_UNREADABLE, KEY_PROTECTION_CHANGED. A broken file is never taken for "not paired". */
export class PairingStore {
  readonly #folder: string;
  readonly #protection: KeyProtection;

  constructor(folder: string, protection: KeyProtection) {
    this.#folder = folder;
    this.#protection = protection;
    ensurePrivateFolder(folder);
  }

  async load(): Promise<Pairing | null> {
    const text = readPrivateFile(this.#pairingPath);
    if (text === null) return null;
    const stored = parse(pairing, text);
    if (stored.protection !== this.#protection.kind)
      throw new OperationalError('KEY_PROTECTION_CHANGED', false);
    const secret = await this.#protection.unprotect(fromBase64(stored.wrappedKey));
    const key = DeviceKey.fromSecret(secret);
    secret.fill(0);
    const { host, port, spkiPins, config } = stored;
    return { key, host, port, spkiPins, config };
  }

  async save(paired: Pairing): Promise<void> {
    const secret = paired.key.exportSecret();
    const wrapped = await this.#protection.protect(secret);
    secret.fill(0);
    this.#write(paired, toBase64(wrapped));
  }

  /** Replaces configuration and pins; the key stays as it is wrapped. */
  updateConfig(paired: Pairing): void {
    const text = readPrivateFile(this.#pairingPath);
    if (text === null) throw new OperationalError('PAIRING_UNREADABLE', false);
    this.#write(paired, parse(pairing, text).wrappedKey);
  }

  progress(deviceId: string): Progress {
    const text = readPrivateFile(this.#progressPath);
    const none = { lastEpoch: 0, timeAnchor: null };
    // Only a hint: the journal and the comparison of heads with the server know better, so a broken one stops nothing.
    const stored = text === null ? null : progress.safeParse(parseJson(text));
    return stored?.success === true && stored.data.deviceId === deviceId ? stored.data : none;
  }

  saveProgress(deviceId: string, now: Progress): void {
    const { lastEpoch, timeAnchor: anchor } = now;
    writePrivateFile(
      this.#progressPath,
      JSON.stringify({ v: 1, deviceId, lastEpoch, timeAnchor: anchor } satisfies z.infer<typeof progress>),
    );
  }

  journalPath(deviceId: string): string {
    return join(this.#folder, `journal-${deviceId}.sqlite`);
  }

  get #pairingPath(): string {
    return join(this.#folder, 'pairing.json');
  }

  get #progressPath(): string {
    return join(this.#folder, 'progress.json');
  }

  #write(paired: Pairing, wrappedKey: string): void {
    const { host, port, spkiPins, config } = paired;
    const stored: z.infer<typeof pairing> = {
      v: 1,
      protection: this.#protection.kind,
      wrappedKey,
      host,
      port,
      spkiPins: [...spkiPins],
      config,
    };
    writePrivateFile(this.#pairingPath, JSON.stringify(stored));
  }
}

/** How the pairing in this folder keeps its key; null when there is none. Errors: PAIRING_UNREADABLE. */
export function storedProtection(folder: string): KeyProtection['kind'] | null {
  const text = readPrivateFile(join(folder, 'pairing.json'));
  return text === null ? null : parse(pairing, text).protection;
}

function parse<T>(schema: z.ZodType<T>, text: string): T {
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) throw new OperationalError('PAIRING_UNREADABLE', false);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
