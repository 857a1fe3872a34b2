// Decides what the tablet's sync does next: pure, with time and randomness passed in. It performs nothing.
// Invariants and what holds each of them: SPEC.md.
//
//            tick(due) / appended               relation agrees
//   ┌──────┐ ───────────────────▶ ┌──────────┐ ───────────────▶ ┌──────┐  tick(unsent) / appended
//   │ idle │                      │ greeting │                  │ idle │ ────────────┐
//   └──────┘ ◀─────────────────── └──────────┘ ◀──── time up ┐  └──────┘             ▼
//       ▲      nothing left          ▲    │ lost, busy       │               ┌─────────┐ acknowledged,
//       │                            │    ▼                  │               │ sending │ more to send ─┐
//       │        appended (a person  │ ┌─────────────┐       │               └─────────┘ ◀─────────────┘
//       │        waits) / time up ───┴─│ backing-off │ ◀─────┼── lost, busy, gap, fork, no progress ─┘
//       │                              └─────────────┘       │
//       └── acknowledged, none left    ┌────────┐            │
//                                      │ barred │ ───────────┘   revoked or too old: asks again, slowly
//                                      └────────┘
import type { DeviceErrorCode } from '../protocol/device.js';
import { backoffMs } from './backoff.js';
import type { HeadRelation } from './heads.js';

export const HEARTBEAT_MS = 2_000;
export const BARRED_PROBE_MS = 60_000;

export type BarReason = 'DEVICE_REVOKED' | 'TABLET_TOO_OLD';

export type SyncState =
  | { readonly name: 'idle'; readonly heartbeatAtMs: number }
  | { readonly name: 'greeting'; readonly attempt: number }
  | { readonly name: 'sending'; readonly heartbeatAtMs: number; readonly attempt: number }
  | {
      readonly name: 'backing-off';
      readonly untilMs: number;
      readonly attempt: number;
      /** The server named the time: not even a waiting person shortens it. */
      readonly ordered: boolean;
    }
  | { readonly name: 'barred'; readonly reason: BarReason; readonly untilMs: number };

export type SyncEvent =
  | { readonly name: 'tick'; readonly nowMs: number; readonly unsent: number }
  | { readonly name: 'appended'; readonly nowMs: number }
  | {
      readonly name: 'greeted';
      readonly nowMs: number;
      readonly unsent: number;
      readonly relation: HeadRelation;
      readonly jitter: number;
    }
  | {
      readonly name: 'acknowledged';
      readonly nowMs: number;
      readonly unsent: number;
      /** False when the server answered well but took nothing. */
      readonly progressed: boolean;
      readonly jitter: number;
    }
  /** No answer that can be believed: what was sent may or may not have arrived. */
  | { readonly name: 'lost'; readonly nowMs: number; readonly jitter: number }
  | {
      readonly name: 'refused';
      readonly nowMs: number;
      readonly code: DeviceErrorCode | 'UNKNOWN';
      readonly retryAfterMs: number | null;
      readonly jitter: number;
    };

export type EpochReason = 'restored' | 'fork';

export type SyncCommand =
  | { readonly name: 'none' }
  | { readonly name: 'greet' }
  | { readonly name: 'send' }
  /** Forget acknowledgements beyond `seq`, so that the events are sent again. */
  | { readonly name: 'rewind'; readonly seq: number; readonly then: 'send' }
  | { readonly name: 'start-epoch'; readonly reason: EpochReason };

export interface SyncStep {
  readonly state: SyncState;
  readonly command: SyncCommand;
}

type StateOf<N extends SyncState['name']> = Extract<SyncState, { name: N }>;
type EventOf<N extends SyncEvent['name']> = Extract<SyncEvent, { name: N }>;
type Table = {
  readonly [S in SyncState['name']]: {
    readonly [E in SyncEvent['name']]: (state: StateOf<S>, event: EventOf<E>) => SyncStep;
  };
};

const NONE: SyncCommand = { name: 'none' };
const stay = (state: SyncState): SyncStep => ({ state, command: NONE });
const greet = (attempt: number): SyncStep => ({
  state: { name: 'greeting', attempt },
  command: { name: 'greet' },
});

const send = (heartbeatAtMs: number): SyncStep => ({
  state: { name: 'sending', heartbeatAtMs, attempt: 0 },
  command: { name: 'send' },
});

function backOff(
  nowMs: number,
  attempt: number,
  jitter: number,
  options: { retryAfterMs?: number | null; command?: SyncCommand } = {},
): SyncStep {
  const retryAfterMs = options.retryAfterMs ?? null;
  return {
    state: {
      name: 'backing-off',
      untilMs: nowMs + backoffMs(attempt, jitter, retryAfterMs),
      attempt,
      ordered: retryAfterMs !== null,
    },
    command: options.command ?? NONE,
  };
}

type Verdict = 'again' | 'compare' | 'new-epoch' | BarReason;

