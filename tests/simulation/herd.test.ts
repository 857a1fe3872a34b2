// Five hundred tablets lose their server for an hour and get it back in the same second: the real runner and the real
// gate over virtual time. They must come one after the other, obey the server, and all be done soon.
import { describe, expect, it } from 'vitest';
import { backoffMs } from '@hazri/shared/sync/backoff';
import {
  type SyncEvent,
  type SyncState,
  initialSyncState,
  nextTickMs,
  stepSync,
} from '@hazri/shared/sync/machine';
import { EventTurns } from '../../server/src/modules/ingest/event-turns.js';
import { Random } from './random.js';
import { Timeline } from './timeline.js';

const TABLETS = 500;
const BATCH = 500;
const BACKLOG = 1_000;
const OUTAGE_MS = 60 * 60_000;
/** What one server stores; a backlog's batch takes its time. */
const EVENTS_PER_SECOND = 2_000;

class Herd {
  readonly timeline = new Timeline();
  readonly random = new Random(11);
  readonly turns = new EventTurns(() => this.timeline.nowMs);
  readonly greetings: number[] = [];
  readonly batches: number[] = [];
  isServerUp = false;
  tooEarly = 0;
  undrained = TABLETS;
  #freeAtMs = 0;

  /** One after the other, as a database writes. */
  store(events: number): Promise<void> {
    this.#freeAtMs = Math.max(this.#freeAtMs, this.timeline.nowMs) + (events / EVENTS_PER_SECOND) * 1_000;
    return new Promise((resolve) => {
      this.timeline.after(this.#freeAtMs - this.timeline.nowMs, resolve);
    });
  }
}

class Tablet {
  #state: SyncState = initialSyncState(0);
  #notBeforeMs = 0;
  #callOff = (): void => undefined;
  unsent = BACKLOG;

  constructor(
    private readonly herd: Herd,
    private readonly id: string,
  ) {}

  dispatch(event: SyncEvent): void {
    const { state, command } = stepSync(this.#state, event);
    this.#state = state;
    if (command.name === 'greet') void this.#greet();
    if (command.name === 'send') void this.#send();
    this.#callOff();
    const { timeline } = this.herd;
    const atMs = nextTickMs(this.#state);
    if (atMs === null) return;
    this.#callOff = timeline.after(atMs - timeline.nowMs, () => {
      this.dispatch({ name: 'tick', nowMs: timeline.nowMs, unsent: this.unsent });
    });
  }

  async #greet(): Promise<void> {
    const { herd } = this;
    await this.#wait(5);
    if (!herd.isServerUp) {
      this.dispatch({ name: 'lost', ...this.#now() });
      return;
    }
    herd.greetings.push(herd.timeline.nowMs);
    this.dispatch({ name: 'greeted', ...this.#now(), unsent: this.unsent, relation: { kind: 'agrees' } });
  }

  async #send(): Promise<void> {
    const { herd } = this;
    const events = Math.min(BATCH, this.unsent);
    if (herd.timeline.nowMs < this.#notBeforeMs) herd.tooEarly += 1;
    herd.batches.push(herd.timeline.nowMs);
    const turn = await herd.turns.run({ deviceId: this.id, events }, () => herd.store(events));
    if (!turn.ok) {
      const retryAfterMs = turn.error.retryAfterSec * 1_000;
      this.#notBeforeMs = herd.timeline.nowMs + retryAfterMs;
      this.dispatch({ name: 'refused', ...this.#now(), code: 'SERVER_BUSY', retryAfterMs });
      return;
    }
    this.unsent -= events;
    if (this.unsent === 0) herd.undrained -= 1;
    this.dispatch({ name: 'acknowledged', ...this.#now(), unsent: this.unsent, progressed: true });
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.herd.timeline.after(ms, resolve);
    });
  }

  #now(): { nowMs: number; jitter: number } {
    return { nowMs: this.herd.timeline.nowMs, jitter: this.herd.random.next() };
  }
}

/** The most that fell into any one second. */
function worstSecond(atMs: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const at of atMs) counts.set(Math.floor(at / 1000), (counts.get(Math.floor(at / 1000)) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

describe('five hundred tablets whose server comes back', () => {
  it('do not come all at once, obey it, and are soon done', async () => {
    const herd = new Herd();
    for (let at = 0; at < TABLETS; at += 1) {
      new Tablet(herd, `tablet-${String(at)}`).dispatch({ name: 'tick', nowMs: 0, unsent: BACKLOG });
    }
    await herd.timeline.runUntil(OUTAGE_MS);
    expect(herd.greetings).toEqual([]);
    herd.isServerUp = true;
    const firstWait = backoffMs(99, 1);
    await herd.timeline.runUntil(OUTAGE_MS + firstWait);
    const comeBack = worstSecond(herd.greetings);
    while (herd.undrained > 0 && herd.timeline.nowMs < 2 * OUTAGE_MS) {
      await herd.timeline.runUntil(herd.timeline.nowMs + 1_000);
    }
    const tookSec = (herd.timeline.nowMs - OUTAGE_MS) / 1_000;
    const alone = (TABLETS * BACKLOG) / EVENTS_PER_SECOND;
    console.log(
      `worst second: ${String(comeBack)} first greetings, ${String(worstSecond(herd.batches))} batches; ` +
        `done in ${tookSec.toFixed(0)} s of ${String(alone)} s that storing alone takes`,
    );
    expect(herd.undrained).toBe(0);
    expect(herd.tooEarly).toBe(0);
    expect(comeBack).toBeLessThan(TABLETS / 8);
    expect(worstSecond(herd.batches)).toBeLessThan(TABLETS / 8);
    expect(tookSec).toBeLessThan(2 * alone);
  });
});
