import { describe, expect, it } from 'vitest';
import { refusalKey } from './refusal.js';

describe('refusalKey', () => {
  it.each([
    ['LIVENESS_REFUSED', 'retry'],
    ['DUPLICATE_FACE', 'DUPLICATE_FACE'],
    ['SOMETHING_NEW', 'other'],
    ['other', 'other'],
  ])('%s', (reason, key) => {
    expect(refusalKey(reason)).toBe(key);
  });
});
