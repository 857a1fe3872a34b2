// Sealing of embeddings and PINs to the server's public key (NaCl box: X25519, XSalsa20-Poly1305).
// The sender key lives for one segment and in memory only: who steals the tablet cannot reopen its boxes.
import nacl from 'tweetnacl';
import { type BoxHeader, boxHeader } from '../protocol/event.js';
import { InvariantError, type Result, err, ok } from '../result/result.js';
import { canonicalBytes, concatBytes } from './encoding.js';

export const SEGMENT_MAX_EVENTS = 64;
export const SEGMENT_MAX_AGE_MS = 10 * 60_000;

const HEADER_LENGTH_BYTES = 4;
const KEY_BYTES = 32;

export type RandomBytes = (length: number) => Uint8Array;
export type OpenError = 'BOX_UNREADABLE' | 'BOX_MISBOUND' | 'KEY_LOW_ORDER';

/** True for points that give every partner the same shared key; tweetnacl itself accepts them (RFC 7748 §6.1). */
export function isLowOrder(publicKey: Uint8Array): boolean {
  // Any scalar shows it: clamping makes every scalar a multiple of the cofactor.
  const probe = new Uint8Array(32).fill(9);
  return nacl.scalarMult(probe, publicKey).every((byte) => byte === 0);
}

/** A run of boxes under one ephemeral sender key. */
export interface Segment {
  readonly senderPublicKey: Uint8Array;
  readonly startedMonoMs: number;
  count: number;
  /** The shared key; zeroed by `closeSegment`. */
  readonly sharedKey: Uint8Array;
}

/** Starts a segment; the sender's secret key (the bytes that `random` gave) does not outlive this call. */
export function startSegment(
  serverPublicKey: Uint8Array,
  monoMs: number,
  random: RandomBytes,
): Result<Segment, 'KEY_LOW_ORDER'> {
  if (serverPublicKey.length !== KEY_BYTES || isLowOrder(serverPublicKey)) return err('KEY_LOW_ORDER');
  const secret = random(32);
  const sender = nacl.box.keyPair.fromSecretKey(secret);
  const sharedKey = nacl.box.before(serverPublicKey, sender.secretKey);
  // tweetnacl keeps its own copy of the secret, so both go.
  sender.secretKey.fill(0);
  secret.fill(0);
  return ok({ senderPublicKey: sender.publicKey, startedMonoMs: monoMs, count: 0, sharedKey });
}

export function segmentIsSpent(segment: Segment, monoMs: number): boolean {
  return segment.count >= SEGMENT_MAX_EVENTS || monoMs - segment.startedMonoMs >= SEGMENT_MAX_AGE_MS;
}

/** Zeroes the shared key; nothing can be sealed in this segment any more. */
export function closeSegment(segment: Segment): void {
  segment.sharedKey.fill(0);
  segment.count = SEGMENT_MAX_EVENTS;
}

/**
 * nonce (24) ‖ box. The header stands inside, so a box cannot be moved to another event.
 * Throws when the segment is full or closed: a zeroed key must never seal anything.
 */
export function seal(
  segment: Segment,
  header: BoxHeader,
  payload: Uint8Array,
  random: RandomBytes,
): Uint8Array {
  if (segment.count >= SEGMENT_MAX_EVENTS) throw new InvariantError('sealing in a spent segment');
  const headerBytes = canonicalBytes(header);
  const length = new Uint8Array(HEADER_LENGTH_BYTES);
  new DataView(length.buffer).setUint32(0, headerBytes.length, true);
  const plain = concatBytes(length, headerBytes, payload);
  const nonce = random(nacl.box.nonceLength);
  const box = nacl.box.after(plain, nonce, segment.sharedKey);
  plain.fill(0);
  segment.count += 1;
  return concatBytes(nonce, box);
}

/** Server side: the shared key for a segment, to be cached by sender key. */
export function openingKey(
  senderPublicKey: Uint8Array,
  serverSecretKey: Uint8Array,
): Result<Uint8Array, 'KEY_LOW_ORDER'> {
  if (senderPublicKey.length !== KEY_BYTES || isLowOrder(senderPublicKey)) return err('KEY_LOW_ORDER');
  return ok(nacl.box.before(senderPublicKey, serverSecretKey));
}

/** Opens a box and checks that it belongs to `expected`. The caller zeroes the payload when done. */
export function open(
  sharedKey: Uint8Array,
  sealed: Uint8Array,
  expected: BoxHeader,
): Result<Uint8Array, OpenError> {
  if (sealed.length <= nacl.box.nonceLength) return err('BOX_UNREADABLE');
  const plain = nacl.box.open.after(
    sealed.subarray(nacl.box.nonceLength),
    sealed.subarray(0, nacl.box.nonceLength),
    sharedKey,
  );
  if (plain === null) return err('BOX_UNREADABLE');
  const payload = payloadOf(plain, canonicalBytes(boxHeader.parse(expected)));
  plain.fill(0);
  return payload;
}

/** A copy of what follows the header in an opened box, if the header is the wanted one. */
function payloadOf(plain: Uint8Array, header: Uint8Array): Result<Uint8Array, OpenError> {
  if (plain.length < HEADER_LENGTH_BYTES) return err('BOX_UNREADABLE');
  const length = new DataView(plain.buffer, plain.byteOffset).getUint32(0, true);
  const headerEnd = HEADER_LENGTH_BYTES + length;
  if (headerEnd > plain.length) return err('BOX_UNREADABLE');
  const got = plain.subarray(HEADER_LENGTH_BYTES, headerEnd);
  if (got.length !== header.length || !nacl.verify(got, header)) return err('BOX_MISBOUND');
  return ok(plain.slice(headerEnd));
}
