// Sealing: third-party vectors first, then what a thief, a cloner or a broken sender could try.
import fc from 'fast-check';
import nacl from 'tweetnacl';
import { describe, expect, it } from 'vitest';
import type { BoxHeader } from '../protocol/event.js';
import { bytesToHex, canonicalBytes, concatBytes, hexToBytes } from './encoding.js';
import {
  SEGMENT_MAX_AGE_MS,
  SEGMENT_MAX_EVENTS,
  type Segment,
  closeSegment,
  isLowOrder,
  open,
  openingKey,
  seal,
  segmentIsSpent,
  startSegment,
} from './sealing.js';

// RFC 7748 section 6.1 (the same pair stands in NaCl's tests/box.c).
const ALICE_SECRET = '77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a';
const ALICE_PUBLIC = '8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a';
const BOB_SECRET = '5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb';
const BOB_PUBLIC = 'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f';
// NaCl distribution, tests/box.c and tests/secretbox.c ("firstkey").
const SHARED = '1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389';
const NONCE = '69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37';
const MESSAGE =
  'be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a1ac728d45e6c6129' +
  '6cdc3c01233561f41db66cce314adb310e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde' +
  '048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f937763848645e0705';
const BOXED =
  'f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce48332ea7164d96a4476fb8c531a1186a' +
  'c0dfc17c98dce87b4da7f011ec48c97271d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526ae' +
  '90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b37973f622a43d14a6599b1f654cb45a74' +
  'e355a5';
// The low-order points of Curve25519 (D. J. Bernstein, "Curve25519: new Diffie-Hellman speed records" page,
// cr.yp.to/ecdh.html#validate), reduced to those below 2^255.
const LOW_ORDER = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
];

const server = nacl.box.keyPair.fromSecretKey(hexToBytes(BOB_SECRET));
const header: BoxHeader = {
  v: 1,
  tenant: '0b0d2f9e-5d0c-4c6e-9a57-0e8f2f1d7a01',
  device: '0b0d2f9e-5d0c-4c6e-9a57-0e8f2f1d7a02',
  epoch: 1,
  seq: 7,
  id: '0b0d2f9e-5d0c-4c6e-9a57-0e8f2f1d7a03',
  type: 'check-in',
};
const random = (length: number): Uint8Array => nacl.randomBytes(length);

function started(): Segment {
  const segment = startSegment(server.publicKey, 0, random);
  if (!segment.ok) throw new Error(segment.error);
  return segment.value;
}

function keyFor(segment: Segment): Uint8Array {
  const key = openingKey(segment.senderPublicKey, server.secretKey);
  if (!key.ok) throw new Error(key.error);
  return key.value;
}

describe('third-party vectors', () => {
  it('agrees on the shared key of RFC 7748 and NaCl', () => {
    const key = openingKey(hexToBytes(ALICE_PUBLIC), hexToBytes(BOB_SECRET));
    expect(key.ok && bytesToHex(key.value)).toBe(SHARED);
    const fixed = startSegment(hexToBytes(BOB_PUBLIC), 0, () => hexToBytes(ALICE_SECRET));
    expect(fixed.ok && bytesToHex(fixed.value.sharedKey)).toBe(SHARED);
    expect(fixed.ok && bytesToHex(fixed.value.senderPublicKey)).toBe(ALICE_PUBLIC);
  });

  it('boxes as NaCl does', () => {
    const box = nacl.box.after(hexToBytes(MESSAGE), hexToBytes(NONCE), hexToBytes(SHARED));
    expect(bytesToHex(box)).toBe(BOXED);
  });

  it.each(LOW_ORDER)('refuses the low-order point %s as either key', (hex) => {
    for (const highBit of [0, 0x80]) {
      const point = hexToBytes(hex);
      point[31] = (point[31] ?? 0) | highBit;
      expect(isLowOrder(point)).toBe(true);
      expect(openingKey(point, server.secretKey)).toEqual({ ok: false, error: 'KEY_LOW_ORDER' });
      expect(startSegment(point, 0, random)).toEqual({ ok: false, error: 'KEY_LOW_ORDER' });
    }
  });
});

