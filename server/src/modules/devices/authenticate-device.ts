// Who a signed request comes from. Key and tenant are taken from the device's row alone, never from the request, and the
// signature is checked before anything else is said, so that nobody learns which devices exist or what time it is.
import { canonicalBytes, fromBase64, toBase64 } from '@hazri/shared/crypto/encoding';
import { REQUEST_WINDOW_MS, requestBytes } from '@hazri/shared/crypto/request-signing';
import { SIGNED_TIME_HEADER, signedTimeBytes } from '@hazri/shared/crypto/reply-signing';
import type { SignedTime } from '@hazri/shared/protocol/device';
import { uuid } from '@hazri/shared/protocol/primitives';
import { type Result, err, ok } from '@hazri/shared/result';
import type { Clock } from '../../platform/clock/clock.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { verifyDeviceSignature } from './device-key.js';
import type { Device, DeviceState, DeviceStore } from './device.js';
import { RememberedNonces } from './remembered-nonces.js';

export interface SignedRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly path: string;
  readonly body: Uint8Array;
  readonly device: string | undefined;
  readonly created: string | undefined;
  readonly nonce: string | undefined;
  readonly signature: string | undefined;
}

export interface AuthenticationRefusal {
  readonly code:
    | 'DEVICE_UNKNOWN'
    | 'DEVICE_REVOKED'
    | 'DEVICE_SIGNATURE_INVALID'
    | 'DEVICE_CLOCK_SKEW'
    | 'DEVICE_NONCE_REUSED'
    | 'SERVER_BUSY';
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TimeSigner {
  sign(bytes: Uint8Array): Uint8Array;
}

const NONCE = /^[A-Za-z0-9_+/=-]{16,64}$/;
const CREATED = /^\d{1,16}$/;
const REMEMBERED_AT_MOST = 500_000;

export class AuthenticateDevice {
  private readonly nonces = new RememberedNonces(2 * REQUEST_WINDOW_MS, REMEMBERED_AT_MOST);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly devices: DeviceStore,
    private readonly signer: TimeSigner,
    private readonly clock: Clock,
  ) {}

  /** @param admitted the states of a device that may make this request */
  async run(
    request: SignedRequest,
    admitted: readonly DeviceState[],
  ): Promise<Result<Device, AuthenticationRefusal>> {
    const { device: deviceId, created, nonce, signature } = request;
    if (!uuid.safeParse(deviceId).success || deviceId === undefined) return err({ code: 'DEVICE_UNKNOWN' });
    const hasForm = NONCE.test(nonce ?? '') && CREATED.test(created ?? '');
    if (!hasForm || nonce === undefined || created === undefined) {
      return err({ code: 'DEVICE_SIGNATURE_INVALID' });
    }
    const device = await this.unitOfWork.run(() => this.devices.byId(deviceId));
    if (device === null) return err({ code: 'DEVICE_UNKNOWN' });
    const signed = { ...request, device: deviceId, created: Number(created), nonce };
    if (!isSignedBy(device.signPublicKey, signed, signature))
      return err({ code: 'DEVICE_SIGNATURE_INVALID' });
    if (!admitted.includes(device.state)) return err({ code: stateRefusal(device.state) });
    const nowMs = this.clock.nowMs();
    if (Math.abs(signed.created - nowMs) > REQUEST_WINDOW_MS) return err(this.skew(deviceId, nonce, nowMs));
    const taken = this.nonces.take(`${deviceId}|${nonce}`, nowMs);
    if (taken === 'seen') return err({ code: 'DEVICE_NONCE_REUSED' });
    return taken === 'full' ? err({ code: 'SERVER_BUSY' }) : ok(device);
  }

  private skew(deviceId: string, nonce: string, serverMs: number): AuthenticationRefusal {
    const time = { deviceId, serverMs, nonce };
    const signature = toBase64(this.signer.sign(signedTimeBytes(time)));
    const signedTime: SignedTime = { ...time, signature };
    return {
      code: 'DEVICE_CLOCK_SKEW',
      headers: { [SIGNED_TIME_HEADER]: toBase64(canonicalBytes(signedTime)) },
    };
  }
}

/** A pairing that was refused or not yet confirmed is no device; it learns nothing more. */
const stateRefusal = (state: DeviceState): 'DEVICE_REVOKED' | 'DEVICE_UNKNOWN' =>
  state === 'revoked' ? 'DEVICE_REVOKED' : 'DEVICE_UNKNOWN';

function isSignedBy(
  key: string,
  request: Omit<SignedRequest, 'created'> & {
    readonly device: string;
    readonly created: number;
    readonly nonce: string;
  },
  signature: string | undefined,
): boolean {
  let bytes: Uint8Array;
  try {
    bytes = fromBase64(signature ?? '');
  } catch {
    return false;
  }
  return verifyDeviceSignature(key, requestBytes(request), bytes);
}
