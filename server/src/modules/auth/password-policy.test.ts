import { describe, expect, it } from 'vitest';
import { passwordIssues } from './password-policy.js';

const codes = (password: string, names: string[] = []): string[] =>
  passwordIssues(password, names).map((issue) => issue.code);

describe('a new password', () => {
  it('has 12 to 128 characters', () => {
    expect(codes('k7w-qz3-vt9')).toEqual(['PASSWORD_TOO_SHORT']);
    expect(codes('k7w-qz3-vt9x')).toEqual([]);
    expect(codes('gravel orbit lantern '.repeat(6))).toEqual([]);
    expect(codes('gravel orbit lantern x'.repeat(6))).toEqual(['PASSWORD_TOO_LONG']);
  });

  it('needs letters and digits below fifteen characters only', () => {
    expect(codes('gravelorbits')).toEqual(['PASSWORD_NEEDS_LETTERS_AND_DIGITS']);
    expect(codes('839271640582')).toEqual(['PASSWORD_NEEDS_LETTERS_AND_DIGITS']);
    expect(codes('gravelorbit7')).toEqual([]);
    expect(codes('gravelorbitmoss')).toEqual([]);
    expect(codes('बारिश की पहली बूँद')).toEqual([]);
  });

  it.each([
    'password1234',
    'P@ssw0rd2024!!',
    'qwertyuiop123456',
    'aaaaaaaaaaaaaaaa',
    '123456789012345',
    'iloveyou iloveyou',
    'Welcome@12345',
    'abcabcabcabcabc1',
  ])('is not what everybody tries first: %s', (password) => {
    expect(codes(password)).toEqual(['PASSWORD_COMMON']);
  });

  it('is not the name of the company or the person', () => {
    expect(codes('acmeworks2026', ['Acme Works'])).toEqual(['PASSWORD_COMMON']);
    expect(codes('olga.owner1234', ['olga.owner@acme.test'])).toEqual(['PASSWORD_COMMON']);
    expect(codes('acme gravel lantern', ['Acme Works'])).toEqual([]);
  });
});
