// Nonces: remembered at least as long as they could be repeated, and never more than fit.
import { describe, expect, it } from 'vitest';
import { RememberedNonces } from './remembered-nonces.js';

describe('RememberedNonces', () => {
  it('sees a nonce again for the whole time, also across its two generations', () => {
    const nonces = new RememberedNonces(1000, 100);
    expect(nonces.take('a', 0)).toBe('new');
    expect(nonces.take('b', 999)).toBe('new');
    expect(nonces.take('b', 1998)).toBe('seen');
    expect(nonces.take('a', 1000)).toBe('seen');
  });

  it('forgets what is too old to be accepted', () => {
    const nonces = new RememberedNonces(1000, 100);
    nonces.take('a', 0);
    expect(nonces.take('c', 1000)).toBe('new');
    expect(nonces.take('a', 2000)).toBe('new');
    expect(nonces.take('c', 5000)).toBe('new');
  });

  it('lets nothing in when it is full, rather than forgetting something', () => {
    const nonces = new RememberedNonces(1000, 2);
    expect(['a', 'b', 'c'].map((nonce) => nonces.take(nonce, 0))).toEqual(['new', 'new', 'full']);
    expect(nonces.take('a', 10)).toBe('seen');
  });
});
