// Seals what must not be read on the way or on this tablet. Nobody can reopen a box here: the sender's secret is gone
// as soon as a segment begins, and its shared key when the segment ends.
import { randomBytes } from 'node:crypto';
import { fromBase64, toBase64 } from '@hazri/shared/crypto/encoding';
import { sha256Hex } from '@hazri/shared/crypto/hash-chain';
import { type Segment, closeSegment, seal, segmentIsSpent, startSegment } from '@hazri/shared/crypto/sealing';
import type { DeviceConfig } from '@hazri/shared/protocol/device';
import type { BoxHeader } from '@hazri/shared/protocol/event';
import { OperationalError } from '@hazri/shared/result';

export interface SealedBox {
  readonly box: Uint8Array;
  /** What the event says about its box. */
  readonly fields: { readonly boxHash: string; readonly senderKey: string; readonly serverKeyId: string };
}

export class Sealer {
  readonly #monoMs: () => number;
  #segment: Segment | null = null;
  #serverKeyId = '';

  constructor(monoMs: () => number) {
    this.#monoMs = monoMs;
  }

  /** Zeroes `payload`. Errors: SERVER_KEY_REFUSED. */
  seal(serverKey: DeviceConfig['serverBoxKey'], header: BoxHeader, payload: Uint8Array): SealedBox {
    const segment = this.#current(serverKey);
    const box = seal(segment, header, payload, randomBytes);
    payload.fill(0);
    return {
      box,
      fields: {
        boxHash: sha256Hex(box),
        senderKey: toBase64(segment.senderPublicKey),
        serverKeyId: serverKey.id,
      },
    };
  }

  close(): void {
    if (this.#segment !== null) closeSegment(this.#segment);
    this.#segment = null;
  }

  #current(serverKey: DeviceConfig['serverBoxKey']): Segment {
    const now = this.#monoMs();
    const segment = this.#segment;
    if (segment !== null && this.#serverKeyId === serverKey.id && !segmentIsSpent(segment, now))
      return segment;
    this.close();
    const started = startSegment(fromBase64(serverKey.publicKey), now, randomBytes);
    if (!started.ok) throw new OperationalError('SERVER_KEY_REFUSED', false);
    this.#segment = started.value;
    this.#serverKeyId = serverKey.id;
    return started.value;
  }
}
