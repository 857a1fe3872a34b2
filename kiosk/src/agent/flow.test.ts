import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EnrolmentTicket, Outcome } from '@hazri/shared/protocol/device';
import {
  type Answer,
  CAPTURE_LONGEST_MS,
  CONSENT_IDLE_MS,
  type Evidence,
  FACELESS_RESULT_LEAST_MS,
  type Flow,
  type FlowEvent,
  PATIENCE_MS,
  PIN_IDLE_MS,
  PIN_LONGEST_MS,
  RESULT_LEAST_MS,
  type Sight,
  standsMs,
  stepFlow,
} from './flow.js';

const face = { x: 0.3, y: 0.2, width: 0.4, height: 0.5 };
const head = { epoch: 1, seq: 4, hash: 'a'.repeat(64) };
const waiting: Flow = { name: 'waiting' };
const ticket: EnrolmentTicket = {
  ticketId: 't-1',
  employeeId: 'e-1',
  displayName: 'Name',
  employeeCode: 'E-1',
  locale: 'en',
  basis: 'consent',
  expiresAtMs: 1_760_000_000_000,
};
const collecting: Evidence = { kind: 'collecting', progress: 0.4 };

const person = (changes: Partial<NonNullable<Sight['served']>> = {}, othersWait = false): Sight => ({
  served: { trackId: 1, face, hint: null, isDone: false, ...changes },
  othersWait,
});
const nobody: Sight = { served: null, othersWait: false };
const sees = (sight: Sight, nowMs = 0, evidence: Evidence | null = collecting): FlowEvent => ({
  name: 'sight',
  nowMs,
  sight,
  evidence,
});
const answered = (answer: Answer, pinFallback = true, nowMs = 0): FlowEvent => ({
  name: 'answered',
  nowMs,
  answer,
  trackId: 1,
  pinFallback,
});
const says = (outcome: Outcome): Answer => ({ kind: 'outcome', outcome, about: head });
const accepted: Outcome = {
  kind: 'accepted',
  punchId: '00000000-0000-4000-8000-000000000001',
  displayName: 'Name',
  direction: 'in',
  atMs: 1_760_000_000_000,
  workedTodayMin: 12,
};
const deciding: Flow = { name: 'deciding', about: 'check-in' };
const result: Flow = {
  name: 'result',
  result: { kind: 'not-recognised' },
  sinceMs: 1_000,
  trackId: 1,
  about: head,
};

