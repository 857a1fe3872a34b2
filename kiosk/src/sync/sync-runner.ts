// Performs what shared/src/sync decides: one request at a time, the journal as the only memory. It reads unsent events
// anew for every batch, so an answer that was lost costs nothing but another try.
import { toBase64 } from '@hazri/shared/crypto/encoding';
import {
  type DeviceConfig,
  type EnrolmentTicket,
  type EventsRequest,
  MAX_BATCH_EVENTS,
  type HeartbeatRequest,
  type Outcome,
} from '@hazri/shared/protocol/device';
import { PROTOCOL_VERSION } from '@hazri/shared/protocol/primitives';
import { assertNever } from '@hazri/shared/result';
import { type Head, compareHeads } from '@hazri/shared/sync/heads';
import {
  type EpochReason,
  type SyncCommand,
  type SyncEvent,
  type SyncState,
  initialSyncState,
  nextTickMs,
  stepSync,
} from '@hazri/shared/sync/machine';
import type { Journal, Unsent } from '../journal/journal.js';
import type { DeviceClient } from './device-client.js';
import type { ClientFailure } from './pinned-http.js';

export type SyncProblem = 'CERTIFICATE_WRONG' | 'DEVICE_REVOKED' | 'TABLET_TOO_OLD';

export interface SyncStatus {
  readonly online: boolean;
  readonly problem: SyncProblem | null;
}

export type CallOff = () => void;

/** What the runner needs of the tablet around it. */
export interface SyncSurroundings {
  readonly journal: Journal;
  readonly client: Pick<DeviceClient, 'heartbeat' | 'sendEvents'>;
  /** Any clock that never goes back, in ms. */
  readonly monoMs: () => number;
  /** Does `work` once after so many ms, unless it is called off. */
  readonly after: (waitMs: number, work: () => void) => CallOff;
  /** 0 to 1. */
  readonly random: () => number;
  readonly describe: () => Pick<
    HeartbeatRequest,
    'appVersion' | 'configVersion' | 'camera' | 'models' | 'wallMs' | 'problem'
  >;
  /** Records why a new epoch begins, in the journal. False when that could not be recorded. */
  readonly startEpoch: (reason: EpochReason) => boolean;
  readonly onConfig: (config: DeviceConfig) => void;
  readonly onEnrolment: (ticket: EnrolmentTicket | null) => void;
  readonly onStatus: (status: SyncStatus) => void;
  /** The server took events. */
  readonly onSent: () => void;
}

interface Waiter {
  readonly head: Head;
  readonly settle: (outcome: Outcome | null) => void;
}

export class SyncRunner {
  readonly #around: SyncSurroundings;
  readonly #waiters = new Set<Waiter>();
  #state: SyncState;
  #status: SyncStatus = { online: false, problem: null };
  #callOffTick: CallOff = () => undefined;
  /** What the last request was about. */
  #epochUnderWay = 0;
  #stopped = false;
  #underWay: Promise<void> = Promise.resolve();

  constructor(around: SyncSurroundings) {
    this.#around = around;
    this.#state = initialSyncState(around.monoMs());
  }

  get status(): SyncStatus {
    return this.#status;
  }

  start(): void {
    this.#tick();
  }