/** What each refusal means for the queue. Nothing here ever drops an event. */
const VERDICTS: Record<DeviceErrorCode | 'UNKNOWN', Verdict> = {
  DEVICE_UNKNOWN: 'DEVICE_REVOKED',
  DEVICE_REVOKED: 'DEVICE_REVOKED',
  DEVICE_SIGNATURE_INVALID: 'again',
  DEVICE_CLOCK_SKEW: 'again',
  DEVICE_NONCE_REUSED: 'again',
  PAIRING_CODE_INVALID: 'again',
  PAIRING_THROTTLED: 'again',
  PAIRING_KEY_REFUSED: 'again',
  PROTOCOL_UNSUPPORTED: 'TABLET_TOO_OLD',
  EVENT_MALFORMED: 'new-epoch',
  EVENT_FOREIGN: 'new-epoch',
  EVENT_TAMPERED: 'new-epoch',
  EVENT_GAP: 'compare',
  EVENT_FORK: 'new-epoch',
  REQUEST_INVALID: 'again',
  SERVER_BUSY: 'again',
  UNKNOWN: 'again',
};

function afterRefusal(attempt: number, event: EventOf<'refused'>, sentEvents: boolean): SyncStep {
  const { nowMs, code, retryAfterMs, jitter } = event;
  const verdict = VERDICTS[code];
  switch (verdict) {
    case 'DEVICE_REVOKED':
    case 'TABLET_TOO_OLD':
      return stay({ name: 'barred', reason: verdict, untilMs: nowMs + BARRED_PROBE_MS * (0.5 + jitter) });
    case 'new-epoch':
      // Only a refusal of events says anything about the chain.
      return sentEvents
        ? backOff(nowMs, attempt, jitter, { retryAfterMs, command: { name: 'start-epoch', reason: 'fork' } })
        : backOff(nowMs, attempt, jitter, { retryAfterMs });
    case 'compare':
    case 'again':
      return backOff(nowMs, attempt, jitter, { retryAfterMs });
  }
}

function afterGreeting(state: StateOf<'greeting'>, event: EventOf<'greeted'>): SyncStep {
  const { nowMs, unsent, relation, jitter } = event;
  const heartbeatAtMs = nowMs + HEARTBEAT_MS;
  switch (relation.kind) {
    case 'agrees':
      return unsent > 0
        ? { state: { name: 'sending', heartbeatAtMs, attempt: state.attempt }, command: { name: 'send' } }
        : stay({ name: 'idle', heartbeatAtMs });
    case 'server-behind':
      return {
        state: { name: 'sending', heartbeatAtMs, attempt: state.attempt },
        command: { name: 'rewind', seq: relation.serverSeq, then: 'send' },
      };
    case 'server-ahead':
    case 'differs':
      return backOff(nowMs, state.attempt + 1, jitter, {
        command: { name: 'start-epoch', reason: relation.kind === 'differs' ? 'fork' : 'restored' },
      });
  }
}

/** Every state answers every event; a missing pair does not compile. */
const TABLE: Table = {
  idle: {
    tick: (state, { nowMs, unsent }) => {
      if (nowMs >= state.heartbeatAtMs) return greet(0);
      return unsent > 0 ? send(state.heartbeatAtMs) : stay(state);
    },
    appended: (state) => send(state.heartbeatAtMs),
    greeted: stay,
    acknowledged: stay,
    lost: stay,
    refused: stay,
  },
  greeting: {
    tick: stay,
    appended: stay,
    greeted: afterGreeting,
    acknowledged: stay,
    lost: (state, { nowMs, jitter }) => backOff(nowMs, state.attempt + 1, jitter),
    refused: (state, event) => afterRefusal(state.attempt + 1, event, false),
  },
  sending: {
    tick: stay,
    appended: stay,
    greeted: stay,
    acknowledged: (state, { nowMs, unsent, progressed, jitter }) => {
      if (!progressed) return backOff(nowMs, state.attempt + 1, jitter);
      if (unsent === 0) return stay({ name: 'idle', heartbeatAtMs: state.heartbeatAtMs });
      return nowMs >= state.heartbeatAtMs ? greet(0) : send(state.heartbeatAtMs);
    },
    lost: (state, { nowMs, jitter }) => backOff(nowMs, state.attempt + 1, jitter),
    refused: (state, event) => afterRefusal(state.attempt + 1, event, true),
  },
  'backing-off': {
    tick: (state, { nowMs }) => (nowMs >= state.untilMs ? greet(state.attempt) : stay(state)),
    appended: (state, { nowMs }) =>
      state.ordered && nowMs < state.untilMs ? stay(state) : greet(state.attempt),
    greeted: stay,
    acknowledged: stay,
    lost: stay,
    refused: stay,
  },
  barred: {
    tick: (state, { nowMs }) => (nowMs >= state.untilMs ? greet(0) : stay(state)),
    appended: stay,
    greeted: stay,
    acknowledged: stay,
    lost: stay,
    refused: stay,
  },
};

/** Nothing is sent before the heads were compared, so every start begins by greeting. */
export const initialSyncState = (nowMs: number): SyncState => ({
  name: 'backing-off',
  untilMs: nowMs,
  attempt: 0,
  ordered: false,
});

export function stepSync(state: SyncState, event: SyncEvent): SyncStep {
  // The table is total by construction; only the compiler's view of the pair is lost in this lookup.
  const handler = TABLE[state.name][event.name] as (state: SyncState, event: SyncEvent) => SyncStep;
  return handler(state, event);
}

/** When the machine wants its next tick, in ms; null while an answer is awaited. */
export function nextTickMs(state: SyncState): number | null {
  switch (state.name) {
    case 'idle':
      return state.heartbeatAtMs;
    case 'backing-off':
    case 'barred':
      return state.untilMs;
    case 'greeting':
    case 'sending':
      return null;
  }
}
