// The tablet at work: takes frames, follows one face, collects evidence, records what the flow decides and shows what
// the server says. Frames are read and forgotten; embeddings go from the engine into a sealed box and nowhere else.
import { formatSlip } from './slip.js';
import { CheckInEvidence } from './evidence.js';
import { Departure } from './departure.js';
import { EnrolmentCapture } from './capture.js';
import { type Answer, type Flow, type FlowCommand, type FlowEvent, type Sight, stepFlow } from './flow.js';
import { type Face, copyFace, embedFace, wipeFace } from './face.js';
import type { Recorded, Recorder } from './recorder.js';
import { readSight } from './sight.js';
import { underPolicy } from '../engine/liveness/policy.js';
import type { LivenessCheck, LivenessResult } from '../engine/liveness/port.js';
import type { FaceEngine, FaceObservation, Frame } from '../engine/port.js';
import { CHECK_IN_LIMITS } from '../engine/quality/thresholds.js';
import { NOBODY, type TrackState, advanceTracks } from '../engine/track/track.js';
import type { DeviceConfig, EnrolmentTicket, Outcome, PinCredentials } from '@hazri/shared/protocol/device';
import type { ConsentRecord, LivenessEvidence } from '@hazri/shared/protocol/event';
import type { Locale } from '@hazri/shared/protocol/primitives';
import type { Head } from '@hazri/shared/sync/heads';
import type { Log } from './log.js';

/** How long a person waits for the server before the tablet says that it will be sent later. */
const ANSWER_WITHIN_MS = 2_500;
const ANSWER_WITHIN_OFFLINE_MS = 900;
/** Every so many frames the engine looks for everybody, so that those who wait are seen too. */
const EVERYONE_EVERY = 4;

/** What this use-case needs; see agent.ts for the wiring. */
export interface CheckInParts {
  readonly engine: FaceEngine;
  readonly liveness: LivenessCheck;
  readonly recorder: Recorder;
  readonly config: () => DeviceConfig;
  readonly camera: () => string | null;
  /** Sends a recorded event now; null when no word came in time. */
  readonly decide: (head: Head, timeoutMs: number) => Promise<Outcome | null>;
  readonly isOnline: () => boolean;
  /** Best known UTC time. */
  readonly nowMs: () => number;
  /** Any monotonic clock with millisecond resolution. */
  readonly monoMs: () => number;
  readonly onFlow: (flow: Flow) => void;
  readonly log: Log;
}

type TypedPin = Pick<PinCredentials, 'employeeCode' | 'pin'>;

export class CheckIn {
  readonly #parts: CheckInParts;
  readonly #departure = new Departure();
  readonly #settledTickets = new Set<string>();
  #flow: Flow = { name: 'waiting' };
  #tracks: TrackState = NOBODY;
  #evidence: CheckInEvidence | null = null;
  #capture: EnrolmentCapture | null = null;
  #consent: ConsentRecord | null = null;
  #typed: TypedPin | null = null;
  /** Face of the check-in that is being decided; kept while its PIN dialog is open, and no longer. */
  #askedFace: Face | null = null;
  #frameCount = 0;

  constructor(parts: CheckInParts) {
    this.#parts = parts;
  }

  get flow(): Flow {
    return this.#flow;
  }

