// The exact bytes behind the other signatures of the device protocol, so that both sides cannot differ about them.
// Whoever verifies rebuilds the bytes from the parsed message; no signature covers text as it happened to arrive.
import type { EventsResponse, PairRequest, SignedTime } from '../protocol/device.js';
import { canonicalBytes } from './encoding.js';

/** Header that carries base64 of the canonical JSON of a signed time beside DEVICE_CLOCK_SKEW. */
export const SIGNED_TIME_HEADER = 'x-hazri-time';

/** Header beside EVENT_GAP and EVENT_FORK: `epoch:seq:hash` of what the server holds of the batch's epoch. */
export const ACKED_HEADER = 'x-hazri-acked';

/** What the device signs as `proof` when it asks to be paired. */
export function pairProofBytes(request: Omit<PairRequest, 'proof'>): Uint8Array {
  const { protocol, code, signPublicKey, appVersion, platform, camera } = request;
  return canonicalBytes({
    context: 'hazri-pair-v1',
    protocol,
    code,
    signPublicKey,
    appVersion,
    platform,
    camera,
  });
}

/** What the server signs to state its time for one nonce of one device. */
export function signedTimeBytes(time: Omit<SignedTime, 'signature'>): Uint8Array {
  const { deviceId, serverMs, nonce } = time;
  return canonicalBytes({ context: 'hazri-time-v1', deviceId, serverMs, nonce });
}

/** What the server signs to acknowledge events of `deviceId`; boxes may be destroyed on the strength of it. */
export function acknowledgementBytes(deviceId: string, reply: Omit<EventsResponse, 'signature'>): Uint8Array {
  const { epoch, ackedSeq, ackedHash, serverMs, outcomes } = reply;
  return canonicalBytes({
    context: 'hazri-ack-v1',
    deviceId,
    epoch,
    ackedSeq,
    ackedHash,
    serverMs,
    outcomes,
  });
}
