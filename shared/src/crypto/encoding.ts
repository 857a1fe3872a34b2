// Bytes to text and back, and the one canonical form of JSON (RFC 8785) that is hashed and signed.
import { base64 } from '@scure/base';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalizeModule from 'canonicalize';
import { InvariantError } from '../result/result.js';

export { bytesToHex, concatBytes, hexToBytes, utf8ToBytes };

// The package is CommonJS with a default export; under nodenext its types describe the namespace.
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string | undefined;

export const toBase64 = (bytes: Uint8Array): string => base64.encode(bytes);
/** Throws on anything that is not padded standard base64 in its one spelling (spare bits zero, RFC 4648 §3.5). */
export const fromBase64 = (text: string): Uint8Array => base64.decode(text);

/** RFC 8785 bytes of a JSON value. A value that JSON cannot carry (NaN, undefined at the root) is a bug. */
export function canonicalBytes(value: unknown): Uint8Array {
  const text = canonicalize(value);
  if (text === undefined) throw new InvariantError('value has no canonical JSON form');
  return utf8ToBytes(text);
}
