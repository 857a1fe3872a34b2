// The hash chain and what devices sign: third-party vectors, then every way to cut, swap or change an event.
import { createHash, createPublicKey, verify } from 'node:crypto';
import fc from 'fast-check';
import nacl from 'tweetnacl';
import { describe, expect, it } from 'vitest';
import { bytesToHex, hexToBytes, utf8ToBytes } from './encoding.js';
import { GENESIS_HASH, chainHash, headBytes, sha256Hex } from './hash-chain.js';

const device = '0b0d2f9e-5d0c-4c6e-9a57-0e8f2f1d7a02';

function chainOf(events: readonly Uint8Array[]): string[] {
  const hashes: string[] = [];
  for (const event of events) hashes.push(chainHash(hashes.at(-1) ?? GENESIS_HASH, event));
  return hashes;
}

describe('sha256Hex', () => {
  // FIPS 180-2, appendix B.1 and B.2; the empty message is NIST CAVS SHA256ShortMsg, Len = 0.
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ])('of "%s"', (text, hex) => {
    expect(sha256Hex(utf8ToBytes(text))).toBe(hex);
  });
});

describe('chainHash', () => {
  it('is SHA-256 over the previous hash and the event, as OpenSSL computes it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.uint8Array(), (prev, event) => {
        const expected = createHash('sha256').update(prev).update(event).digest('hex');
        expect(chainHash(bytesToHex(prev), event)).toBe(expected);
      }),
    );
  });

  it('refuses a previous hash of another length', () => {
    expect(() => chainHash('ab', Uint8Array.of(1))).toThrow('previous hash');
    expect(() => chainHash(`${GENESIS_HASH}00`, Uint8Array.of(1))).toThrow('previous hash');
  });

  it('changes from the first touched event on: edit, swap, drop, insert', () => {
    const event = fc.uint8Array({ minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.uniqueArray(event, { minLength: 3, maxLength: 12, selector: bytesToHex }), (events) => {
        const head = chainOf(events).at(-1);
        const swapped = [events[1]!, events[0]!, ...events.slice(2)];
        const dropped = [events[0]!, ...events.slice(2)];
        const inserted = [events[0]!, events[0]!, ...events.slice(1)];
        const edited = [Uint8Array.from(events[0]!, (byte) => byte ^ 1), ...events.slice(1)];
        for (const other of [swapped, dropped, inserted, edited])
          expect(chainOf(other).at(-1)).not.toBe(head);
      }),
    );
  });
});

describe('headBytes', () => {
  it('has one fixed text, so that a signature outlives this code', () => {
    expect(new TextDecoder().decode(headBytes({ device, epoch: 2, seq: 3, hash: GENESIS_HASH }))).toBe(
      `{"context":"hazri-head-v1","device":"${device}","epoch":2,"hash":"${GENESIS_HASH}","seq":3}`,
    );
  });

  it('differs whenever any part differs', () => {
    const base = { device, epoch: 1, seq: 12, hash: GENESIS_HASH };
    const others = [
      { ...base, device: device.replace('2', '3') },
      { ...base, epoch: 11, seq: 2 },
      { ...base, seq: 1 },
      { ...base, hash: 'f'.repeat(64) },
    ];
    for (const other of others) expect(bytesToHex(headBytes(other))).not.toBe(bytesToHex(headBytes(base)));
  });
});

describe('signatures over a head', () => {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const spkiPrefix = hexToBytes('302a300506032b6570032100');

  const nodeVerifies = (message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean =>
    verify(
      null,
      message,
      createPublicKey({ key: Buffer.concat([spkiPrefix, publicKey]), format: 'der', type: 'spki' }),
      signature,
    );

  it('verifies RFC 8032 section 7.1 test 2, by tweetnacl and by node:crypto alike', () => {
    const publicKey = hexToBytes('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
    const signature = hexToBytes(
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
        '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    );
    const message = hexToBytes('72');
    expect(nacl.sign.detached.verify(message, signature, publicKey)).toBe(true);
    expect(nodeVerifies(message, signature, publicKey)).toBe(true);
  });

  it('is malleable for tweetnacl and not for node:crypto, which is why the server verifies with node:crypto', () => {
    const pair = nacl.sign.keyPair();
    const message = headBytes({ device, epoch: 1, seq: 1, hash: GENESIS_HASH });
    const signature = nacl.sign.detached(message, pair.secretKey);
    const scalar = BigInt(`0x${bytesToHex(signature.slice(32).reverse())}`) + order;
    const malleated = signature.slice();
    malleated.set(hexToBytes(scalar.toString(16).padStart(64, '0')).reverse(), 32);
    expect(bytesToHex(malleated)).not.toBe(bytesToHex(signature));
    expect(nacl.sign.detached.verify(message, malleated, pair.publicKey)).toBe(true);
    expect(nodeVerifies(message, malleated, pair.publicKey)).toBe(false);
    expect(nodeVerifies(message, signature, pair.publicKey)).toBe(true);
  });
});
