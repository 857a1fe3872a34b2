// Addresses are built from the route table; filters that are empty are left out; ids cannot break out of the path.
import { describe, expect, it } from 'vitest';
import { addressOf } from './api.js';

describe('addressOf', () => {
  it('fills in ids', () => {
    expect(addressOf('person', { id: 'a-1' })).toBe('/api/people/a-1');
  });

  it('encodes what could leave the path', () => {
    expect(addressOf('person', { id: '../users' })).toBe('/api/people/..%2Fusers');
  });

  it('leaves empty filters out', () => {
    expect(addressOf('punches', {}, { from: '2026-11-20', to: undefined, direction: '', limit: 50 })).toBe(
      '/api/punches?from=2026-11-20&limit=50',
    );
  });
});