  /** Resolves when nothing is under way any more; unsent events stay in the journal. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#callOffTick();
    for (const waiter of this.#waiters) waiter.settle(null);
    await this.#underWay;
  }

  /** Sends a recorded event now and waits for the server's word; null when none came in time. */
  decide(head: Head, timeoutMs: number): Promise<Outcome | null> {
    return new Promise((resolve) => {
      const waiter: Waiter = {
        head,
        settle: (outcome) => {
          callOff();
          this.#waiters.delete(waiter);
          resolve(outcome);
        },
      };
      const callOff = this.#around.after(timeoutMs, () => {
        waiter.settle(null);
      });
      this.#waiters.add(waiter);
      this.#dispatch({ name: 'appended', nowMs: this.#around.monoMs() });
    });
  }

  #tick(): void {
    const { unsent } = this.#around.journal.queue();
    this.#dispatch({ name: 'tick', nowMs: this.#around.monoMs(), unsent });
  }

  #dispatch(event: SyncEvent): void {
    if (this.#stopped) return;
    const { state, command } = stepSync(this.#state, event);
    this.#state = state;
    // A failed attempt answers those who wait at once: their punch is recorded, and nobody should stand and wait.
    if (state.name === 'backing-off' || state.name === 'barred') this.#releaseWaiters();
    this.#perform(command);
    this.#callOffTick();
    const atMs = nextTickMs(this.#state);
    if (atMs === null) return;
    this.#callOffTick = this.#around.after(Math.max(0, atMs - this.#around.monoMs()), () => {
      this.#tick();
    });
  }

  #releaseWaiters(): void {
    for (const waiter of this.#waiters) waiter.settle(null);
  }

  #perform(command: SyncCommand): void {
    switch (command.name) {
      case 'none':
        return;
      case 'greet':
        this.#underWay = this.#greet();
        return;
      case 'send':
        this.#underWay = this.#send();
        return;
      case 'rewind':
        this.#around.journal.rewind(this.#around.journal.head.epoch, command.seq);
        this.#underWay = this.#send();
        return;
      case 'start-epoch':
        this.#leaveEpoch(command.reason);
        return;
      default:
        assertNever(command);
    }
  }

  /** An epoch that is over anyway needs no successor: what the server refuses of it is held back, the rest goes on. */
  #leaveEpoch(reason: EpochReason): void {
    const { journal } = this.#around;
    const epoch = this.#epochUnderWay;
    if (epoch < journal.head.epoch) journal.holdBackFrom(epoch, journal.acknowledgedSeq(epoch) + 1);
    else this.#around.startEpoch(reason);
  }

  async #greet(): Promise<void> {
    const { journal, client, describe } = this.#around;
    const { epoch, seq, hash } = journal.head;
    this.#epochUnderWay = epoch;
    const queue = journal.queue();
    const reply = await client.heartbeat({
      ...describe(),
      protocol: PROTOCOL_VERSION,
      epoch,
      headSeq: seq,
      headHash: hash,
      unsent: queue.unsent,
      oldestUnsentAtMs: queue.oldestUnsentAtMs,
    });
    if (this.#stopped) return;
    if (!reply.ok) {
      this.#fail(reply.error);
      return;
    }
    this.#setStatus({ online: true, problem: null });
    const relation = compareHeads({
      server: reply.value.acked,
      local:
        journal.head.epoch === epoch
          ? { epoch, seq: journal.head.seq, hash: journal.head.hash }
          : { epoch, seq, hash },
      acknowledgedSeq: journal.acknowledgedSeq(epoch),
      hashAt: (at) => journal.hashAt(epoch, at),
    });
    if (reply.value.config !== null) this.#around.onConfig(reply.value.config);
    this.#around.onEnrolment(reply.value.enrolment);
    const { unsent } = journal.queue();
    this.#dispatch({ name: 'greeted', ...this.#now(), unsent, relation });
  }

  async #send(): Promise<void> {
    const { journal, client } = this.#around;
    const batch = journal.unsent(MAX_BATCH_EVENTS);
    const request = batch === null ? null : eventsRequest(batch);
    if (request === null) {
      this.#dispatch({ name: 'acknowledged', ...this.#now(), unsent: 0, progressed: true });
      return;
    }
    this.#epochUnderWay = request.epoch;
    const reply = await client.sendEvents(request);
    if (this.#stopped) return;
    if (!reply.ok) {
      if (reply.error.kind === 'refused' && reply.error.code === 'EVENT_GAP')
        this.#rewindTo(reply.error.acked);
      this.#fail(reply.error);
      return;
    }
    this.#setStatus({ online: true, problem: null });
    const taken = journal.acknowledge(reply.value);
    if (!taken.ok && taken.error === 'DISK_FULL') {
      // What was decided is told all the same; the events go again and are answered as now.
      this.#answer(reply.value.epoch, reply.value.outcomes);
      this.#dispatch({
        name: 'acknowledged',
        ...this.#now(),
        unsent: journal.queue().unsent,
        progressed: false,
      });
      return;
    }
    if (!taken.ok) {
      // A signed acknowledgement of an event that is not ours: the server holds another history of this epoch.
      this.#dispatch({ name: 'refused', ...this.#now(), code: 'EVENT_FORK', retryAfterMs: null });
      return;
    }
    this.#answer(reply.value.epoch, reply.value.outcomes);
    this.#around.onSent();
    const { unsent } = journal.queue();
    this.#dispatch({ name: 'acknowledged', ...this.#now(), unsent, progressed: taken.value.progressed });
  }

  /** The hint is not signed: believed only so far as to send again what was sent before. */
  #rewindTo(acked: Head | null): void {
    if (acked === null) return;
    const { journal } = this.#around;
    const isOurs = acked.seq === 0 || journal.hashAt(acked.epoch, acked.seq) === acked.hash;
    if (isOurs) journal.rewind(acked.epoch, acked.seq);
  }

  #answer(epoch: number, outcomes: readonly { seq: number; outcome: Outcome }[]): void {
    for (const waiter of this.#waiters) {
      if (waiter.head.epoch !== epoch) continue;
      const found = outcomes.find(({ seq }) => seq === waiter.head.seq);
      if (found !== undefined) waiter.settle(found.outcome);
    }
  }

  #fail(failure: ClientFailure): void {
    switch (failure.kind) {
      case 'lost':
        this.#setStatus({ online: false, problem: this.#status.problem });
        this.#dispatch({ name: 'lost', ...this.#now() });
        return;
      case 'untrusted':
        this.#setStatus({ online: false, problem: 'CERTIFICATE_WRONG' });
        this.#dispatch({ name: 'lost', ...this.#now() });
        return;
      case 'refused': {
        const { code, retryAfterMs } = failure;
        this.#dispatch({ name: 'refused', ...this.#now(), code, retryAfterMs });
        const problem = this.#state.name === 'barred' ? this.#state.reason : null;
        this.#setStatus({ online: false, problem });
        return;
      }
      default:
        assertNever(failure);
    }
  }

  #now(): { nowMs: number; jitter: number } {
    return { nowMs: this.#around.monoMs(), jitter: this.#around.random() };
  }

  #setStatus(status: SyncStatus): void {
    const same = status.online === this.#status.online && status.problem === this.#status.problem;
    this.#status = status;
    if (!same) this.#around.onStatus(status);
  }
}

function eventsRequest(batch: Unsent): EventsRequest | null {
  const last = batch.events.at(-1);
  if (last === undefined) return null;
  return {
    protocol: PROTOCOL_VERSION,
    epoch: batch.epoch,
    events: batch.events.map(({ bytes, box }) => ({
      bytes: toBase64(bytes),
      box: box === null ? null : toBase64(box),
    })),
    head: { seq: last.seq, hash: last.hash, signature: toBase64(last.headSignature) },
  };
}
