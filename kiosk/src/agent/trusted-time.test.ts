import { describe, expect, it } from 'vitest';
import { TrustedTime } from './trusted-time.js';

const TRUE_MS = 1_760_000_000_000;
const TWO_YEARS_MS = 2 * 365 * 86_400_000;

function rig(wallOffsetMs = -TWO_YEARS_MS) {
  const state = { monoMs: 50_000, wallMs: TRUE_MS + wallOffsetMs, bootId: 'boot-1' };
  const clock = {
    wallMs: () => state.wallMs,
    monoMs: () => state.monoMs,
    get bootId() {
      return state.bootId;
    },
  };
  const pass = (ms: number): void => {
    state.monoMs += ms;
    state.wallMs += ms;
  };
  return { state, pass, time: new TrustedTime(clock, null), clock };
}
const sample = (serverMs: number, monoMs: number, roundTripMs = 20) => ({
  serverMs,
  sentMonoMs: monoMs - roundTripMs,
  receivedMonoMs: monoMs,
});

describe('trusted time', () => {
  it('is unverified, at the wall clock, before the server was heard', () => {
    const { time, state } = rig();
    expect(time.trustedNowMs()).toBeNull();
    expect(time.claim()).toEqual({
      atMs: state.wallMs,
      time: { quality: 'unverified', earliestMs: null, latestMs: null },
    });
  });

  it('follows the server on a tablet whose clock is two years off', () => {
    const { time, pass } = rig();
    time.take(sample(TRUE_MS, 50_000));
    pass(60_000);
    const { atMs, time: claim } = time.claim();
    expect(Math.abs(atMs - (TRUE_MS + 60_000))).toBeLessThanOrEqual(11);
    expect(claim.quality).toBe('trusted');
    expect(time.offsetMs()).toBeCloseTo(-TWO_YEARS_MS, -2);
  });

  it('does not follow a wall clock that jumps, but says that the time may have been missed', () => {
    const { time, state, pass } = rig();
    time.take(sample(TRUE_MS, 50_000));
    expect(time.claim().time.quality).toBe('trusted');
    state.wallMs += 86_400_000;
    const { atMs, time: claim } = time.claim();
    expect(Math.abs(atMs - TRUE_MS)).toBeLessThanOrEqual(11);
    expect(claim.quality).toBe('bounded');
    expect(claim.latestMs).toBeGreaterThanOrEqual(TRUE_MS + 86_400_000);
    pass(1_000);
    time.take(sample(TRUE_MS + 1_000, 51_000));
    expect(time.claim().time.quality).toBe('trusted');
  });

  it('says nothing against a wall clock that is put back or slewed', () => {
    const { time, state, pass } = rig();
    time.take(sample(TRUE_MS, 50_000));
    time.claim();
    state.wallMs -= 86_400_000;
    expect(time.claim().time.quality).toBe('trusted');
    pass(60_000);
    state.wallMs += 30;
    expect(time.claim().time.quality).toBe('trusted');
  });

  it('believes the server when the monotonic clock missed an hour, however slow its answer', () => {
    const { time, state, pass } = rig();
    time.take(sample(TRUE_MS, 50_000, 4));
    pass(1_000);
    state.wallMs += 3_600_000;
    const truth = TRUE_MS + 3_601_000;
    expect(time.claim().time.latestMs).toBeGreaterThanOrEqual(truth);
    time.take(sample(truth, 51_000, 900));
    expect(Math.abs((time.trustedNowMs() ?? 0) - truth)).toBeLessThanOrEqual(451);
  });

  it('is unverified once the monotonic clock went back, also when it has caught up', () => {
    const { time, state, pass } = rig();
    time.take(sample(TRUE_MS, 50_000));
    state.monoMs = 10_000;
    expect(time.claim().time.quality).toBe('unverified');
    pass(100_000);
    expect(time.claim().time.quality).toBe('unverified');
    time.take(sample(TRUE_MS + 100_000, 110_000));
    expect(time.claim().time.quality).toBe('trusted');
  });

  it('is only bounded once the oscillator may be off by more than two seconds, and the bounds hold', () => {
    const { time, pass } = rig();
    time.take(sample(TRUE_MS, 50_000));
    const elapsedMs = 6 * 3_600_000;
    pass(elapsedMs);
    const { time: claim } = time.claim();
    expect(claim.quality).toBe('bounded');
    for (const drift of [-200e-6, 200e-6]) {
      const truth = TRUE_MS + 10 + elapsedMs * (1 + drift);
      expect(claim.earliestMs).toBeLessThanOrEqual(truth);
      expect(claim.latestMs).toBeGreaterThanOrEqual(truth);
    }
  });

  it('is unverified after a reboot but not before the last time it knew', () => {
    const { time, state } = rig();
    time.take(sample(TRUE_MS, 50_000));
    state.bootId = 'boot-2';
    state.monoMs = 1_000;
    const { atMs, time: claim } = time.claim();
    expect(claim.quality).toBe('unverified');
    expect(claim.earliestMs).toBe(TRUE_MS);
    expect(atMs).toBe(TRUE_MS);
  });

  it('keeps the better of two answers', () => {
    const { time, pass } = rig();
    time.take(sample(TRUE_MS, 50_000, 4));
    pass(1_000);
    time.take(sample(TRUE_MS + 900, 51_000, 5_000));
    expect(time.trustedNowMs()).toBe(TRUE_MS + 1_003);
  });

  it('stays inside what the wire can carry', () => {
    const { time } = rig(-TRUE_MS);
    expect(time.claim().atMs).toBeGreaterThanOrEqual(946_684_800_000);
  });
});
