// Canonical JSON against RFC 8785's own examples, and base64 in its one spelling.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalBytes, fromBase64, toBase64 } from './encoding.js';

const text = (value: unknown): string => new TextDecoder().decode(canonicalBytes(value));

describe('canonicalBytes', () => {
  it('gives the bytes of RFC 8785 section 3.2.4', () => {
    const value = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`) as unknown;
    expect(text(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('sorts keys by UTF-16 code units, as RFC 8785 section 3.2.3 shows', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.values(JSON.parse(text(value)) as Record<string, string>).sort()).toEqual(
      Object.values(value).sort(),
    );
    const order = ['Carriage', 'One', 'Control', 'Latin', 'Euro', 'Emoji', 'Hebrew'];
    const at = order.map((name) => text(value).indexOf(name));
    expect(at).toEqual([...at].sort((a, b) => a - b));
  });

  it('is a fixed point: parsing and writing again changes nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const once = text(value);
        expect(text(JSON.parse(once))).toBe(once);
      }),
    );
  });

  it('has no form for what JSON cannot carry', () => {
    expect(() => canonicalBytes(undefined)).toThrow();
    expect(() => canonicalBytes({ a: Number.NaN })).toThrow();
    expect(() => canonicalBytes({ a: Number.POSITIVE_INFINITY })).toThrow();
  });
});

describe('base64', () => {
  // RFC 4648 section 10.
  it.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foobar', 'Zm9vYmFy'],
  ])('of "%s"', (plain, encoded) => {
    expect(toBase64(new TextEncoder().encode(plain))).toBe(encoded);
    expect(new TextDecoder().decode(fromBase64(encoded))).toBe(plain);
  });

  it.each(['Zg', 'Zg=', 'Zh==', 'Zm9', 'Zm9v\n', 'Z-9v', ' Zm9v', 'Zg==Zg=='])('refuses "%s"', (encoded) => {
    expect(() => fromBase64(encoded)).toThrow();
  });
});
