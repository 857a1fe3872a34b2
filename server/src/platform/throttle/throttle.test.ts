import { describe, expect, it } from 'vitest';
import { addressBucket, atMost, risingDelay, untilCleared } from './throttle.js';

const NOW = 1_000_000;

describe('limits', () => {
  it('let so many through in a window, and the next when the oldest has left it', () => {
    const limit = atMost(3, 1000);
    expect(limit.nextAtMs([NOW - 900, NOW - 10], NOW)).toBe(0);
    expect(limit.nextAtMs([NOW - 900, NOW - 500, NOW - 10], NOW)).toBe(NOW + 100);
    expect(limit.nextAtMs([NOW - 950, NOW - 900, NOW - 500, NOW - 10], NOW)).toBe(NOW + 100);
  });

  it('rise from the first delay to the longest', () => {
    const limit = risingDelay({ free: 2, firstMs: 100, longestMs: 350, windowMs: 10_000 });
    const failures = (count: number): number[] => Array<number>(count).fill(NOW);
    expect([1, 2, 3, 4, 9].map((count) => limit.nextAtMs(failures(count), NOW) - NOW)).toEqual([
      -NOW,
      100,
      200,
      350,
      350,
    ]);
  });

  it('stop altogether until they are cleared', () => {
    expect(untilCleared(2).nextAtMs([1], NOW)).toBe(0);
    expect(untilCleared(2).nextAtMs([1, 2], NOW)).toBeGreaterThan(NOW);
  });
});

describe('one bucket per client', () => {
  it('is an IPv4 address', () => {
    expect(addressBucket('x', '203.0.113.9')).toBe('x|203.0.113.9');
  });

  it('is a /64 of IPv6, however it is written', () => {
    const same = ['2001:db8:1:2:3:4:5:6', '2001:0db8:0001:0002::1', '2001:db8:1:2:ffff::'];
    expect(new Set(same.map((address) => addressBucket('x', address)))).toEqual(
      new Set(['x|2001:db8:1:2::/64']),
    );
    expect(addressBucket('x', '::1')).toBe('x|0:0:0:0::/64');
    expect(addressBucket('x', '2001:db8:1:3::1')).not.toBe('x|2001:db8:1:2::/64');
  });
});
