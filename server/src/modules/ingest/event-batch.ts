// Checks a batch of events as it came over the wire, before anything is looked up or written: form, canonical bytes,
// owner, order, chain and the one signature that vouches for all of them. It repairs nothing and guesses nothing.
import { canonicalBytes, fromBase64 } from '@hazri/shared/crypto/encoding';
import { chainHash, headBytes, sha256Hex } from '@hazri/shared/crypto/hash-chain';
import type { EventsRequest } from '@hazri/shared/protocol/device';
import { type DeviceEvent, deviceEvent } from '@hazri/shared/protocol/event';
import { type Result, err, ok } from '@hazri/shared/result';

export interface CheckedEvent {
  readonly event: DeviceEvent;
  /** Canonical JSON, exactly as it was hashed. */
  readonly canonical: string;
  readonly hash: string;
  /** Null where the event has none, or where the tablet no longer holds it. */
  readonly box: Uint8Array | null;
}

export interface CheckedBatch {
  readonly epoch: number;
  /** Consecutive, at least one. */
  readonly events: readonly CheckedEvent[];
  readonly first: CheckedEvent;
  readonly last: CheckedEvent;
  readonly headSignature: string;
}

export type BatchError = 'EVENT_MALFORMED' | 'EVENT_FOREIGN' | 'EVENT_TAMPERED';

/** Who sent it, from the device's own row, and how its signatures are verified. */
export interface Sender {
  readonly tenantId: string;
  readonly deviceId: string;
  verifies(message: Uint8Array, signature: Uint8Array): boolean;
}

export function checkBatch(request: EventsRequest, sender: Sender): Result<CheckedBatch, BatchError> {
  const events: CheckedEvent[] = [];
  for (const sent of request.events) {
    const read = readEvent(sent);
    if (!read.ok) return read;
    const { event } = read.value;
    if (event.tenant !== sender.tenantId || event.device !== sender.deviceId) return err('EVENT_FOREIGN');
    if (event.epoch !== request.epoch) return err('EVENT_MALFORMED');
    const before = events.at(-1);
    if (before !== undefined && event.seq !== before.event.seq + 1) return err('EVENT_MALFORMED');
    if (before !== undefined && event.prevHash !== before.hash) return err('EVENT_TAMPERED');
    events.push(read.value);
  }
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined) return err('EVENT_MALFORMED');
  const { seq, hash, signature } = request.head;
  if (last.event.seq !== seq || last.hash !== hash) return err('EVENT_TAMPERED');
  if (!isHeadSigned(request, sender)) return err('EVENT_TAMPERED');
  if (first.event.seq === 1 && (first.event.type === 'epoch') !== request.epoch > 1) {
    return err('EVENT_MALFORMED');
  }
  return ok({ epoch: request.epoch, events, first, last, headSignature: signature });
}

function isHeadSigned(request: EventsRequest, sender: Sender): boolean {
  const { seq, hash, signature } = request.head;
  const bytes = bytesOf(signature);
  const message = headBytes({ device: sender.deviceId, epoch: request.epoch, seq, hash });
  return bytes !== null && sender.verifies(message, bytes);
}

function readEvent(sent: EventsRequest['events'][number]): Result<CheckedEvent, BatchError> {
  const bytes = bytesOf(sent.bytes);
  if (bytes === null) return err('EVENT_MALFORMED');
  const canonical = textOf(bytes);
  const value = canonical === null ? undefined : jsonOf(canonical);
  const parsed = deviceEvent.safeParse(value);
  if (canonical === null || !parsed.success) return err('EVENT_MALFORMED');
  // The same content in other bytes would have another hash, so two spellings of one event must not both pass.
  if (!isSame(canonicalBytes(value), bytes)) return err('EVENT_MALFORMED');
  const event = parsed.data;
  const box = sent.box === null ? null : bytesOf(sent.box);
  if (sent.box !== null && box === null) return err('EVENT_MALFORMED');
  if (box !== null && event.boxHash === null) return err('EVENT_MALFORMED');
  if (box !== null && sha256Hex(box) !== event.boxHash) return err('EVENT_TAMPERED');
  return ok({ event, canonical, hash: chainHash(event.prevHash, bytes), box });
}

function bytesOf(base64: string): Uint8Array | null {
  try {
    return fromBase64(base64);
  } catch {
    return null;
  }
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
