// Each event's hash covers the one before it, so a journal cannot lose, change or swap an event unseen.
import { sha256 } from '@noble/hashes/sha2.js';
import { InvariantError } from '../result/result.js';
import { bytesToHex, canonicalBytes, concatBytes, hexToBytes } from './encoding.js';

export const GENESIS_HASH = '0'.repeat(64);

export const sha256Hex = (bytes: Uint8Array): string => bytesToHex(sha256(bytes));

/** hash = SHA-256(prev ‖ event bytes), hex. `prev` is the previous event's hash or GENESIS_HASH. */
export function chainHash(prevHash: string, eventBytes: Uint8Array): string {
  // A prefix of any other length would let bytes move from one side to the other under the same hash.
  if (prevHash.length !== GENESIS_HASH.length) throw new InvariantError('previous hash is not 32 bytes');
  return bytesToHex(sha256(concatBytes(hexToBytes(prevHash), eventBytes)));
}

/** What a device signs to vouch for everything up to and including `seq` of one epoch. */
export function headBytes(head: { device: string; epoch: number; seq: number; hash: string }): Uint8Array {
  const { device, epoch, seq, hash } = head;
  return canonicalBytes({ context: 'hazri-head-v1', device, epoch, seq, hash });
}
