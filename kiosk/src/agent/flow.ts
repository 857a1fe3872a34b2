// What the tablet does next: the whole check-in, PIN and enrolment as one pure machine, driven by what stands in front
// of the camera, by the person and by time. It holds no picture and no embedding; its commands are performed by
// check-in.ts.
//
//             face, not good enough            good frames              evidence complete
//  ┌─────────┐ ───────────▶ ┌───────┐ ──────────────▶ ┌─────────┐ ───────────────▶ ┌──────────┐
//  │ waiting │ ◀─────────── │ guide │ ◀────────────── │ looking │                  │ deciding │
//  └─────────┘  face gone   └───────┘   face spoiled  └─────────┘ ── attack ──┐    └──────────┘
//   ▲ ▲   │ ticket                                                            ▼      │ answered, or saved
//   │ │   ▼                                        second factor  ┌────────┐ ◀────────┘
//   │ │ ┌───────────────┐ given ┌───────────────┐   ┌─────┐ ◀──── │ result │
//   │ │ │ enrol-consent │ ────▶ │ enrol-capture │   │ pin │ ────▶ └────────┘
//   │ │ └───────────────┘       └───────────────┘   └─────┘ answered  │ time, next person, dismissed
//   │ └──── refused ┘ cancelled ──────┘ └─ complete ─▶ deciding       │
//   └─────────────────────────────────────────────────────────────────┘
import type { EnrolmentTicket, Outcome } from '@hazri/shared/protocol/device';
import type { Head } from '@hazri/shared/sync/heads';
import type { Asked, CaptureStep, FaceBox, Hint, ResultView } from '../contract/views.js';

const RESULT_STANDS_MS = 4_000;
/** Results that a person has to read, note down or act upon. */
const LONG_RESULT_STANDS_MS = 6_000;
const LONG_RESULTS: readonly ResultView['kind'][] = [
  'saved-offline',
  'not-recorded',
  'refused',
  'not-recognised',
];
/** The next person may take over the screen after this. */
export const RESULT_LEAST_MS = 700;
/** A result that came without a face (a PIN, a punch taken back) may be of whoever is seen: it stands to be read. */
export const FACELESS_RESULT_LEAST_MS = 2_500;
export const PIN_IDLE_MS = 45_000;
/** However busily it is typed in: the face that may wait behind the dialog is not kept longer. */
export const PIN_LONGEST_MS = 60_000;
export const CONSENT_IDLE_MS = 180_000;
export const CAPTURE_LONGEST_MS = 60_000;
/** Bad frames in between are forgiven for this long before the screen asks for something. */
export const PATIENCE_MS = 450;

/** What one frame shows, after tracking, gates and evidence. */
export interface Sight {
  readonly served: {
    readonly trackId: number;
    readonly face: FaceBox;
    /** What this person should change; null when the frame is good. */
    readonly hint: Hint | null;
    /** Was served already and has not left since. */
    readonly isDone: boolean;
  } | null;
  readonly othersWait: boolean;
}

/** How far the evidence of the running attempt is. */
export type Evidence =
  | { readonly kind: 'collecting'; readonly progress: number }
  | { readonly kind: 'asking'; readonly asked: Asked }
  | { readonly kind: 'complete' }
  | { readonly kind: 'attack' };

export type PinReason = 'CHOSEN' | 'UNSURE' | 'NOT_RECOGNISED';

export type Flow =
  | { readonly name: 'waiting' }
  | { readonly name: 'guide'; readonly hint: Hint; readonly face: FaceBox }
  | {
      readonly name: 'looking';
      readonly trackId: number;
      readonly progress: number;
      readonly face: FaceBox;
      readonly othersWait: boolean;
      readonly lastGoodMs: number;
    }
  | { readonly name: 'asking'; readonly trackId: number; readonly asked: Asked; readonly face: FaceBox }
  | { readonly name: 'deciding'; readonly about: 'check-in' | 'enrolment' | 'dispute' }
  | {
      readonly name: 'result';
      readonly result: ResultView;
      readonly sinceMs: number;
      readonly trackId: number | null;
      /** The recorded event, where "not me" or a PIN may refer to it. */
      readonly about: Head | null;
    }
  | {
      readonly name: 'pin';
      readonly reason: PinReason;
      readonly error: 'PIN_WRONG' | 'PIN_THROTTLED' | null;
      readonly busy: boolean;
      readonly refersTo: Head | null;
      /** When it opened, and when something was last done in it. */
      readonly openedMs: number;
      readonly sinceMs: number;
    }
  | { readonly name: 'enrol-consent'; readonly ticket: EnrolmentTicket; readonly sinceMs: number }
  | {
      readonly name: 'enrol-capture';
      readonly ticket: EnrolmentTicket;
      readonly step: CaptureStep;
      readonly captured: number;
      readonly hint: Hint | null;
      readonly face: FaceBox | null;
      readonly sinceMs: number;
    };

