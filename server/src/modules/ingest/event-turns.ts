// Lets one request of a device in after the other, and only so many requests at all: beyond that a tablet is told when to
// come back, keeps its events and loses nothing. Backlogs may take a few places only, so that whoever stands before a
// tablet is answered while others catch up after an outage.
import { type Result, err, ok } from '@hazri/shared/result';

const WAITING_AT_MOST = 256;
/** A request with more events than a person leaves behind is a backlog. */
const LIVE_EVENTS = 8;
const BACKLOGS_AT_MOST = 4;
const FIRST_RETRY_SEC = 2;
const LONGEST_RETRY_SEC = 30;
/** Who was sent away longer ago than this is not waited for any more. */
const FORGET_AFTER_MS = 2 * LONGEST_RETRY_SEC * 1000;
const REMEMBERED_AT_MOST = 10_000;

export interface Turn {
  readonly deviceId: string;
  /** How many events the request carries. */
  readonly events: number;
}

export interface Busy {
  readonly code: 'SERVER_BUSY';
  /** The longer, the more tablets wait: they are to come one after the other, not all at once. */
  readonly retryAfterSec: number;
}

export class EventTurns {
  private waiting = 0;
  private backlogs = 0;
  private readonly tails = new Map<string, Promise<unknown>>();
  /** When each device was last sent away, in order. */
  private readonly sentAway = new Map<string, number>();

  constructor(private readonly nowMs: () => number) {}

  async run<T>({ deviceId, events }: Turn, work: () => Promise<T>): Promise<Result<T, Busy>> {
    const isBacklog = events > LIVE_EVENTS;
    if (this.waiting >= WAITING_AT_MOST || (isBacklog && this.backlogs >= BACKLOGS_AT_MOST)) {
      return err(this.sendAway(deviceId));
    }
    this.sentAway.delete(deviceId);
    this.waiting += 1;
    if (isBacklog) this.backlogs += 1;
    const before = this.tails.get(deviceId) ?? Promise.resolve();
    const turn = before.then(work, work);
    const tail = turn.catch(() => undefined);
    this.tails.set(deviceId, tail);
    try {
      return ok(await turn);
    } finally {
      this.waiting -= 1;
      if (isBacklog) this.backlogs -= 1;
      if (this.tails.get(deviceId) === tail) this.tails.delete(deviceId);
    }
  }

  private sendAway(deviceId: string): Busy {
    const nowMs = this.nowMs();
    this.sentAway.delete(deviceId);
    this.sentAway.set(deviceId, nowMs);
    for (const [id, atMs] of this.sentAway) {
      if (nowMs - atMs < FORGET_AFTER_MS && this.sentAway.size <= REMEMBERED_AT_MOST) break;
      this.sentAway.delete(id);
    }
    const retryAfterSec = FIRST_RETRY_SEC + Math.ceil(this.sentAway.size / BACKLOGS_AT_MOST);
    return { code: 'SERVER_BUSY', retryAfterSec: Math.min(retryAfterSec, LONGEST_RETRY_SEC) };
  }
}
