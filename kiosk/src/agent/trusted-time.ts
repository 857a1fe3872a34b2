// What time it is, and how sure the tablet is of it: the last signed server time plus the monotonic clock of the same
// boot. The wall clock is recorded beside it and never believed, but where it runs away from the monotonic one, either may
// be wrong, and the bounds say so. Pure but for the clock port.
import type { TimeClaim } from '@hazri/shared/protocol/event';
import type { TimeAnchor } from '../identity/pairing-store.js';
import type { TimeSample } from '../sync/device-client.js';
import type { Clock } from './clock.js';

/** How far a tablet's oscillator may run off, in parts of the elapsed time: 200 millionths, and a little more. */
const DRIFT = 210e-6;
/** The server states whole milliseconds. */
const SERVER_STEP_MS = 1;
/** Above this uncertainty a time is bounded, not trusted. */
const TRUSTED_WITHIN_MS = 2_000;
/** What the two clocks may differ by between two looks without a jump: rounding, and a wall clock that is being slewed. */
const SLEW = 1e-3;
const ROUNDING_MS = 100;
const EARLIEST_MS = 946_684_800_000;
const LATEST_MS = 4_102_444_800_000;

interface Look {
  readonly wallMs: number;
  readonly monoMs: number;
}

export class TrustedTime {
  readonly #clock: Clock;
  #anchor: TimeAnchor | null;
  #last: Look | null = null;
  /** The monotonic clock went back: what it says is not time since the anchor. */
  #isMonoBroken = false;
  /** What the wall clock gained on the monotonic one since the anchor: time that it may have missed, as in a pause. */
  #perhapsMissedMs = 0;

  constructor(clock: Clock, anchor: TimeAnchor | null) {
    this.#clock = clock;
    this.#anchor = anchor;
  }

  get anchor(): TimeAnchor | null {
    return this.#anchor;
  }

  /** Takes a verified server time; a worse one than what is known is not taken, unless what is known contradicts it. */
  take(sample: TimeSample): void {
    const { serverMs, sentMonoMs, receivedMonoMs } = sample;
    const known = this.#known();
    if (receivedMonoMs < sentMonoMs) return;
    // The round trip was measured by a clock that may itself run slow.
    const uncertaintyMs = ((receivedMonoMs - sentMonoMs) * (1 + DRIFT) + SERVER_STEP_MS) / 2;
    if (known !== null) {
      const knownUncertaintyMs = this.#uncertaintyMs(known, receivedMonoMs);
      const apartMs = Math.abs(estimateMs(known, receivedMonoMs) - (serverMs + uncertaintyMs));
      const agrees = apartMs <= knownUncertaintyMs + uncertaintyMs;
      if (agrees && knownUncertaintyMs < uncertaintyMs) return;
    }
    this.#isMonoBroken = false;
    this.#perhapsMissedMs = 0;
    this.#anchor = {
      serverMs: serverMs + uncertaintyMs,
      monoMs: receivedMonoMs,
      bootId: this.#clock.bootId,
      uncertaintyMs,
    };
  }

  /** The true UTC time as far as it can be known in this boot; null before the server was heard. */
  trustedNowMs(): number | null {
    const known = this.#known();
    return known === null ? null : Math.round(estimateMs(known, this.#clock.monoMs()));
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
    const known = this.#known();
    if (known === null) {
      // The server signed its time before this boot, so it is not earlier now; more is not known.
      const anchor = this.#anchor;
      const earliestMs = anchor === null ? null : clamp(Math.floor(anchor.serverMs - anchor.uncertaintyMs));
      const atMs = clamp(Math.max(this.#clock.wallMs(), earliestMs ?? EARLIEST_MS));
      return { atMs, time: { quality: 'unverified', earliestMs, latestMs: null } };
    }
    const monoMs = this.#clock.monoMs();
    const uncertaintyMs = this.#uncertaintyMs(known, monoMs);
    const atMs = estimateMs(known, monoMs);
    const latestMs = atMs + uncertaintyMs + this.#perhapsMissedMs;
    return {
      atMs: clamp(atMs),
      time: {
        quality: uncertaintyMs + this.#perhapsMissedMs <= TRUSTED_WITHIN_MS ? 'trusted' : 'bounded',
        earliestMs: clamp(Math.floor(atMs - uncertaintyMs)),
        latestMs: clamp(Math.ceil(latestMs)),
      },
    };
  }

  /** The anchor, as far as this boot's monotonic clock still counts from it. */
  #known(): TimeAnchor | null {
    this.#look();
    const anchor = this.#anchor;
    if (anchor?.bootId !== this.#clock.bootId || this.#isMonoBroken) return null;
    return anchor;
  }

  #look(): void {
    const now = { wallMs: this.#clock.wallMs(), monoMs: this.#clock.monoMs() };
    const last = this.#last;
    this.#last = now;
    if (last === null) {
      // The first look of this process: of the time since the anchor only the monotonic clock is known.
      const anchor = this.#anchor;
      this.#isMonoBroken = anchor?.bootId === this.#clock.bootId && now.monoMs < anchor.monoMs;
      return;
    }
    const elapsedMs = now.monoMs - last.monoMs;
    // A monotonic clock that went back is another boot, whatever its id says, also once it has caught up again.
    if (elapsedMs < 0) this.#isMonoBroken = true;
    const gainedMs = now.wallMs - last.wallMs - elapsedMs;
    if (gainedMs > ROUNDING_MS + Math.max(0, elapsedMs) * SLEW) this.#perhapsMissedMs += gainedMs;
  }

  #uncertaintyMs(anchor: TimeAnchor, monoMs: number): number {
    return anchor.uncertaintyMs + (monoMs - anchor.monoMs) * DRIFT;
  }
}

function estimateMs(anchor: TimeAnchor, monoMs: number): number {
  return anchor.serverMs + monoMs - anchor.monoMs;
}

function clamp(ms: number): number {
  return Math.round(Math.min(Math.max(ms, EARLIEST_MS), LATEST_MS));
}
