import { describe, expect, it } from 'vitest';
import {
  normaliseEmployeeCode,
  normalisePairingCode,
  normalisePin,
  normaliseServerAddress,
  showPairingCode,
} from './codes.js';

describe('pairing code', () => {
  it.each([
    ['abcd-efgh', 'ABCDEFGH'],
    ['ab cd ef gh', 'ABCDEFGH'],
    ['oil0-1234', '01101234'],
    ['UUUU1234', '1234'],
    ['ABCDEFGHJK', 'ABCDEFGH'],
  ])('%s', (typed, expected) => {
    expect(normalisePairingCode(typed)).toBe(expected);
  });
  it('shows the dash by itself', () => {
    expect(['', 'ABC', 'ABCD', 'ABCDE', 'ABCDEFGH'].map(showPairingCode)).toEqual([
      '',
      'ABC',
      'ABCD-',
      'ABCD-E',
      'ABCD-EFGH',
    ]);
  });
});

describe('server address', () => {
  it.each([
    [' https://HR.Company.in:8443/sign-in?x=1 ', 'hr.company.in:8443'],
    ['localhost:8443', 'localhost:8443'],
    ['10.0.0.5 : 8443', '10.0.0.5:8443'],
  ])('%s', (typed, expected) => {
    expect(normaliseServerAddress(typed)).toBe(expected);
  });
});

describe('employee code and PIN', () => {
  it('drops what no code has', () => {
    expect(normaliseEmployeeCode(' -E 1/02*')).toBe('E1/02');
    expect(normaliseEmployeeCode('A'.repeat(40))).toHaveLength(32);
  });
  it('keeps six digits, in any script', () => {
    expect(normalisePin('12 34-5678')).toBe('123456');
    expect(normalisePin('१२३४५६')).toBe('123456');
  });
});
