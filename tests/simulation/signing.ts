// A fast stand-in for Ed25519 behind the ports that sign and verify: a keyed hash. It is as unforgeable inside a
// simulation, where nobody but its owner is given the key.
import { createHmac } from 'node:crypto';

export function keyedSignature(key: string, bytes: Uint8Array): Uint8Array {
  const half = createHmac('sha256', key).update(bytes).digest();
  return Buffer.concat([half, half]);
}

export function isKeyedSignature(key: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  return Buffer.compare(keyedSignature(key, bytes), signature) === 0;
}
