import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEVICE_ERROR_CODES } from '../protocol/device.js';
import {
  BARRED_PROBE_MS,
  HEARTBEAT_MS,
  type SyncEvent,
  type SyncState,
  initialSyncState,
  nextTickMs,
  stepSync,
} from './machine.js';

const agrees = { kind: 'agrees' } as const;
const greeted = (unsent: number, nowMs = 0): SyncEvent => ({
  name: 'greeted',
  nowMs,
  unsent,
  relation: agrees,
  jitter: 0.5,
});
const idle: SyncState = { name: 'idle', heartbeatAtMs: HEARTBEAT_MS };
const sending: SyncState = { name: 'sending', heartbeatAtMs: HEARTBEAT_MS, attempt: 0 };
const greeting: SyncState = { name: 'greeting', attempt: 0 };

describe('sync machine', () => {
  it('compares heads before it sends anything', () => {
    const start = stepSync(initialSyncState(0), { name: 'tick', nowMs: 0, unsent: 9 });
    expect(start.command).toEqual({ name: 'greet' });
    expect(stepSync(start.state, greeted(9)).command).toEqual({ name: 'send' });
  });

  it('sends a live punch at once and goes back to rest when it is acknowledged', () => {
    const live = stepSync(idle, { name: 'appended', nowMs: 10 });
    expect(live.command).toEqual({ name: 'send' });
    const done = stepSync(live.state, {
      name: 'acknowledged',
      nowMs: 30,
      unsent: 0,
      progressed: true,
      jitter: 0,
    });
    expect(done).toEqual({ state: idle, command: { name: 'none' } });
  });

  it('keeps its heartbeat between the batches of a backlog', () => {
    const event = { name: 'acknowledged', unsent: 500, progressed: true, jitter: 0 } as const;
    expect(stepSync(sending, { ...event, nowMs: 100 }).command).toEqual({ name: 'send' });
    expect(stepSync(sending, { ...event, nowMs: HEARTBEAT_MS }).command).toEqual({ name: 'greet' });
  });

  it('waits longer after each loss and starts over with a comparison', () => {
    let state: SyncState = sending;
    const waits: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      const lost = stepSync(state, { name: 'lost', nowMs: 0, jitter: 1 });
      waits.push(nextTickMs(lost.state) ?? -1);
      const again = stepSync(lost.state, { name: 'tick', nowMs: 100_000, unsent: 1 });
      expect(again.command).toEqual({ name: 'greet' });
      state = again.state;
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000]);
  });

  it('lets a waiting person shorten its own wait but not the one the server ordered', () => {
    const own = stepSync(sending, { name: 'lost', nowMs: 0, jitter: 1 }).state;
    expect(stepSync(own, { name: 'appended', nowMs: 1 }).command).toEqual({ name: 'greet' });
    const ordered = stepSync(sending, {
      name: 'refused',
      nowMs: 0,
      code: 'SERVER_BUSY',
      retryAfterMs: 5_000,
      jitter: 0,
    }).state;
    expect(stepSync(ordered, { name: 'appended', nowMs: 1 }).command).toEqual({ name: 'none' });
    expect(nextTickMs(ordered)).toBeGreaterThanOrEqual(5_000);
  });

  it('does not loop when a server takes nothing', () => {
    const step = stepSync(sending, {
      name: 'acknowledged',
      nowMs: 0,
      unsent: 5,
      progressed: false,
      jitter: 0,
    });
    expect(step.state.name).toBe('backing-off');
  });

  it('sends again from where a restored server stands', () => {
    const step = stepSync(greeting, {
      name: 'greeted',
      nowMs: 0,
      unsent: 0,
      relation: { kind: 'server-behind', serverSeq: 7 },
      jitter: 0,
    });
    expect(step.command).toEqual({ name: 'rewind', seq: 7, then: 'send' });
  });

  it.each([
    ['server-ahead', 'restored'],
    ['differs', 'fork'],
  ] as const)('starts a new epoch when the relation is %s', (kind, reason) => {
    const step = stepSync(greeting, {
      name: 'greeted',
      nowMs: 0,
      unsent: 1,
      relation: { kind },
      jitter: 0,
    });
    expect(step.command).toEqual({ name: 'start-epoch', reason });
    expect(step.state.name).toBe('backing-off');
  });

  it('reads nothing about the chain from a refused heartbeat', () => {
    for (const code of DEVICE_ERROR_CODES) {
      const step = stepSync(greeting, { name: 'refused', nowMs: 0, code, retryAfterMs: null, jitter: 0 });
      expect(step.command).toEqual({ name: 'none' });
    }
  });

  it('asks again slowly after a revocation', () => {
    const step = stepSync(sending, {
      name: 'refused',
      nowMs: 0,
      code: 'DEVICE_REVOKED',
      retryAfterMs: null,
      jitter: 0.5,
    });
    expect(step.state).toEqual({ name: 'barred', reason: 'DEVICE_REVOKED', untilMs: BARRED_PROBE_MS });
    expect(stepSync(step.state, { name: 'appended', nowMs: 1 }).command).toEqual({ name: 'none' });
    expect(stepSync(step.state, { name: 'tick', nowMs: BARRED_PROBE_MS, unsent: 1 }).command).toEqual({
      name: 'greet',
    });
  });

  it('never has two requests under way and never sends unproven, on random walks', () => {
    const anyEvent = fc.oneof(
      fc.record({ name: fc.constant('tick' as const), unsent: fc.nat(3) }),
      fc.record({ name: fc.constant('appended' as const) }),
      fc.record({
        name: fc.constant('answer' as const),
        kind: fc.constantFrom('well', 'lost', 'refused', 'behind', 'ahead', 'stuck'),
        code: fc.constantFrom(...DEVICE_ERROR_CODES),
        unsent: fc.nat(3),
      }),
    );
    const property = fc.property(fc.array(anyEvent, { maxLength: 80 }), (events) => {
      let state = initialSyncState(0);
      let underWay: 'greet' | 'send' | null = null;
      let proven = false;
      let nowMs = 0;
      for (const event of events) {
        nowMs += 700;
        let input: SyncEvent;
        if (event.name !== 'answer') {
          input = event.name === 'tick' ? { ...event, nowMs } : { name: 'appended', nowMs };
        } else {
          if (underWay === null) continue;
          const common = { nowMs, jitter: 0.5, unsent: event.unsent };
          if (event.kind === 'lost') input = { name: 'lost', nowMs, jitter: 0.5 };
          else if (event.kind === 'refused')
            input = { name: 'refused', nowMs, code: event.code, retryAfterMs: null, jitter: 0.5 };
          else if (underWay === 'send')
            input = { name: 'acknowledged', ...common, progressed: event.kind !== 'stuck' };
          else {
            const relation =
              event.kind === 'behind'
                ? ({ kind: 'server-behind', serverSeq: 0 } as const)
                : event.kind === 'ahead'
                  ? ({ kind: 'server-ahead' } as const)
                  : agrees;
            input = { name: 'greeted', ...common, relation };
          }
          if (underWay === 'greet') proven = input.name === 'greeted' && event.kind !== 'ahead';
          else if (input.name !== 'acknowledged' || event.kind === 'stuck') proven = false;
          underWay = null;
        }
        const { state: next, command } = stepSync(state, input);
        state = next;
        if (command.name === 'greet' || command.name === 'send' || command.name === 'rewind') {
          expect(underWay).toBeNull();
          if (command.name !== 'greet') expect(proven).toBe(true);
          underWay = command.name === 'greet' ? 'greet' : 'send';
        }
        expect(nextTickMs(state) === null).toBe(underWay !== null);
      }
    });
    fc.assert(property, { numRuns: 500 });
  });
});