describe('seal and open', () => {
  it('gives back any payload to the right event', () => {
    const segment = started();
    const key = keyFor(segment);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4096 }), (payload) => {
        segment.count = 0;
        const opened = open(key, seal(segment, header, payload, random), header);
        expect(opened.ok && bytesToHex(opened.value)).toBe(bytesToHex(payload));
      }),
      { numRuns: 60 },
    );
  });

  it('refuses a box that was moved to another tenant, device, epoch, seq, id or type', () => {
    const segment = started();
    const sealed = seal(segment, header, Uint8Array.of(1, 2, 3), random);
    const moved: BoxHeader[] = [
      { ...header, tenant: header.device },
      { ...header, device: header.tenant },
      { ...header, epoch: 2 },
      { ...header, seq: 8 },
      { ...header, seq: 77 },
      { ...header, id: header.tenant },
      { ...header, type: 'pin' },
      { ...header, type: 'enrolment' },
    ];
    for (const other of moved) {
      expect(open(keyFor(segment), sealed, other)).toEqual({ ok: false, error: 'BOX_MISBOUND' });
    }
  });

  it('refuses every flipped byte, every truncation and a foreign key', () => {
    const segment = started();
    const key = keyFor(segment);
    const sealed = seal(segment, header, Uint8Array.of(9, 8, 7), random);
    for (let at = 0; at < sealed.length; at += 1) {
      const flipped = sealed.slice();
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      expect(open(key, flipped, header).ok).toBe(false);
      expect(open(key, sealed.subarray(0, at), header)).toEqual({ ok: false, error: 'BOX_UNREADABLE' });
    }
    expect(open(keyFor(started()), sealed, header)).toEqual({ ok: false, error: 'BOX_UNREADABLE' });
  });

  it('refuses an inner header length that points outside the box', () => {
    const segment = started();
    for (const length of [0xffffffff, 4, 0, 1 << 30]) {
      const prefix = new Uint8Array(4);
      new DataView(prefix.buffer).setUint32(0, length, true);
      const nonce = random(24);
      const short = nacl.box.after(concatBytes(prefix, Uint8Array.of(1)), nonce, segment.sharedKey);
      expect(open(keyFor(segment), concatBytes(nonce, short), header).ok).toBe(false);
    }
    const nonce = random(24);
    const tiny = nacl.box.after(Uint8Array.of(1, 2), nonce, segment.sharedKey);
    expect(open(keyFor(segment), concatBytes(nonce, tiny), header)).toEqual({
      ok: false,
      error: 'BOX_UNREADABLE',
    });
  });

  it('compares the whole header, not its beginning', () => {
    const segment = started();
    const longer = concatBytes(canonicalBytes(header), Uint8Array.of(32));
    const prefix = new Uint8Array(4);
    new DataView(prefix.buffer).setUint32(0, longer.length, true);
    const nonce = random(24);
    const box = nacl.box.after(concatBytes(prefix, longer), nonce, segment.sharedKey);
    expect(open(keyFor(segment), concatBytes(nonce, box), header)).toEqual({
      ok: false,
      error: 'BOX_MISBOUND',
    });
  });

  it('never repeats a nonce', () => {
    const segment = started();
    const seen = new Set<string>();
    for (let run = 0; run < 500; run += 1) {
      segment.count = 0;
      seen.add(bytesToHex(seal(segment, header, new Uint8Array(0), random).subarray(0, 24)));
    }
    expect(seen.size).toBe(500);
  });
});

describe('a segment', () => {
  it('keeps no copy of the sender secret, neither its own nor the one it was given', () => {
    const given: Uint8Array[] = [];
    const segment = startSegment(server.publicKey, 0, (length) => {
      const bytes = random(length);
      given.push(bytes);
      return bytes;
    });
    expect(segment.ok).toBe(true);
    expect(given).toHaveLength(1);
    expect(given.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
  });

  it('is spent after its events or its age, and then seals no more', () => {
    const segment = started();
    expect(segmentIsSpent(segment, SEGMENT_MAX_AGE_MS - 1)).toBe(false);
    expect(segmentIsSpent(segment, SEGMENT_MAX_AGE_MS)).toBe(true);
    for (let run = 0; run < SEGMENT_MAX_EVENTS; run += 1) seal(segment, header, new Uint8Array(1), random);
    expect(segmentIsSpent(segment, 0)).toBe(true);
    expect(() => seal(segment, header, new Uint8Array(1), random)).toThrow('spent segment');
  });

  it('never seals under the zeroed key of a closed segment', () => {
    const segment = started();
    closeSegment(segment);
    expect(segment.sharedKey.every((byte) => byte === 0)).toBe(true);
    expect(() => seal(segment, header, new Uint8Array(1), random)).toThrow('spent segment');
  });

  it('cannot be reopened by the one who sealed, once it is closed', () => {
    const segment = started();
    const sealed = seal(segment, header, Uint8Array.of(5), random);
    closeSegment(segment);
    expect(open(segment.sharedKey, sealed, header).ok).toBe(false);
  });
});
