// Opening boxes: the cache of shared keys stays bounded, and a key that is refused is never kept.
import { randomBytes } from 'node:crypto';
import nacl from 'tweetnacl';
import { toBase64 } from '@hazri/shared/crypto/encoding';
import { seal, startSegment } from '@hazri/shared/crypto/sealing';
import type { BoxHeader } from '@hazri/shared/protocol/event';
import { describe, expect, it } from 'vitest';
import { OpenBox } from './open-box.js';

const server = nacl.box.keyPair();
const header: BoxHeader = {
  v: 1,
  tenant: '0b0d2f9e-5d0c-4c6e-9a57-0e8f2f1d7a01',
  device: '0b0d2f9e-5d0c-4c6e-9a57-0e8f2f1d7a02',
  epoch: 1,
  seq: 1,
  id: '0b0d2f9e-5d0c-4c6e-9a57-0e8f2f1d7a03',
  type: 'check-in',
};
const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

function sealedBy(serverKey = server.publicKey) {
  const segment = startSegment(serverKey, 0, random);
  if (!segment.ok) throw new Error(segment.error);
  const box = seal(segment.value, header, Uint8Array.of(1, 2, 3), random);
  return { box, senderKey: toBase64(segment.value.senderPublicKey), serverKeyId: 'box-1', header };
}

/** Counts how often the server's secret was used. */
function counting() {
  let uses = 0;
  const opener = new OpenBox({
    boxKey: (id) => {
      uses += 1;
      return id === 'box-1' ? server : undefined;
    },
  });
  return { opener, uses: () => uses };
}

describe('OpenBox', () => {
  it('computes the shared key of a sender once', () => {
    const { opener, uses } = counting();
    const sealed = sealedBy();
    for (let run = 0; run < 5; run += 1) {
      expect(opener.run(sealed)).toEqual({ ok: true, value: Uint8Array.of(1, 2, 3) });
    }
    expect(uses()).toBe(1);
  });

  it('refuses unknown server keys, low-order senders and what is no key, every time', () => {
    const { opener, uses } = counting();
    const sealed = sealedBy();
    const wrong = [
      { ...sealed, serverKeyId: 'box-2' },
      { ...sealed, senderKey: toBase64(new Uint8Array(32)) },
      { ...sealed, senderKey: toBase64(new Uint8Array(31)) },
      { ...sealed, senderKey: 'Zh==' },
    ];
    for (const one of [...wrong, ...wrong]) expect(opener.run(one).ok).toBe(false);
    expect(uses()).toBe(8);
    expect(opener.run(sealed).ok).toBe(true);
  });

  it('does not take a box for another server key', () => {
    const { opener } = counting();
    expect(opener.run(sealedBy(nacl.box.keyPair().publicKey))).toEqual({
      ok: false,
      error: 'BOX_UNREADABLE',
    });
  });
});
