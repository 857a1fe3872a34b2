// What a tablet is told to be: company, site, keys, pins, policy, notices. Its version is taken from the content, so any
// change of any part reaches the tablet with its next heartbeat and nothing has to be counted up by hand.
import { canonicalBytes, toBase64 } from '@hazri/shared/crypto/encoding';
import { sha256Hex } from '@hazri/shared/crypto/hash-chain';
import type { DeviceConfig } from '@hazri/shared/protocol/device';
import { InvariantError } from '@hazri/shared/result';
import type { CompanyDirectory } from '../tenants/public.js';
import type { CompanyPolicies } from './company-policy.js';
import type { Device, ModelsToRun } from './device.js';
import { noticesFor } from './notices.js';

/** What tablets are told about this server. */
export interface ServerIdentity {
  /** 32 bytes. */
  readonly signPublicKey: Uint8Array;
  currentBoxKey(): { readonly id: string; readonly publicKey: Uint8Array };
  /** SHA-256 of the SubjectPublicKeyInfo that tablets pin; the current one first. */
  spkiPins(): readonly Uint8Array[];
  /** host:port under which tablets reach this server. */
  address(): string;
}

/** Hex digits of the content's hash that make its version; fits a 32-bit signed integer. */
const VERSION_HEX_DIGITS = 7;

export class DeviceConfigs {
  constructor(
    private readonly identity: ServerIdentity,
    private readonly companies: CompanyDirectory,
    private readonly policies: CompanyPolicies,
    private readonly models: ModelsToRun,
  ) {}

  /** Runs inside the caller's unit of work. */
  async of(device: Device): Promise<DeviceConfig> {
    const company = await this.companies.company(device.tenantId);
    const site = await this.companies.site(device.tenantId, device.siteId);
    if (company === null || site === null) throw new InvariantError('a device without company or site');
    const policy = await this.policies.of(device.tenantId);
    const { current, next } = await this.models.of(device.tenantId);
    const boxKey = this.identity.currentBoxKey();
    const content: Omit<DeviceConfig, 'version'> = {
      tenantId: company.id,
      companyName: company.name,
      deviceId: device.id,
      deviceName: device.name,
      siteId: site.id,
      siteName: site.name,
      zone: site.zone,
      locale: company.locale,
      serverSignPublicKey: toBase64(this.identity.signPublicKey),
      serverBoxKey: { id: boxKey.id, publicKey: toBase64(boxKey.publicKey) },
      spkiPins: this.identity.spkiPins().map(toBase64),
      cameraPin: device.cameraPin,
      policy: {
        liveness: policy.liveness,
        duplicateWithinSec: policy.duplicateWithinSec,
        pinFallback: policy.pinFallback,
      },
      recognition: { current, next },
      notices: noticesFor(company.name),
      itPin: { salt: device.itPinSalt, hash: device.itPinHash },
    };
    const digest = sha256Hex(canonicalBytes(content));
    return { version: Number.parseInt(digest.slice(0, VERSION_HEX_DIGITS), 16), ...content };
  }
}