  /** One frame at a time; the frame is not kept after the promise settles. */
  async acceptFrame(frame: Frame): Promise<void> {
    const { name } = this.#flow;
    if (name === 'pin' || name === 'enrol-consent') return;
    const nowMs = this.#parts.monoMs();
    const isEnrolling = name === 'enrol-capture';
    this.#frameCount += 1;
    const everyone = isEnrolling || this.#frameCount % EVERYONE_EVERY === 0;
    const faces = await this.#parts.engine.observe(frame, { everyone });
    this.#tracks = advanceTracks(this.#tracks, faces, frame, nowMs);
    this.#departure.observe(
      this.#tracks.tracks.map(({ id }) => id),
      nowMs,
    );
    const capture = isEnrolling ? this.#capture : null;
    const rules = {
      limits: capture?.limits ?? CHECK_IN_LIMITS,
      isStrict: isEnrolling,
      asksForTurn: capture?.asksForTurn ?? false,
    };
    const { face, ...sight } = readSight(this.#tracks, frame, rules, this.#departure.trackId);
    // A track that was not found in this very frame has an old position: nothing is read from it.
    const isFresh = face !== null && faces.includes(face);
    if (isEnrolling) await this.#captureFrom(frame, isFresh ? face : null, sight, nowMs);
    else await this.#collectFrom(frame, isFresh ? face : null, sight, nowMs);
  }

  /** A new screen: whoever stands in front of it may be served, and an enrolment under way goes on from its start. */
  restart(): void {
    this.#tracks = NOBODY;
    this.#perform('rearm');
    const { name } = this.#flow;
    if (name === 'enrol-capture') this.#perform('begin-capture');
    const goesOn = name === 'deciding' || name === 'enrol-consent' || name === 'enrol-capture';
    if (!goesOn) this.#set({ name: 'waiting' });
  }

  tick(): void {
    this.#dispatch({ name: 'tick', nowMs: this.#parts.monoMs() });
  }

