// AES-256-GCM with the envelope layout of the shared contract: nonce (12) ‖ ciphertext ‖ tag (16).
// A nonce is random and never reused for another plaintext; a key seals far fewer than 2^32 of them.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { ENVELOPE_NONCE_BYTES, ENVELOPE_TAG_BYTES } from '@hazri/shared/crypto/envelope';
import { type Result, err, ok } from '@hazri/shared/result';

const CIPHER = 'aes-256-gcm';
export const KEY_BYTES = 32;

export function sealBytes(key: Uint8Array, plain: Uint8Array, aad: Uint8Array): Buffer {
  const nonce = randomBytes(ENVELOPE_NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: ENVELOPE_TAG_BYTES }).setAAD(aad);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** The caller zeroes what it gets when it is done with it. */
export function openBytes(
  key: Uint8Array,
  sealed: Uint8Array,
  aad: Uint8Array,
): Result<Buffer, 'ENVELOPE_UNREADABLE'> {
  if (sealed.length < ENVELOPE_NONCE_BYTES + ENVELOPE_TAG_BYTES) return err('ENVELOPE_UNREADABLE');
  const nonce = sealed.subarray(0, ENVELOPE_NONCE_BYTES);
  const tag = sealed.subarray(sealed.length - ENVELOPE_TAG_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: ENVELOPE_TAG_BYTES });
  decipher.setAAD(aad).setAuthTag(tag);
  const body = sealed.subarray(ENVELOPE_NONCE_BYTES, sealed.length - ENVELOPE_TAG_BYTES);
  try {
    return ok(Buffer.concat([decipher.update(body), decipher.final()]));
  } catch {
    return err('ENVELOPE_UNREADABLE');
  }
}
