import { describe, expect, it } from 'vitest';
import { DEFAULT_BACKOFF, backoffMs } from './backoff.js';

describe('backoff', () => {
  it('doubles with each failure and stops at the longest wait', () => {
    expect([1, 2, 3, 4, 5, 6, 50].map((attempt) => backoffMs(attempt, 1))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ]);
  });

  it('is spread over the upper half of the wait', () => {
    expect(backoffMs(3, 0)).toBe(2_000);
    expect(backoffMs(3, 0.5)).toBe(3_000);
  });

  it('never undercuts what the server asked for, and spreads it too', () => {
    expect(backoffMs(1, 0, 20_000)).toBeGreaterThanOrEqual(20_000);
    expect(backoffMs(9, 1, 20_000)).toBeLessThanOrEqual(20_000 + DEFAULT_BACKOFF.longestMs);
    expect(backoffMs(9, 0.1, 20_000)).not.toBe(backoffMs(9, 0.9, 20_000));
  });
});