  openPin(): boolean {
    if (!this.#parts.config().policy.pinFallback) return false;
    this.#dispatch({ name: 'pin-open', nowMs: this.#parts.monoMs() });
    return this.#flow.name === 'pin';
  }

  submitPin(typed: TypedPin): boolean {
    if (this.#flow.name !== 'pin' || this.#flow.busy) return false;
    this.#typed = typed;
    this.#dispatch({ name: 'pin-submit', nowMs: this.#parts.monoMs() });
    return true;
  }

  touch(name: 'pin-cancel' | 'not-me' | 'dismiss' | 'enrol-cancel'): void {
    this.#dispatch({ name });
  }

  offerTicket(ticket: EnrolmentTicket | null): void {
    const open = ticket !== null && !this.#settledTickets.has(ticket.ticketId) ? ticket : null;
    this.#dispatch({ name: 'ticket', nowMs: this.#parts.monoMs(), ticket: open });
  }

  /** Glasses or head cover are changed now, or there are none. False when that was not asked. */
  answerLook(isChanged: boolean): boolean {
    return this.#flow.name === 'enrol-capture' && this.#capture?.answerLook(isChanged) === true;
  }

  /** The engine's recognition models have changed: what was collected with the old ones counts no more. */
  modelsChanged(): void {
    this.#evidence?.wipe();
    this.#evidence = null;
    if (this.#capture !== null) this.#perform('begin-capture');
  }

  /** False when there is nothing to consent to. */
  answerConsent(given: boolean, locale: Locale): boolean {
    if (this.#flow.name !== 'enrol-consent') return false;
    const notice = this.#parts.config().notices[locale];
    this.#consent = given
      ? {
          noticeVersion: notice.version,
          noticeSha256: notice.sha256,
          locale,
          givenAtMs: this.#parts.nowMs(),
          basis: this.#flow.ticket.basis,
        }
      : null;
    this.#dispatch({ name: 'consent', nowMs: this.#parts.monoMs(), given });
    return true;
  }

  close(): void {
    this.#perform('drop-evidence');
    this.#departure.clear();
    this.#forgetAskedFace();
  }

  async #collectFrom(frame: Frame, face: FaceObservation | null, sight: Sight, nowMs: number): Promise<void> {
    const { served } = sight;
    const { engine, liveness } = this.#parts;
    const canServe = this.#flow.name !== 'deciding' && this.#flow.name !== 'result';
    // Only a face as good as one that would be served may say that somebody else stands there.
    const isGood = face !== null && served?.hint === null;
    if (served?.isDone === true && isGood && this.#departure.wantsLook(nowMs)) {
      const seen = await embedFace(engine, frame, face);
      this.#departure.look(seen, nowMs);
      wipeFace(seen);
    } else if (served !== null && !served.isDone && canServe) {
      if (this.#evidence?.trackId !== served.trackId) {
        this.#evidence?.wipe();
        this.#evidence = new CheckInEvidence(served.trackId, liveness, nowMs);
      }
      if (face !== null) {
        this.#evidence.see(frame, face, nowMs, !sight.othersWait);
        if (served.hint === null && this.#evidence.wants(face)) {
          const isSame = this.#evidence.take(await embedFace(engine, frame, face), face);
          if (!isSame) this.#perform('drop-evidence');
        }
      }
    }
    if (served === null) this.#perform('drop-evidence');
    const evidence = this.#evidence?.status() ?? null;
    this.#dispatch({ name: 'sight', nowMs, sight, evidence });
  }

  async #captureFrom(frame: Frame, face: FaceObservation | null, sight: Sight, nowMs: number): Promise<void> {
    const capture = this.#capture;
    const { served, othersWait } = sight;
    if (capture === null) return;
    if (served !== null && face !== null) {
      capture.see(frame, face, served.trackId, nowMs);
      if (served.hint === null && !othersWait && capture.wants(face, nowMs)) {
        capture.take(await embedFace(this.#parts.engine, frame, face), face, nowMs);
      }
    }
    this.#dispatch({ name: 'capture', nowMs, sight, progress: capture.progress() });
  }

  #dispatch(event: FlowEvent): void {
    const before = this.#flow;
    const { flow, command } = stepFlow(before, event);
    this.#set(flow);
    this.#perform(command, before);
  }

  #set(flow: Flow): void {
    const before = this.#flow;
    if (flow === before) return;
    this.#flow = flow;
    if (flow.name !== 'deciding' && flow.name !== 'pin') this.#forgetAskedFace();
    // Whatever ended it, an enrolment is not offered again by the same ticket.
    if (before.name === 'enrol-consent' || before.name === 'enrol-capture') {
      const isEnrolling = flow.name === 'enrol-consent' || flow.name === 'enrol-capture';
      const goesOn = isEnrolling && flow.ticket.ticketId === before.ticket.ticketId;
      if (!goesOn) this.#settledTickets.add(before.ticket.ticketId);
    }
    this.#parts.onFlow(flow);
  }

  #perform(command: FlowCommand, before: Flow = this.#flow): void {
    switch (command) {
      case 'none':
        return;
      case 'rearm':
      case 'drop-evidence':
        if (command === 'rearm') this.#departure.clear();
        this.#evidence?.wipe();
        this.#evidence = null;
        this.#capture?.wipe();
        this.#capture = null;
        return;
      case 'begin-capture':
        this.#evidence?.wipe();
        this.#evidence = null;
        this.#capture = new EnrolmentCapture(this.#parts.liveness);
        return;
      case 'conclude-check-in':
        this.#concludeCheckIn();
        return;
      case 'conclude-enrolment':
        this.#concludeEnrolment(before);
        return;
      case 'record-pin':
        this.#recordPin(before);
        return;
      case 'record-dispute': {
        const about = before.name === 'result' ? before.about : null;
        if (about !== null) void this.#settle(() => this.#parts.recorder.dispute(about), null);
        return;
      }
    }
  }

  #concludeCheckIn(): void {
    const trackId = this.#evidence?.trackId ?? null;
    const concluded = this.#evidence?.conclude() ?? null;
    this.#evidence = null;
    if (concluded === null || trackId === null) {
      this.#dispatch({ name: 'inconclusive' });
      return;
    }
    const { face, frames, liveness, tookMs } = concluded;
    const { recorder, camera, monoMs, log } = this.#parts;
    this.#departure.served(trackId, face, monoMs());
    this.#forgetAskedFace();
    this.#askedFace = copyFace(face);
    log.info('CHECK_IN_CONCLUDED', { frames, tookMs: Math.round(tookMs), liveness: liveness.decision });
    const { liveness: policy } = this.#parts.config().policy;
    const evidence = this.#toEvidence(liveness, tookMs, underPolicy(liveness, policy));
    const probe = { face, frames, liveness: evidence, camera: camera() };
    void this.#settle(() => recorder.checkIn(probe), trackId);
  }

