// What time it is, and how sure the tablet is of it: the last signed server time plus the monotonic clock of the same
// boot. The wall clock is recorded beside it and never believed. Pure but for the clock port.
import type { TimeClaim } from '@hazri/shared/protocol/event';
import type { TimeAnchor } from '../identity/pairing-store.js';
import type { TimeSample } from '../sync/device-client.js';
import type { Clock } from './clock.js';

/** How far a tablet's oscillator may run off, in parts of the elapsed time. */
const DRIFT = 200e-6;
/** Above this uncertainty a time is bounded, not trusted. */
const TRUSTED_WITHIN_MS = 2_000;
const EARLIEST_MS = 946_684_800_000;
const LATEST_MS = 4_102_444_800_000;

export class TrustedTime {
  readonly #clock: Clock;
  #anchor: TimeAnchor | null;

  constructor(clock: Clock, anchor: TimeAnchor | null) {
    this.#clock = clock;
    this.#anchor = anchor;
  }

  get anchor(): TimeAnchor | null {
    return this.#anchor;
  }

  /** Takes a verified server time; a worse one than what is known is not taken. */
  take(sample: TimeSample): void {
    const roundTripMs = Math.max(0, sample.receivedMonoMs - sample.sentMonoMs);
    const uncertaintyMs = roundTripMs / 2;
    const known = this.#sameBoot();
    if (known !== null && this.#uncertaintyMs(known, sample.receivedMonoMs) < uncertaintyMs) return;
    this.#anchor = {
      serverMs: sample.serverMs + uncertaintyMs,
      monoMs: sample.receivedMonoMs,
      bootId: this.#clock.bootId,
      uncertaintyMs,
    };
  }

  /** The true UTC time as far as it can be known in this boot; null before the server was heard. */
  trustedNowMs(): number | null {
    const known = this.#sameBoot();
    return known === null ? null : Math.round(known.serverMs + this.#clock.monoMs() - known.monoMs);
  }

  /** For signing requests: the server corrects a wrong one. */
  bestNowMs(): number {
    return clamp(this.trustedNowMs() ?? this.#clock.wallMs());
  }

  /** How far the tablet's wall clock is ahead of the truth, in ms; null while that is unknown. */
  offsetMs(): number | null {
    const nowMs = this.trustedNowMs();
    return nowMs === null ? null : this.#clock.wallMs() - nowMs;
  }

  claim(): { atMs: number; time: TimeClaim } {
    const known = this.#sameBoot();
    if (known === null) {
      const earliestMs = this.#anchor === null ? null : Math.round(this.#anchor.serverMs);
      const atMs = clamp(Math.max(this.#clock.wallMs(), earliestMs ?? EARLIEST_MS));
      return { atMs, time: { quality: 'unverified', earliestMs, latestMs: null } };
    }
    const monoMs = this.#clock.monoMs();
    const uncertaintyMs = this.#uncertaintyMs(known, monoMs);
    const estimateMs = known.serverMs + monoMs - known.monoMs;
    return {
      atMs: clamp(estimateMs),
      time: {
        quality: uncertaintyMs <= TRUSTED_WITHIN_MS ? 'trusted' : 'bounded',
        earliestMs: clamp(Math.floor(estimateMs - uncertaintyMs)),
        latestMs: clamp(Math.ceil(estimateMs + uncertaintyMs)),
      },
    };
  }

  #sameBoot(): TimeAnchor | null {
    const anchor = this.#anchor;
    if (anchor?.bootId !== this.#clock.bootId) return null;
    // A monotonic clock that went back is another boot, whatever its id says.
    return this.#clock.monoMs() >= anchor.monoMs ? anchor : null;
  }

  #uncertaintyMs(anchor: TimeAnchor, monoMs: number): number {
    return anchor.uncertaintyMs + (monoMs - anchor.monoMs) * DRIFT;
  }
}

function clamp(ms: number): number {
  return Math.round(Math.min(Math.max(ms, EARLIEST_MS), LATEST_MS));
}
