// What the server signs towards a tablet: its time, and what it did with a batch of events.
// Each text names its own context, so a signature of one kind never passes for another.
import type { EventsResponse, SignedTime } from '../protocol/device.js';
import { canonicalBytes } from './encoding.js';

/** Accompanies a DEVICE_CLOCK_SKEW refusal: base64 of the canonical JSON of a `signedTime`. */
export const SERVER_TIME_HEADER = 'x-hazri-time';

/** Accompanies EVENT_GAP and EVENT_FORK: `epoch:seq:hash` of what the server holds of the batch's epoch. */
export const ACKED_HEADER = 'x-hazri-acked';

export function signedTimeBytes(time: Omit<SignedTime, 'signature'>): Uint8Array {
  const { deviceId, serverMs, nonce } = time;
  return canonicalBytes({ context: 'hazri-time-v1', deviceId, serverMs, nonce });
}

/** @param device id of the device that the reply is for */
export function eventsReplyBytes(device: string, reply: Omit<EventsResponse, 'signature'>): Uint8Array {
  const { epoch, ackedSeq, ackedHash, serverMs, outcomes } = reply;
  return canonicalBytes({
    context: 'hazri-acknowledgement-v1',
    device,
    epoch,
    ackedSeq,
    ackedHash,
    serverMs,
    outcomes,
  });
}

/** What a tablet signs to prove, while pairing, that it holds the key it shows. */
export function pairProofBytes(request: Readonly<Record<string, unknown>>): Uint8Array {
  const { proof: _proof, ...fields } = request;
  return canonicalBytes({ context: 'hazri-pair-v1', ...fields });
}