/** What became of a recorded event: the server's word, or that it waits on this tablet, or that it was not recorded. */
export type Answer =
  | { readonly kind: 'outcome'; readonly outcome: Outcome; readonly about: Head }
  | { readonly kind: 'saved'; readonly about: Head; readonly atMs: number; readonly slip: string }
  | { readonly kind: 'not-recorded'; readonly reason: string };

export type FlowEvent =
  | {
      readonly name: 'sight';
      readonly nowMs: number;
      readonly sight: Sight;
      readonly evidence: Evidence | null;
    }
  | {
      readonly name: 'capture';
      readonly nowMs: number;
      readonly sight: Sight;
      readonly progress: CaptureProgress;
    }
  | { readonly name: 'tick'; readonly nowMs: number }
  | {
      readonly name: 'answered';
      readonly nowMs: number;
      readonly answer: Answer;
      readonly trackId: number | null;
      /** Whether a PIN may be asked for here. */
      readonly pinFallback: boolean;
    }
  | { readonly name: 'pin-open'; readonly nowMs: number }
  | { readonly name: 'pin-submit'; readonly nowMs: number }
  | { readonly name: 'pin-cancel' }
  /** The frames agreed on nobody: look again. */
  | { readonly name: 'inconclusive' }
  | { readonly name: 'not-me' }
  | { readonly name: 'dismiss' }
  | { readonly name: 'ticket'; readonly nowMs: number; readonly ticket: EnrolmentTicket | null }
  | { readonly name: 'consent'; readonly nowMs: number; readonly given: boolean }
  | { readonly name: 'enrol-cancel' };

export interface CaptureProgress {
  readonly step: CaptureStep;
  /** Steps behind the person. */
  readonly behind: number;
  readonly isComplete: boolean;
  readonly isAttack: boolean;
}

export type FlowCommand =
  | 'none'
  /** Forget the evidence of the running attempt. */
  | 'drop-evidence'
  | 'conclude-check-in'
  | 'begin-capture'
  | 'conclude-enrolment'
  | 'record-pin'
  | 'record-dispute'
  /** The person at the screen asked for it: whoever stands there may be served again. */
  | 'rearm';

export interface FlowStep {
  readonly flow: Flow;
  readonly command: FlowCommand;
}

/** How long a result stands when nobody else steps up. */
export const standsMs = (result: ResultView): number =>
  LONG_RESULTS.includes(result.kind) ? LONG_RESULT_STANDS_MS : RESULT_STANDS_MS;

const WAITING: Flow = { name: 'waiting' };
const stay = (flow: Flow): FlowStep => ({ flow, command: 'none' });
const drop = (flow: Flow): FlowStep => ({ flow, command: 'drop-evidence' });

export function stepFlow(flow: Flow, event: FlowEvent): FlowStep {
  switch (event.name) {
    case 'sight':
      return onSight(flow, event);
    case 'capture':
      return flow.name === 'enrol-capture' ? onCapture(flow, event) : stay(flow);
    case 'tick':
      return onTick(flow, event.nowMs);
    case 'answered':
      return onAnswer(flow, event);
    case 'ticket':
      return onTicket(flow, event);
    case 'consent':
      if (flow.name !== 'enrol-consent') return stay(flow);
      if (!event.given) return stay(WAITING);
      return {
        flow: {
          name: 'enrol-capture',
          ticket: flow.ticket,
          step: 'front',
          captured: 0,
          hint: 'LOOK_HERE',
          face: null,
          sinceMs: event.nowMs,
        },
        command: 'begin-capture',
      };
    default:
      return onTouch(flow, event);
  }
}

type TouchName =
  'pin-open' | 'pin-submit' | 'pin-cancel' | 'inconclusive' | 'not-me' | 'dismiss' | 'enrol-cancel';

