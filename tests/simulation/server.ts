// The real core of ingest (checking, storing once, forks, acknowledgements, turns) over tables in memory, as two server
// processes that share them. What a punch means to attendance is reduced to one row for each accepted event.
import type { DeviceErrorCode, EventsRequest, EventsResponse } from '@hazri/shared/protocol/device';
import type { DeviceEvent } from '@hazri/shared/protocol/event';
import type { Head } from '@hazri/shared/sync/heads';
import { AcceptEvents, type DeviceSignatureCheck } from '../../server/src/modules/ingest/accept-events.js';
import type { Decided } from '../../server/src/modules/ingest/decided.js';
import { EventTurns } from '../../server/src/modules/ingest/event-turns.js';
import type { EventContext, Prepared } from '../../server/src/modules/ingest/prepare-event.js';
import { StoreEvents } from '../../server/src/modules/ingest/store-events.js';
import type { DevicePrincipal } from '../../server/src/platform/http/principal.js';
import type { Random } from './random.js';
import { type CommitFate, ServerStore } from './server-store.js';
import { isKeyedSignature, keyedSignature } from './signing.js';
import type { Timeline } from './timeline.js';

export const TENANT = '00000000-0000-4000-8000-00000000aaaa';
export const SERVER_KEY = 'server';
/** When the simulated fleet begins its day, UTC ms. */
export const START_MS = 1_760_000_000_000;
const NODES = 2;

export interface Refused {
  readonly code: DeviceErrorCode;
  readonly retryAfterMs: number | null;
  readonly acked: Head | null;
}

export type ServerAnswer = { readonly ok: EventsResponse } | { readonly refused: Refused };

interface Node {
  readonly accept: AcceptEvents;
  readonly turns: EventTurns;
}

const nobody = { templateId: null, candidate: null, confirmed: null };

export class SimulatedServer {
  readonly store: ServerStore;
  /** How the next writes end; what is not named commits. */
  readonly fates: CommitFate[] = [];
  isBusy = false;
  isGalleryReady = true;
  readonly revoked = new Set<string>();
  #life = 0;
  #nodes: Node[] = [];

  constructor(
    private readonly timeline: Timeline,
    private readonly random: Random,
    private readonly verifies: DeviceSignatureCheck = isKeyedSignature,
  ) {
    this.store = new ServerStore(() => this.fates.shift() ?? 'commits');
    this.restart();
  }

  nowMs(): number {
    return START_MS + Math.round(this.timeline.nowMs);
  }

  /** Whatever was under way is gone; what was committed stays. */
  restart(): void {
    this.#life += 1;
    this.#nodes = Array.from({ length: NODES }, () => this.#node(this.#life));
  }

  /** Throws when the process died under the request. */
  async events(by: DevicePrincipal, request: EventsRequest): Promise<ServerAnswer> {
    const life = this.#life;
    if (this.revoked.has(by.deviceId)) return refused('DEVICE_REVOKED');
    if (this.isBusy) return refused('SERVER_BUSY', 2_000);
    const node = this.#nodes[this.random.int(NODES)];
    if (node === undefined) throw new Error('no server process');
    const turn = await node.turns.run({ deviceId: by.deviceId, events: request.events.length }, () =>
      node.accept.run(by, request),
    );
    if (life !== this.#life) throw new Error('the process died');
    if (!turn.ok) return refused('SERVER_BUSY', turn.error.retryAfterSec * 1000);
    if (turn.value.ok) return { ok: turn.value.value };
    const { code, acked } = turn.value.error;
    return refused(code, null, acked ?? null);
  }

  async headOf(deviceId: string, epoch: number): Promise<Head | null> {
    const head = await this.store.headOf(TENANT, deviceId, epoch);
    return head === null ? null : { epoch, ...head };
  }

  /** Tries again what could not be decided when it came. */
  async decideUndecided(): Promise<void> {
    const unitOfWork = this.store.unitOfWork(
      () => true,
      () => undefined,
    );
    await unitOfWork.run(async () => {
      for (const stored of await this.store.undecided(10_000)) {
        const event = JSON.parse(stored.canonical) as DeviceEvent;
        const decided = this.#apply(event, prepared(event, stored.box), stored.deviceId);
        await this.store.setOutcomes([{ ...stored, outcome: decided.outcome }]);
        await this.store.dropBox(stored);
      }
    });
  }

  #node(life: number): Node {
    const unitOfWork = this.store.unitOfWork(
      () => life === this.#life,
      () => {
        this.restart();
      },
    );
    const store = new StoreEvents({
      unitOfWork,
      events: this.store,
      prepare: {
        run: ({ event, box }) =>
          Promise.resolve(this.isGalleryReady ? prepared(event, box) : { kind: 'undecided' }),
      },
      apply: {
        run: (event, ready, context) =>
          Promise.resolve(ready.kind === 'undecided' ? null : this.#apply(event, ready, context.device.id)),
      },
      punches: { takeTurns: () => Promise.resolve() },
      logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
    });
    const accept = new AcceptEvents({
      unitOfWork,
      events: this.store,
      store,
      views: {
        of: async (range) => {
          const outcomes = await unitOfWork.run(() => this.store.outcomes(range));
          return Array.from({ length: range.toSeq - range.fromSeq + 1 }, (_, at) => {
            const seq = range.fromSeq + at;
            const outcome = outcomes.get(seq);
            return { seq, outcome: outcome?.kind === 'accepted' ? named(outcome) : { kind: 'stored' } };
          });
        },
      },
      surroundings: { of: () => Promise.resolve(surroundings) },
      exceptions: { open: (what) => this.store.raise(what) },
      signer: { sign: (bytes) => keyedSignature(SERVER_KEY, bytes) },
      verifies: this.verifies,
      clock: { nowMs: () => this.nowMs() },
    });
    return { accept, turns: new EventTurns(() => this.nowMs()) };
  }

  #apply(event: DeviceEvent, ready: Prepared, deviceId: string): Decided {
    if (ready.kind !== 'person') return { outcome: { kind: 'stored' }, displayName: '' };
    const { id, epoch, seq, atMs } = event;
    this.store.addPunch({ eventId: id, person: ready.personId, deviceId, epoch, seq });
    const outcome = { kind: 'accepted', punchId: id, direction: 'in', atMs, workedTodayMin: 0 } as const;
    return { outcome: { ...outcome, personId: ready.personId }, displayName: ready.personId };
  }
}

function prepared(event: DeviceEvent, box: Uint8Array | null): Prepared {
  if (event.type !== 'check-in') return { kind: 'plain' };
  if (box === null) return { kind: 'refused', reason: 'BOX_UNREADABLE' };
  return { kind: 'person', personId: Buffer.from(box).toString(), method: 'face', evidence: nobody };
}

function named(outcome: Extract<Decided['outcome'], { kind: 'accepted' }>) {
  const { personId, ...rest } = outcome;
  return { ...rest, displayName: personId };
}

const surroundings = {
  expected: new Set<string>(),
  site: { id: TENANT, zone: 'Asia/Kolkata' },
  policy: {} as EventContext['policy'],
};

function refused(code: DeviceErrorCode, retryAfterMs: number | null = null, acked: Head | null = null) {
  return { refused: { code, retryAfterMs, acked } };
}
