// A tablet presents its code and its own key. It becomes a device in the state "pairing": known, but allowed nothing but
// to ask how its pairing stands, until an administrator has compared the words on both screens.
import { randomUUID } from 'node:crypto';
import { fromBase64, toBase64 } from '@hazri/shared/crypto/encoding';
import { pairProofBytes } from '@hazri/shared/crypto/reply-signing';
import type { PairRequest, PairResponse } from '@hazri/shared/protocol/device';
import { type Result, err, ok } from '@hazri/shared/result';
import type { Clock } from '../../platform/clock/clock.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Throttle } from '../../platform/throttle/throttle.js';
import type { AuditTrail } from '../audit/public.js';
import type { CompanyDirectory } from '../tenants/public.js';
import type { ServerIdentity } from './device-config.js';
import { isAcceptableKey, verifyDeviceSignature } from './device-key.js';
import type { Device, DeviceStore } from './device.js';
import { pairingLimits } from './pairing-limits.js';
import { type Pairing, type PairingStore, hashPairingCode } from './pairing.js';

export type PairError = 'PAIRING_KEY_REFUSED' | 'PAIRING_CODE_INVALID' | 'PAIRING_THROTTLED';

export interface PairDeps {
  readonly unitOfWork: UnitOfWork;
  readonly pairings: PairingStore;
  readonly devices: DeviceStore;
  readonly companies: CompanyDirectory;
  readonly identity: Pick<ServerIdentity, 'signPublicKey'>;
  readonly throttle: Throttle;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

export class PairDevice {
  constructor(private readonly deps: PairDeps) {}

  async run(request: PairRequest, address: string): Promise<Result<PairResponse, PairError>> {
    const admitted = await this.deps.throttle.admit(pairingLimits(address));
    if (!admitted.ok) return err('PAIRING_THROTTLED');
    if (!isProven(request)) return err('PAIRING_KEY_REFUSED');
    const paired = await this.deps.unitOfWork.run(() => this.pair(request, address));
    if (paired.ok) await this.deps.throttle.forgive(admitted.value);
    return paired;
  }

  private async pair(request: PairRequest, address: string): Promise<Result<PairResponse, PairError>> {
    const { pairings, clock } = this.deps;
    const pairing = await pairings.lockByCode(hashPairingCode(request.code));
    if (pairing === null || pairing.expiresAtMs <= clock.nowMs()) return err('PAIRING_CODE_INVALID');
    const known = await this.deps.devices.bySignKey(request.signPublicKey);
    if (pairing.state === 'compare') {
      // The reply was lost: the same key may ask again, another key may not.
      const isSame = known !== null && known.id === pairing.deviceId && known.state === 'pairing';
      return isSame ? ok(await this.response(known)) : err('PAIRING_CODE_INVALID');
    }
    if (pairing.state !== 'waiting') return err('PAIRING_CODE_INVALID');
    if (known !== null) return err('PAIRING_KEY_REFUSED');
    const device = this.newDevice(pairing, request);
    await this.store(device, pairing, request);
    this.deps.audit.record({
      tenantId: device.tenantId,
      actor: { kind: 'device', id: device.id, name: device.name, address },
      action: 'device.pairing',
      subject: device.name,
    });
    return ok(await this.response(device));
  }

  private newDevice(pairing: Pairing, request: PairRequest): Device {
    return {
      id: randomUUID(),
      tenantId: pairing.tenantId,
      name: pairing.name,
      siteId: pairing.siteId,
      state: 'pairing',
      signPublicKey: request.signPublicKey,
      platform: request.platform,
      cameraPin: null,
      itPinSalt: pairing.itPinSalt,
      itPinHash: pairing.itPinHash,
      createdAtMs: this.deps.clock.nowMs(),
      revokedAtMs: null,
    };
  }

  private async store(device: Device, pairing: Pairing, request: PairRequest): Promise<void> {
    await this.deps.devices.add(device);
    await this.deps.devices.addHealth({
      deviceId: device.id,
      tenantId: device.tenantId,
      lastSeenMs: this.deps.clock.nowMs(),
      unsent: 0,
      oldestUnsentAtMs: null,
      appVersion: request.appVersion,
      camera: request.camera?.label ?? null,
      problem: null,
      clockOffsetMs: null,
    });
    await this.deps.pairings.setState(pairing, 'compare', device.id);
  }

  private async response(device: Device): Promise<PairResponse> {
    const company = await this.deps.companies.company(device.tenantId);
    return {
      deviceId: device.id,
      companyName: company?.name ?? '',
      serverSignPublicKey: toBase64(this.deps.identity.signPublicKey),
    };
  }
}

function isProven(request: PairRequest): boolean {
  const { proof, ...fields } = request;
  const [key, signature] = [bytesOf(request.signPublicKey), bytesOf(proof)];
  if (key === null || signature === null || !isAcceptableKey(key)) return false;
  return verifyDeviceSignature(request.signPublicKey, pairProofBytes(fields), signature);
}

function bytesOf(base64: string): Uint8Array | null {
  try {
    return fromBase64(base64);
  } catch {
    return null;
  }
}