  #concludeEnrolment(before: Flow): void {
    const captured = this.#capture?.conclude() ?? null;
    const consent = this.#consent;
    this.#capture = null;
    this.#consent = null;
    if (before.name !== 'enrol-capture' || captured === null || consent === null) {
      this.#dispatch({ name: 'inconclusive' });
      return;
    }
    const { templates, liveness, tookMs } = captured;
    const { liveness: policy } = this.#parts.config().policy;
    const { recorder, monoMs, log } = this.#parts;
    const trackId = this.#tracks.servedId;
    const mean = templates.at(-1);
    if (trackId !== null && mean !== undefined) this.#departure.served(trackId, mean.face, monoMs());
    log.info('ENROLMENT_CAPTURED', { templates: templates.length, tookMs: Math.round(tookMs) });
    const enrolment = {
      templates,
      ticketId: before.ticket.ticketId,
      consent,
      liveness: this.#toEvidence(
        liveness,
        tookMs,
        underPolicy(liveness, policy === 'strict' ? 'standard' : policy),
      ),
    };
    void this.#settle(() => recorder.enrolment(enrolment), trackId);
  }

  #recordPin(before: Flow): void {
    const typed = this.#typed;
    this.#typed = null;
    if (before.name !== 'pin' || typed === null) return;
    const { refersTo } = before;
    const entry = { ...typed, face: this.#askedFace };
    void this.#settle(() => this.#parts.recorder.pin(entry, refersTo), this.#tracks.servedId);
  }

  #forgetAskedFace(): void {
    if (this.#askedFace !== null) wipeFace(this.#askedFace);
    this.#askedFace = null;
  }

  async #settle(record: () => Recorded, trackId: number | null): Promise<void> {
    const answer = await this.#record(record);
    const { monoMs, config } = this.#parts;
    const { pinFallback } = config().policy;
    if (!madeAPunch(answer)) this.#departure.nothingCameOfIt(monoMs());
    this.#dispatch({ name: 'answered', nowMs: monoMs(), answer, trackId, pinFallback });
  }

  async #record(record: () => Recorded): Promise<Answer> {
    const { decide, isOnline, nowMs, log } = this.#parts;
    let recorded: Recorded;
    try {
      recorded = record();
    } catch (error) {
      log.error('EVENT_NOT_RECORDED', error);
      return { kind: 'not-recorded', reason: 'JOURNAL_BROKEN' };
    }
    if (!recorded.ok) return { kind: 'not-recorded', reason: recorded.error };
    const about = recorded.value;
    const atMs = nowMs();
    const outcome = await decide(about, isOnline() ? ANSWER_WITHIN_MS : ANSWER_WITHIN_OFFLINE_MS);
    return outcome === null
      ? { kind: 'saved', about, atMs, slip: formatSlip(about.hash) }
      : { kind: 'outcome', outcome, about };
  }

  #toEvidence(
    liveness: LivenessResult,
    tookMs: number,
    decision: LivenessEvidence['decision'],
  ): LivenessEvidence {
    const { version } = liveness;
    const cues = Object.fromEntries(
      Object.entries(liveness.cues).filter(([, value]) => Number.isFinite(value)),
    );
    const policy = this.#parts.config().policy.liveness;
    return { policy, decision, version, cues, tookMs };
  }
}

/** A punch saved for later may still become one, so it counts. */
function madeAPunch(answer: Answer): boolean {
  if (answer.kind !== 'outcome') return answer.kind === 'saved';
  return answer.outcome.kind !== 'not-recognised' && answer.outcome.kind !== 'refused';
}
