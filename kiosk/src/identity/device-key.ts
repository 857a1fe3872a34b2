// The device's Ed25519 key: made on this tablet, kept wrapped by whatever protection the host offers, never sent.
// node:crypto signs; tweetnacl would be fifty times slower.
import {
  type KeyObject,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto';
import type { Signer } from '../journal/journal.js';

/** How a secret is kept at rest. `description` is shown to IT as it is, so it must not promise too much. */
export interface KeyProtection {
  readonly kind: 'file' | 'system-keychain';
  readonly description: string;
  protect(secret: Uint8Array): Promise<Uint8Array>;
  unprotect(wrapped: Uint8Array): Promise<Uint8Array>;
}

/** No keychain: the file's permissions (0600) and the disk's own encryption are all there is. */
export const FILE_PROTECTION: KeyProtection = {
  kind: 'file',
  description: 'device key in a file only this account can read; encrypt the disk',
  protect: (secret) => Promise.resolve(Uint8Array.from(secret)),
  unprotect: (wrapped) => Promise.resolve(Uint8Array.from(wrapped)),
};

const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** A device key in use. Its secret half leaves only through `exportSecret`, to be wrapped. */
export class DeviceKey implements Signer {
  readonly #key: KeyObject;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;

  private constructor(key: KeyObject) {
    this.#key = key;
    const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
    this.publicKey = Uint8Array.from(spki.subarray(SPKI_PREFIX.length));
  }

  static generate(): DeviceKey {
    return new DeviceKey(generateKeyPairSync('ed25519').privateKey);
  }

  static fromSecret(pkcs8: Uint8Array): DeviceKey {
    return new DeviceKey(createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }));
  }

  sign(bytes: Uint8Array): Uint8Array {
    return sign(null, bytes, this.#key);
  }

  /** PKCS #8; the caller zeroes it. */
  exportSecret(): Uint8Array {
    return this.#key.export({ type: 'pkcs8', format: 'der' });
  }
}

/** @param publicKey raw Ed25519 key (32 bytes). node:crypto refuses malleated signatures, tweetnacl does not. */
export function verifySignature(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, publicKey]),
    format: 'der',
    type: 'spki',
  });
  return verify(null, bytes, key, signature);
}
