// Limits how often something may be guessed. An attempt is counted before its secret is looked at, so that many at once
// cannot slip past the limit; what succeeds is taken back out of the count.
import { randomUUID } from 'node:crypto';
import { type Result, err, ok } from '@hazri/shared/result';
import type { Clock } from '../clock/clock.js';
import type { UnitOfWork } from '../database/unit-of-work.js';

/** Every method runs inside the caller's unit of work. */
export interface AttemptStore {
  /** Keeps others from counting in this bucket until the unit of work ends. */
  lock(bucket: string): Promise<void>;
  /** Attempts after `sinceMs`, oldest first. */
  instants(bucket: string, sinceMs: number): Promise<number[]>;
  add(attempt: { readonly id: string; readonly bucket: string; readonly atMs: number }): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  clear(bucket: string): Promise<void>;
  forgetBefore(atMs: number): Promise<void>;
}

export interface ThrottlePolicy {
  /** Attempts older than this do not count. */
  readonly windowMs: number;
  /** From when on the next attempt is let through, given the counted ones; in the past when it is free now. */
  nextAtMs(instants: readonly number[], nowMs: number): number;
}

export interface Limit {
  readonly bucket: string;
  readonly policy: ThrottlePolicy;
}

/** An attempt that was let through and counts as failed until it is said to have succeeded. */
export interface Admission {
  /** Counted attempts per limit, this one included, in the order of the limits. */
  readonly counts: readonly number[];
  readonly ids: readonly string[];
}

/** How long any attempt is remembered. */
const REMEMBER_MS = 90 * 86_400_000;

export class Throttle {
  constructor(
    private readonly store: AttemptStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Counts one attempt in every bucket, or in none of them when one refuses. */
  admit(limits: readonly Limit[]): Promise<Result<Admission, { readonly retryAfterMs: number }>> {
    return this.unitOfWork.run(async () => {
      const nowMs = this.clock.nowMs();
      const counts: number[] = [];
      let retryAfterMs = 0;
      // Always in the same order, so that two requests never wait for each other's bucket.
      for (const { bucket } of [...limits].sort((a, b) => (a.bucket < b.bucket ? -1 : 1))) {
        await this.store.lock(bucket);
      }
      for (const { bucket, policy } of limits) {
        const instants = await this.store.instants(bucket, nowMs - policy.windowMs);
        retryAfterMs = Math.max(retryAfterMs, policy.nextAtMs(instants, nowMs) - nowMs);
        counts.push(instants.length + 1);
      }
      if (retryAfterMs > 0) return err({ retryAfterMs });
      const attempts = limits.map(({ bucket }) => ({ id: randomUUID(), bucket, atMs: nowMs }));
      for (const attempt of attempts) await this.store.add(attempt);
      return ok({ counts, ids: attempts.map((attempt) => attempt.id) });
    });
  }

  /** Takes the attempt back out of every count. */
  async forgive(admission: Admission): Promise<void> {
    await this.unitOfWork.run(() => this.store.remove(admission.ids));
  }

  /** Starts the bucket anew, for example after the secret was changed. */
  async clear(bucket: string): Promise<void> {
    await this.unitOfWork.run(() => this.store.clear(bucket));
  }

  async forgetOld(): Promise<void> {
    await this.unitOfWork.run(() => this.store.forgetBefore(this.clock.nowMs() - REMEMBER_MS));
  }
}

/** At most `most` attempts in any window. */
export function atMost(most: number, windowMs: number): ThrottlePolicy {
  return {
    windowMs,
    nextAtMs: (instants) => {
      const oldestThatCounts = instants.at(-most);
      return oldestThatCounts === undefined ? 0 : oldestThatCounts + windowMs;
    },
  };
}

/** `free` attempts, then a wait that doubles from `firstMs` to `longestMs`; never locked for good. */
export function risingDelay(policy: {
  readonly free: number;
  readonly firstMs: number;
  readonly longestMs: number;
  readonly windowMs: number;
}): ThrottlePolicy {
  return {
    windowMs: policy.windowMs,
    nextAtMs: (instants) => {
      const last = instants.at(-1);
      const over = instants.length - policy.free;
      if (last === undefined || over < 0) return 0;
      return last + Math.min(policy.firstMs * 2 ** over, policy.longestMs);
    },
  };
}

/** `most` attempts at all; only `clear` lets another one through. */
export function untilCleared(most: number): ThrottlePolicy {
  return {
    windowMs: REMEMBER_MS,
    nextAtMs: (instants, nowMs) => (instants.length >= most ? nowMs + REMEMBER_MS : 0),
  };
}

/** Counts without ever refusing, for alerts. */
export const countOnly = (windowMs: number): ThrottlePolicy => ({ windowMs, nextAtMs: () => 0 });

/** One bucket per client: an IPv4 address, or the /64 network that an IPv6 client can choose from freely. */
export function addressBucket(purpose: string, address: string): string {
  return `${purpose}|${address.includes(':') ? networkOf(address) : address}`;
}

function networkOf(address: string): string {
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const left = head.split(':').filter((group) => group !== '');
  const right = (tail ?? '').split(':').filter((group) => group !== '');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right];
  const first64 = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${first64.join(':')}::/64`;
}
