// Device keys and signatures: RFC 8032's own vectors, and the keys that would make every signature valid.
import { describe, expect, it } from 'vitest';
import { isAcceptableKey, verifyDeviceSignature } from './device-key.js';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
const key = '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c';
const signature =
  '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
  '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00';
const base64Key = Buffer.from(key, 'hex').toString('base64');

describe('verifyDeviceSignature', () => {
  it('takes RFC 8032 section 7.1, test 2', () => {
    expect(verifyDeviceSignature(base64Key, hex('72'), hex(signature))).toBe(true);
  });

  it('refuses another message, another length, and a key that is none', () => {
    expect(verifyDeviceSignature(base64Key, hex('73'), hex(signature))).toBe(false);
    expect(verifyDeviceSignature(base64Key, hex('72'), hex(signature.slice(2)))).toBe(false);
    expect(verifyDeviceSignature('', hex('72'), hex(signature))).toBe(false);
    expect(verifyDeviceSignature(Buffer.alloc(32, 2).toString('base64'), hex('72'), hex(signature))).toBe(
      false,
    );
  });
});

describe('isAcceptableKey', () => {
  it('takes an ordinary key', () => {
    expect(isAcceptableKey(hex(key))).toBe(true);
  });

  // The eight points of small order and their other encodings (libsodium, ge25519_has_small_order).
  it.each([
    '0000000000000000000000000000000000000000000000000000000000000000',
    '0100000000000000000000000000000000000000000000000000000000000000',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  ])('refuses %s with either sign', (text) => {
    const negative = hex(text);
    negative[31] = (negative[31] ?? 0) | 0x80;
    expect([isAcceptableKey(hex(text)), isAcceptableKey(negative)]).toEqual([false, false]);
  });

  it('refuses another length', () => {
    expect(isAcceptableKey(hex(key.slice(2)))).toBe(false);
  });
});