describe('check-in', () => {
  it('looks at a good face, guides a bad one, and waits for nobody', () => {
    expect(stepFlow(waiting, sees(person())).flow.name).toBe('looking');
    expect(stepFlow(waiting, sees(person({ hint: 'MOVE_CLOSER' }))).flow).toEqual({
      name: 'guide',
      hint: 'MOVE_CLOSER',
      face,
    });
    const looking = stepFlow(waiting, sees(person())).flow;
    expect(stepFlow(looking, sees(nobody))).toEqual({ flow: waiting, command: 'drop-evidence' });
  });

  it('shows what a challenge asks for, however the head is turned, and leaves the PIN as another way', () => {
    const asked = { action: 'left', done: 0, of: 3 } as const;
    const asks: Evidence = { kind: 'asking', asked };
    const asking = stepFlow(waiting, sees(person({ hint: 'FACE_THE_SCREEN' }), 0, asks)).flow;
    expect(asking).toEqual({ name: 'asking', trackId: 1, asked, face });
    expect(stepFlow(asking, { name: 'pin-open', nowMs: 9 })).toMatchObject({
      flow: { name: 'pin' },
      command: 'drop-evidence',
    });
    expect(stepFlow(asking, { name: 'ticket', nowMs: 9, ticket }).flow).toBe(asking);
    expect(stepFlow(asking, sees(nobody))).toEqual({ flow: waiting, command: 'drop-evidence' });
    expect(stepFlow(asking, sees(person(), 9, { kind: 'attack' })).flow).toMatchObject({
      name: 'result',
      result: { kind: 'refused', reason: 'LIVENESS_REFUSED' },
    });
    expect(stepFlow(asking, sees(person(), 9, { kind: 'complete' })).flow).toEqual(deciding);
  });

  it('forgives a few bad frames before it asks for something', () => {
    const looking = stepFlow(waiting, sees(person(), 100)).flow;
    const bad = person({ hint: 'HOLD_STILL' });
    expect(stepFlow(looking, sees(bad, 100 + PATIENCE_MS - 1)).flow.name).toBe('looking');
    expect(stepFlow(looking, sees(bad, 100 + PATIENCE_MS)).flow.name).toBe('guide');
    expect(stepFlow(looking, sees(person({ hint: 'HOLD_STILL', trackId: 2 }), 101)).flow.name).toBe('guide');
  });

  it('concludes when the evidence is complete and refuses an attack by name', () => {
    expect(stepFlow(waiting, sees(person(), 0, { kind: 'complete' }))).toEqual({
      flow: deciding,
      command: 'conclude-check-in',
    });
    const refused = stepFlow(waiting, sees(person(), 0, { kind: 'attack' }));
    expect(refused.command).toBe('drop-evidence');
    expect(refused.flow).toMatchObject({ result: { kind: 'refused', reason: 'LIVENESS_REFUSED' } });
  });

  it('does not serve again whoever was just served and still stands there', () => {
    expect(stepFlow(waiting, sees(person({ isDone: true }), 0, { kind: 'complete' }))).toEqual({
      flow: waiting,
      command: 'none',
    });
  });

  it('holds a result until its time is over or the next person stands there', () => {
    const at = (ms: number, sight: Sight) => stepFlow(result, sees(sight, 1_000 + ms)).flow.name;
    const stands = standsMs({ kind: 'not-recognised' });
    expect(at(stands - 1, person({ isDone: true }))).toBe('result');
    expect(at(RESULT_LEAST_MS - 1, person({ trackId: 2 }))).toBe('result');
    expect(at(RESULT_LEAST_MS, person({ trackId: 2 }))).toBe('looking');
    expect(at(stands, nobody)).toBe('waiting');
    expect(stepFlow(result, { name: 'tick', nowMs: 1_000 + stands }).flow).toEqual(waiting);
    expect(standsMs({ kind: 'undone' })).toBeLessThan(stands);
  });

  it('lets a result that came without a face be read, whoever is in view', () => {
    const faceless: Flow = { ...result, result: { kind: 'undone' }, trackId: null };
    const at = (ms: number) => stepFlow(faceless, sees(person({ trackId: 1 }), 1_000 + ms)).flow.name;
    expect(at(FACELESS_RESULT_LEAST_MS - 1)).toBe('result');
    expect(at(FACELESS_RESULT_LEAST_MS)).toBe('looking');
  });

  it('shows what the server said', () => {
    expect(stepFlow(deciding, answered(says(accepted))).flow).toMatchObject({
      name: 'result',
      result: { kind: 'accepted', displayName: 'Name', locale: null, canUndo: true },
      about: head,
    });
    expect(stepFlow(deciding, answered(says({ ...accepted, locale: 'hi' }))).flow).toMatchObject({
      result: { kind: 'accepted', locale: 'hi' },
    });
    const saved: Answer = { kind: 'saved', about: head, atMs: 1, slip: 'ABC-123' };
    expect(stepFlow(deciding, answered(saved)).flow).toMatchObject({ result: { kind: 'saved-offline' } });
    const full: Answer = { kind: 'not-recorded', reason: 'DISK_FULL' };
    expect(stepFlow(deciding, answered(full)).flow).toMatchObject({ result: { kind: 'not-recorded' } });
  });

  it('lets the person undo an accepted punch only', () => {
    const shown = stepFlow(deciding, answered(says(accepted))).flow;
    expect(stepFlow(shown, { name: 'not-me' }).command).toBe('record-dispute');
    expect(stepFlow(result, { name: 'not-me' }).command).toBe('none');
    expect(stepFlow(waiting, { name: 'not-me' }).command).toBe('none');
  });
});

describe('PIN', () => {
  it('opens when the face was not enough, unless the company does not allow it', () => {
    const unsure = answered(says({ kind: 'second-factor', reason: 'AMBIGUOUS' }));
    expect(stepFlow(deciding, unsure).flow).toMatchObject({ name: 'pin', reason: 'UNSURE', refersTo: head });
    const without = answered(says({ kind: 'second-factor', reason: 'AMBIGUOUS' }), false);
    expect(stepFlow(deciding, without).flow).toMatchObject({ result: { kind: 'not-recognised' } });
  });

  it('refers to the check-in that missed', () => {
    expect(stepFlow(result, { name: 'pin-open', nowMs: 0 }).flow).toMatchObject({
      reason: 'NOT_RECOGNISED',
      refersTo: head,
    });
    expect(stepFlow(waiting, { name: 'pin-open', nowMs: 0 }).flow).toMatchObject({
      reason: 'CHOSEN',
      refersTo: null,
    });
  });

  it('is submitted once, tells a wrong PIN, and closes by itself', () => {
    const open = stepFlow(waiting, { name: 'pin-open', nowMs: 0 }).flow;
    const busy = stepFlow(open, { name: 'pin-submit', nowMs: 10 });
    expect(busy.command).toBe('record-pin');
    expect(stepFlow(busy.flow, { name: 'pin-submit', nowMs: 11 }).command).toBe('none');
    expect(stepFlow(busy.flow, { name: 'pin-cancel' }).flow).toBe(busy.flow);
    const wrong = stepFlow(busy.flow, answered(says({ kind: 'refused', reason: 'PIN_WRONG' })));
    expect(wrong.flow).toMatchObject({ name: 'pin', busy: false, error: 'PIN_WRONG' });
    expect(stepFlow(open, { name: 'tick', nowMs: PIN_IDLE_MS }).flow).toEqual(waiting);
  });

  it('closes after a minute however busily it is used', () => {
    let flow = stepFlow(waiting, { name: 'pin-open', nowMs: 0 }).flow;
    flow = stepFlow(flow, { name: 'pin-submit', nowMs: PIN_LONGEST_MS - 10 }).flow;
    expect(stepFlow(flow, { name: 'tick', nowMs: PIN_LONGEST_MS }).flow.name).toBe('pin');
    const wrong = answered(says({ kind: 'refused', reason: 'PIN_WRONG' }), true, PIN_LONGEST_MS);
    flow = stepFlow(flow, wrong).flow;
    expect(stepFlow(flow, { name: 'tick', nowMs: PIN_LONGEST_MS }).flow).toEqual(waiting);
  });
});

