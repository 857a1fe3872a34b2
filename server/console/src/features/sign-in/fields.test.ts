// Where a sign-in may lead, and which links carry a token.
import { describe, expect, it } from 'vitest';
import { linkToken, safeNext } from './fields.js';

const TOKEN = 'k7Q2xN9vB4mT8wZ1cR5yH3';

describe('safeNext', () => {
  it.each([
    ['/people?state=left', '/people?state=left'],
    [null, '/'],
    ['https://elsewhere.example', '/'],
    ['//elsewhere.example', '/'],
    ['/\\elsewhere.example', '/'],
  ])('%s leads to %s', (next, path) => {
    expect(safeNext(next)).toBe(path);
  });
});

describe('linkToken', () => {
  it('is found after the hash, in the path or in the query', () => {
    expect(linkToken(undefined, { hash: `#${TOKEN}`, search: '' })).toBe(TOKEN);
    expect(linkToken(undefined, { hash: `#token=${TOKEN}`, search: '' })).toBe(TOKEN);
    expect(linkToken(TOKEN, { hash: '', search: '' })).toBe(TOKEN);
    expect(linkToken(undefined, { hash: '', search: `?token=${TOKEN}` })).toBe(TOKEN);
  });

  it('is null when the link was cut', () => {
    expect(linkToken(undefined, { hash: '', search: '' })).toBeNull();
    expect(linkToken(undefined, { hash: '#k7Q2', search: '' })).toBeNull();
  });
});
