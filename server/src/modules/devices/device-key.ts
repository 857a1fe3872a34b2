// Ed25519 keys and signatures of devices, verified with node:crypto, which refuses malleated signatures (S not reduced)
// where tweetnacl accepts them. Keys that make signatures meaningless are refused before they are ever stored.
import { type KeyObject, createPublicKey, verify } from 'node:crypto';

const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
/** SubjectPublicKeyInfo header of an Ed25519 key (RFC 8410). */
const SPKI_ED25519 = Buffer.from('302a300506032b6570032100', 'hex');
const FIELD_PRIME = 2n ** 255n - 19n;

/** y-coordinates of the eight points of small order (RFC 8032 curve; the list of libsodium's has_small_order). */
const SMALL_ORDER_Y = new Set<bigint>([
  0n,
  1n,
  FIELD_PRIME - 1n,
  2707385501144840649318225287225658788936804267575313519463743609750303402022n,
  55188659117513257062467267217118295137698188065244968500265048394206261417927n,
]);

/** Whether a device may be known by this key: a canonical encoding of a point that is not of small order. */
export function isAcceptableKey(key: Uint8Array): boolean {
  if (key.length !== KEY_BYTES) return false;
  const littleEndian = Uint8Array.from(key).reverse();
  // The top bit is the sign of x.
  littleEndian[0] = (littleEndian[0] ?? 0) & 0x7f;
  const y = BigInt(`0x${Buffer.from(littleEndian).toString('hex')}`);
  return y < FIELD_PRIME && !SMALL_ORDER_Y.has(y);
}

/** Parsed keys, so that a busy tablet's key is not parsed for every request. */
const parsed = new Map<string, KeyObject>();
const PARSED_AT_MOST = 2000;

function keyObject(base64Key: string): KeyObject {
  const known = parsed.get(base64Key);
  if (known !== undefined) return known;
  const der = Buffer.concat([SPKI_ED25519, Buffer.from(base64Key, 'base64')]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  if (parsed.size >= PARSED_AT_MOST) parsed.clear();
  parsed.set(base64Key, key);
  return key;
}

/** @param base64Key 32 bytes in base64; false for anything that is not a valid signature by it. */
export function verifyDeviceSignature(
  base64Key: string,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (signature.length !== SIGNATURE_BYTES) return false;
  try {
    return verify(null, message, keyObject(base64Key), signature);
  } catch {
    return false;
  }
}
