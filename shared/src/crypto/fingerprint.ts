// Six words that stand on the tablet and in the console while a device is paired. They agree only when both sides
// saw the same device key, the same server key and the same certificate, so nobody sits in between.
import { sha256 } from '@noble/hashes/sha2.js';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { InvariantError } from '../result/result.js';
import { concatBytes, utf8ToBytes } from './encoding.js';

const WORDS = 6;
const BITS_PER_WORD = 11;
const PART_BYTES = 32;

/** @param spki raw SHA-256 of the SubjectPublicKeyInfo of the last certificate the server presents (32 bytes) */
export function fingerprintWords(keys: {
  deviceSignKey: Uint8Array;
  serverSignKey: Uint8Array;
  spki: Uint8Array;
}): string[] {
  const parts = [keys.deviceSignKey, keys.serverSignKey, keys.spki];
  // The parts stand side by side unmarked, so each must have its fixed length.
  if (parts.some((part) => part.length !== PART_BYTES)) throw new InvariantError('fingerprint part length');
  const digest = sha256(concatBytes(utf8ToBytes('hazri-pairing-v1'), ...parts));
  let bits = 0n;
  for (const byte of digest.subarray(0, 9)) bits = (bits << 8n) | BigInt(byte);
  const spare = BigInt(9 * 8 - WORDS * BITS_PER_WORD);
  bits >>= spare;
  const words: string[] = [];
  for (let index = WORDS - 1; index >= 0; index -= 1) {
    const at = Number((bits >> BigInt(index * BITS_PER_WORD)) & 2047n);
    words.push(wordlist[at] ?? '');
  }
  return words;
}