function onTouch(flow: Flow, event: Extract<FlowEvent, { name: TouchName }>): FlowStep {
  switch (event.name) {
    case 'pin-open':
      return canOpenPin(flow) ? drop(openPin(flow, event.nowMs)) : stay(flow);
    case 'pin-submit':
      return flow.name === 'pin' && !flow.busy
        ? { flow: { ...flow, busy: true, error: null, sinceMs: event.nowMs }, command: 'record-pin' }
        : stay(flow);
    case 'pin-cancel':
      return flow.name === 'pin' && !flow.busy ? stay(WAITING) : stay(flow);
    case 'inconclusive':
      return flow.name === 'deciding' ? stay(WAITING) : stay(flow);
    case 'not-me':
      return flow.name === 'result' && flow.result.kind === 'accepted' && flow.result.canUndo
        ? { flow: { name: 'deciding', about: 'dispute' }, command: 'record-dispute' }
        : stay(flow);
    case 'dismiss':
      return flow.name === 'result' ? { flow: WAITING, command: 'rearm' } : stay(flow);
    case 'enrol-cancel':
      return isEnrolling(flow) ? drop(WAITING) : stay(flow);
  }
}

const isEnrolling = (flow: Flow): boolean => flow.name === 'enrol-consent' || flow.name === 'enrol-capture';
const canOpenPin = (flow: Flow): boolean =>
  flow.name === 'waiting' ||
  flow.name === 'guide' ||
  flow.name === 'looking' ||
  flow.name === 'asking' ||
  flow.name === 'result';

function openPin(flow: Flow, nowMs: number): Flow {
  const isAfterMiss = flow.name === 'result' && flow.result.kind === 'not-recognised';
  return {
    name: 'pin',
    reason: isAfterMiss ? 'NOT_RECOGNISED' : 'CHOSEN',
    error: null,
    busy: false,
    refersTo: isAfterMiss ? flow.about : null,
    openedMs: nowMs,
    sinceMs: nowMs,
  };
}

function onSight(flow: Flow, event: Extract<FlowEvent, { name: 'sight' }>): FlowStep {
  const { sight, evidence, nowMs } = event;
  switch (flow.name) {
    case 'waiting':
    case 'guide':
    case 'looking':
    case 'asking':
      return watch(flow, sight, evidence, nowMs);
    case 'result': {
      const isNext = sight.served !== null && !sight.served.isDone && sight.served.trackId !== flow.trackId;
      const isOver = nowMs - flow.sinceMs >= standsMs(flow.result);
      const leastMs = flow.trackId === null ? FACELESS_RESULT_LEAST_MS : RESULT_LEAST_MS;
      const mayYield = isNext && nowMs - flow.sinceMs >= leastMs;
      return isOver || mayYield ? watch(WAITING, sight, evidence, nowMs) : stay(flow);
    }
    case 'deciding':
    case 'pin':
    case 'enrol-consent':
    case 'enrol-capture':
      return stay(flow);
  }
}

function watch(flow: Flow, sight: Sight, evidence: Evidence | null, nowMs: number): FlowStep {
  const { served, othersWait } = sight;
  if (served === null || served.isDone) return flow.name === 'waiting' ? stay(flow) : drop(WAITING);
  if (evidence?.kind === 'attack') {
    return drop({
      name: 'result',
      result: { kind: 'refused', reason: 'LIVENESS_REFUSED' },
      sinceMs: nowMs,
      trackId: served.trackId,
      about: null,
    });
  }
  if (evidence?.kind === 'complete') {
    return { flow: { name: 'deciding', about: 'check-in' }, command: 'conclude-check-in' };
  }
  const { trackId, face, hint } = served;
  if (evidence?.kind === 'asking') return stay({ name: 'asking', trackId, asked: evidence.asked, face });
  const progress = evidence?.progress ?? 0;
  const isSamePerson = flow.name === 'looking' && flow.trackId === trackId;
  if (hint === null) return stay({ name: 'looking', trackId, progress, face, othersWait, lastGoodMs: nowMs });
  if (isSamePerson && nowMs - flow.lastGoodMs < PATIENCE_MS) {
    return stay({ ...flow, face, othersWait, progress });
  }
  return stay({ name: 'guide', hint, face });
}

function onCapture(
  flow: Extract<Flow, { name: 'enrol-capture' }>,
  event: Extract<FlowEvent, { name: 'capture' }>,
): FlowStep {
  const { sight, progress, nowMs } = event;
  if (progress.isAttack) {
    const result: ResultView = { kind: 'refused', reason: 'LIVENESS_REFUSED' };
    return drop({ name: 'result', result, sinceMs: nowMs, trackId: null, about: null });
  }
  if (progress.isComplete) {
    return { flow: { name: 'deciding', about: 'enrolment' }, command: 'conclude-enrolment' };
  }
  const { served, othersWait } = sight;
  const hint = served === null ? 'LOOK_HERE' : othersWait ? 'ONE_AT_A_TIME' : served.hint;
  const { step, behind } = progress;
  return stay({ ...flow, step, captured: behind, hint, face: served?.face ?? null });
}