describe('enrolment', () => {
  const offer = (offered: EnrolmentTicket | null): FlowEvent => ({
    name: 'ticket',
    nowMs: 0,
    ticket: offered,
  });
  const consent = (given: boolean): FlowEvent => ({ name: 'consent', nowMs: 0, given });

  it('asks for consent first and captures nothing when it is refused', () => {
    const asked = stepFlow(waiting, offer(ticket)).flow;
    expect(asked.name).toBe('enrol-consent');
    expect(stepFlow(asked, consent(false))).toEqual({ flow: waiting, command: 'none' });
    expect(stepFlow(asked, consent(true)).command).toBe('begin-capture');
    expect(stepFlow(waiting, consent(true)).command).toBe('none');
  });

  it('does not interrupt a person at work with the tablet', () => {
    for (const flow of [deciding, result]) expect(stepFlow(flow, offer(ticket)).flow).toBe(flow);
  });

  it('ends when the console takes the ticket back, or after too long', () => {
    const asked = stepFlow(waiting, offer(ticket)).flow;
    expect(stepFlow(asked, offer(null)).flow).toEqual(waiting);
    expect(stepFlow(asked, { name: 'tick', nowMs: CONSENT_IDLE_MS }).flow).toEqual(waiting);
    const capture = stepFlow(asked, consent(true)).flow;
    expect(stepFlow(capture, { name: 'tick', nowMs: CAPTURE_LONGEST_MS })).toEqual({
      flow: waiting,
      command: 'drop-evidence',
    });
  });

  it('wants one person alone in view', () => {
    const capture = stepFlow(stepFlow(waiting, offer(ticket)).flow, consent(true)).flow;
    const progress = { step: 'left', behind: 2, isComplete: false, isAttack: false } as const;
    const step = stepFlow(capture, { name: 'capture', nowMs: 0, sight: person({}, true), progress });
    expect(step.flow).toMatchObject({ hint: 'ONE_AT_A_TIME', step: 'left', captured: 2 });
  });
});

describe('on random walks', () => {
  const anyEvent = fc.oneof(
    fc.record({
      name: fc.constant('sight' as const),
      hint: fc.constantFrom(null, 'MOVE_CLOSER' as const),
      track: fc.integer({ min: 0, max: 2 }),
      evidence: fc.constantFrom<Evidence>(collecting, { kind: 'complete' }, { kind: 'attack' }),
    }),
    fc.constantFrom(
      { name: 'pin-open' as const },
      { name: 'pin-submit' as const },
      { name: 'not-me' as const },
      { name: 'dismiss' as const },
      { name: 'tick' as const },
      { name: 'ticket' as const },
      { name: 'consent' as const },
      { name: 'answered' as const },
      { name: 'enrol-cancel' as const },
    ),
  );

  it('records at most one thing per decision, and captures only after consent', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
        let flow: Flow = waiting;
        let nowMs = 0;
        let isUnderWay = false;
        let hasConsent = false;
        for (const event of events) {
          nowMs += 400;
          let input: FlowEvent;
          switch (event.name) {
            case 'sight':
              input = sees(
                event.track === 0 ? nobody : person({ trackId: event.track, hint: event.hint }),
                nowMs,
                event.evidence,
              );
              break;
            case 'ticket':
              input = { name: 'ticket', nowMs, ticket };
              break;
            case 'consent':
              hasConsent ||= flow.name === 'enrol-consent';
              input = { name: 'consent', nowMs, given: true };
              break;
            case 'answered':
              if (!isUnderWay) continue;
              isUnderWay = false;
              input = answered(says(accepted), true, nowMs);
              break;
            case 'pin-open':
            case 'pin-submit':
            case 'tick':
              input = { name: event.name, nowMs };
              break;
            default:
              input = { name: event.name };
          }
          const step = stepFlow(flow, input);
          if (step.command.startsWith('conclude') || step.command.startsWith('record')) {
            expect(isUnderWay).toBe(false);
            isUnderWay = true;
          }
          if (step.command === 'begin-capture') expect(hasConsent).toBe(true);
          flow = step.flow;
        }
      }),
      { numRuns: 400 },
    );
  });
});
