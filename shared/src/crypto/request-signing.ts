// The text a device signs for every request (the idea of RFC 9421, with a fixed set of covered fields).
import { sha256Hex } from './hash-chain.js';
import { utf8ToBytes } from './encoding.js';

export const REQUEST_HEADERS = {
  device: 'x-hazri-device',
  created: 'x-hazri-created',
  nonce: 'x-hazri-nonce',
  signature: 'x-hazri-signature',
} as const;

/** How far a request's `created` may lie from the server's clock, and how long its nonce is remembered. */
export const REQUEST_WINDOW_MS = 5 * 60_000;

export interface SignedRequestFields {
  readonly method: string;
  /** Path and query, exactly as sent. */
  readonly path: string;
  readonly body: Uint8Array;
  readonly device: string;
  /** UTC epoch milliseconds. */
  readonly created: number;
  readonly nonce: string;
}

export function requestBytes(fields: SignedRequestFields): Uint8Array {
  const { method, path, body, device, created, nonce } = fields;
  const lines = [
    'hazri-request-v1',
    method.toUpperCase(),
    path,
    sha256Hex(body),
    device,
    String(created),
    nonce,
  ];
  return utf8ToBytes(lines.join('\n'));
}
