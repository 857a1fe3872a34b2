// Opens the boxes of a tablet. The shared key of a sender is computed once and kept for its next boxes, because that is
// the slow part; the cache is bounded and its keys are zeroed when they leave it.
import { type OpenError, open, openingKey } from '@hazri/shared/crypto/sealing';
import { fromBase64 } from '@hazri/shared/crypto/encoding';
import type { BoxHeader } from '@hazri/shared/protocol/event';
import { type Result, err } from '@hazri/shared/result';

const CACHED_AT_MOST = 1024;

export interface BoxKeys {
  boxKey(id: string): { readonly secretKey: Uint8Array } | undefined;
}

export interface SealedBox {
  readonly box: Uint8Array;
  readonly senderKey: string;
  readonly serverKeyId: string;
  readonly header: BoxHeader;
}

export class OpenBox {
  /** In order of last use. */
  private readonly sharedKeys = new Map<string, Uint8Array>();

  constructor(private readonly keys: BoxKeys) {}

  /** The caller zeroes the payload. */
  run(sealed: SealedBox): Result<Uint8Array, OpenError> {
    const shared = this.sharedKey(sealed.senderKey, sealed.serverKeyId);
    return shared.ok ? open(shared.value, sealed.box, sealed.header) : shared;
  }

  private sharedKey(senderKey: string, serverKeyId: string): Result<Uint8Array, OpenError> {
    const name = `${serverKeyId}|${senderKey}`;
    const known = this.sharedKeys.get(name);
    if (known !== undefined) {
      this.sharedKeys.delete(name);
      this.sharedKeys.set(name, known);
      return { ok: true, value: known };
    }
    const own = this.keys.boxKey(serverKeyId);
    if (own === undefined) return err('BOX_UNREADABLE');
    const sender = senderBytes(senderKey);
    if (sender === null) return err('BOX_UNREADABLE');
    const opening = openingKey(sender, own.secretKey);
    if (opening.ok) this.keep(name, opening.value);
    return opening;
  }

  private keep(name: string, key: Uint8Array): void {
    const [oldest] = this.sharedKeys.keys();
    if (this.sharedKeys.size >= CACHED_AT_MOST && oldest !== undefined) {
      this.sharedKeys.get(oldest)?.fill(0);
      this.sharedKeys.delete(oldest);
    }
    this.sharedKeys.set(name, key);
  }
}

function senderBytes(base64: string): Uint8Array | null {
  try {
    return fromBase64(base64);
  } catch {
    return null;
  }
}