function onTick(flow: Flow, nowMs: number): FlowStep {
  switch (flow.name) {
    case 'result':
      return nowMs - flow.sinceMs >= standsMs(flow.result) ? stay(WAITING) : stay(flow);
    case 'pin':
      return !flow.busy && isPinOver(flow, nowMs) ? stay(WAITING) : stay(flow);
    case 'enrol-consent':
      return nowMs - flow.sinceMs >= CONSENT_IDLE_MS ? stay(WAITING) : stay(flow);
    case 'enrol-capture':
      return nowMs - flow.sinceMs >= CAPTURE_LONGEST_MS ? drop(WAITING) : stay(flow);
    case 'waiting':
    case 'guide':
    case 'looking':
    case 'asking':
    case 'deciding':
      return stay(flow);
  }
}

const isPinOver = (flow: Extract<Flow, { name: 'pin' }>, nowMs: number): boolean =>
  nowMs - flow.sinceMs >= PIN_IDLE_MS || nowMs - flow.openedMs >= PIN_LONGEST_MS;

/** A person at work with the tablet is not interrupted by a ticket; it comes again with the next heartbeat. */
function onTicket(flow: Flow, event: Extract<FlowEvent, { name: 'ticket' }>): FlowStep {
  const { ticket, nowMs } = event;
  if (flow.name === 'enrol-consent' || flow.name === 'enrol-capture') {
    return ticket?.ticketId === flow.ticket.ticketId ? stay(flow) : drop(WAITING);
  }
  const isFree = flow.name === 'waiting' || flow.name === 'guide' || flow.name === 'looking';
  return ticket !== null && isFree ? drop({ name: 'enrol-consent', ticket, sinceMs: nowMs }) : stay(flow);
}

function onAnswer(flow: Flow, event: Extract<FlowEvent, { name: 'answered' }>): FlowStep {
  if (flow.name !== 'deciding' && flow.name !== 'pin') return stay(flow);
  const { answer, nowMs, trackId } = event;
  const show = (result: ResultView, about: Head | null = null): FlowStep =>
    stay({ name: 'result', result, sinceMs: nowMs, trackId, about });
  switch (answer.kind) {
    case 'not-recorded':
      return show({ kind: 'not-recorded', reason: answer.reason });
    case 'saved':
      return show({ kind: 'saved-offline', atMs: answer.atMs, slip: answer.slip }, answer.about);
    case 'outcome': {
      const { outcome, about } = answer;
      if (outcome.kind === 'second-factor') {
        if (!event.pinFallback) return show({ kind: 'not-recognised' }, about);
        const pin = { name: 'pin', reason: 'UNSURE', error: null, busy: false } as const;
        return stay({ ...pin, refersTo: about, openedMs: nowMs, sinceMs: nowMs });
      }
      const pinError = flow.name === 'pin' && outcome.kind === 'refused' ? toPinError(outcome.reason) : null;
      if (flow.name === 'pin' && pinError !== null) {
        return stay({ ...flow, busy: false, error: pinError, sinceMs: nowMs });
      }
      return show(toResultView(outcome), about);
    }
  }
}

function toPinError(reason: string): 'PIN_WRONG' | 'PIN_THROTTLED' | null {
  return reason === 'PIN_WRONG' || reason === 'PIN_THROTTLED' ? reason : null;
}

function toResultView(outcome: Exclude<Outcome, { kind: 'second-factor' }>): ResultView {
  switch (outcome.kind) {
    case 'accepted': {
      const { displayName, direction, atMs, workedTodayMin, locale = null } = outcome;
      return { kind: 'accepted', locale, displayName, direction, atMs, workedTodayMin, canUndo: true };
    }
    case 'duplicate': {
      const { displayName, direction, sinceMs, locale = null } = outcome;
      return { kind: 'duplicate', locale, displayName, direction, sinceMs };
    }
    case 'not-recognised':
      return { kind: 'not-recognised' };
    case 'refused':
      return { kind: 'refused', reason: outcome.reason };
    case 'undone':
      return { kind: 'undone' };
    case 'enrolled':
      return { kind: 'enrolled', displayName: outcome.displayName };
    case 'stored':
      return { kind: 'refused', reason: 'NOT_DECIDED' };
  }
}
