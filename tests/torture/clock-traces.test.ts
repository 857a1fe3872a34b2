// Thousands of traces of a tablet's clocks: jumps of two years, drift, pauses, reboots, a machine put back to a snapshot,
// slow and lopsided answers. A punch whose time is called trusted is right within two seconds; bounds hold the truth.
import { describe, expect, it } from 'vitest';
import { TrustedTime } from '../../kiosk/src/agent/trusted-time.js';
import { Random } from '../simulation/random.js';
import { howMany, replayOf, scale } from '../support/torture-scale.js';

const TRACES = howMany(5_000, 200_000);
const STEPS = 60;
const START_MS = 1_760_000_000_000;
const HOUR = 3_600_000;
const TWO_YEARS_MS = 730 * 24 * HOUR;
const TRUSTED_WITHIN_MS = 2_000;
const WORST_DRIFT = 200e-6;

class TabletClocks {
  truthMs = START_MS;
  #monoMs = 5_000;
  #wallErrorMs: number;
  #boots = 0;
  readonly #drift: number;
  bootId = 'boot-0';
  /** Its monotonic clock did in this boot, since the server was heard, what the real one promises not to do. */
  isDisturbed = false;

  constructor(private readonly random: Random) {
    this.#drift = random.between(-WORST_DRIFT, WORST_DRIFT);
    this.#wallErrorMs = random.chance(0.5)
      ? random.between(-TWO_YEARS_MS, TWO_YEARS_MS)
      : random.between(-500, 500);
  }

  wallMs(): number {
    return this.truthMs + this.#wallErrorMs;
  }

  monoMs(): number {
    return this.#monoMs;
  }

  pass(ms: number): void {
    this.truthMs += ms;
    this.#monoMs += ms * (1 + this.#drift);
    this.#wallErrorMs += ms * this.#drift;
  }

  jump(): void {
    this.#wallErrorMs += this.random.between(-TWO_YEARS_MS, TWO_YEARS_MS);
  }

  /** The machine stands still; its wall clock goes on, its monotonic clock does not. */
  pause(): void {
    this.isDisturbed = true;
    this.truthMs += this.random.between(1_000, 5 * HOUR);
  }

  reboot(): void {
    this.#boots += 1;
    this.isDisturbed = false;
    this.bootId = `boot-${String(this.#boots)}`;
    this.truthMs += this.random.between(10_000, HOUR);
    this.#monoMs = this.random.between(1_000, 20_000);
  }

  /** Put back to an earlier state of the same boot. */
  snapshot(): void {
    this.truthMs += this.random.between(10_000, HOUR);
    this.isDisturbed = true;
    this.#monoMs *= this.random.between(0.1, 0.99);
  }
}

interface Seen {
  trusted: number;
  bounded: number;
  unverified: number;
}

function judge(time: TrustedTime, truthMs: number, again: string, seen: Seen): void {
  const { atMs, time: claim } = time.claim();
  const { quality, earliestMs, latestMs } = claim;
  if (quality === 'tampered') expect.fail('a tablet never calls its own time tampered');
  seen[quality] += 1;
  if (quality === 'trusted' && Math.abs(atMs - truthMs) > TRUSTED_WITHIN_MS) {
    expect.fail(`trusted, but ${String(atMs - truthMs)} ms off; again: ${again}`);
  }
  if (earliestMs !== null && earliestMs > truthMs) {
    expect.fail(`earliest ${String(earliestMs - truthMs)} ms after the truth; again: ${again}`);
  }
  if (latestMs !== null && latestMs < truthMs) {
    expect.fail(`latest ${String(truthMs - latestMs)} ms before the truth; again: ${again}`);
  }
  if (quality !== 'unverified') expect(latestMs).not.toBeNull();
}

/** The server signs its time somewhere between question and answer. */
function ask(clocks: TabletClocks, time: TrustedTime, random: Random): void {
  const sentMonoMs = clocks.monoMs();
  clocks.pass(random.between(0.2, random.chance(0.1) ? 8_000 : 60));
  const serverMs = Math.floor(clocks.truthMs);
  clocks.pass(random.between(0.2, random.chance(0.1) ? 8_000 : 60));
  time.take({ serverMs, sentMonoMs, receivedMonoMs: clocks.monoMs() });
  if (time.anchor?.monoMs === clocks.monoMs()) clocks.isDisturbed = false;
}

describe('the time of a punch', () => {
  it(
    `is flagged wherever it may be wrong, in ${String(TRACES)} traces`,
    () => {
      const seen: Seen = { trusted: 0, bounded: 0, unverified: 0 };
      for (let trace = 0; trace < TRACES; trace += 1) {
        const seed = scale.firstSeed + trace;
        const random = new Random(seed);
        const clocks = new TabletClocks(random);
        let time = new TrustedTime(clocks, null);
        const again = replayOf('time', seed);
        for (let step = 0; step < STEPS; step += 1) {
          const roll = random.int(100);
          if (roll < 40) clocks.pass(random.between(0, random.chance(0.2) ? 10 * HOUR : 60_000));
          else if (roll < 70) ask(clocks, time, random);
          else if (roll < 77) clocks.jump();
          else if (roll < 84) clocks.pause();
          else if (roll < 88) clocks.snapshot();
          else {
            if (roll < 94 || clocks.isDisturbed) clocks.reboot();
            // The agent starts anew with what it saved; what it noticed of a broken clock it only had in memory.
            time = new TrustedTime(clocks, time.anchor);
          }
          judge(time, clocks.truthMs, again, seen);
        }
      }
      console.log(`${String(TRACES)} traces:`, seen);
      expect(Math.min(seen.trusted, seen.bounded, seen.unverified)).toBeGreaterThan(TRACES);
    },
    24 * HOUR,
  );
});
