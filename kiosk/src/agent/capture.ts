// The evidence of one enrolment: good frames of one live person, straight ahead, turned and raised, and once more with
// glasses or head cover changed if there are any. Nothing is captured before consent, and nothing outlives the call
// that seals it. Nobody is kept waiting: a pose that does not come within a few seconds is left out.
//
//   front ─▶ left ─▶ right ─▶ up ─▶ look ──ready──▶ other ─▶ complete
//     ▲       each: captured, or out of time  └─ skipped, or nobody answers ─▲
//     └── another person, or frames that agree on nobody
import type { LivenessAttempt, LivenessCheck, LivenessResult } from '../engine/liveness/port.js';
import type { FaceObservation, Frame } from '../engine/port.js';
import {
  ENROLMENT_LIMITS,
  type QualityLimits,
  TURNED_LIMITS,
  judgeQuality,
  qualityScore,
} from '../engine/quality/thresholds.js';
import { type PosedFrame, type Template, chooseTemplates } from './choose-templates.js';
import { type Face, faceDistance, fuseFaces, wipeFace } from './face.js';
import type { CaptureProgress } from './flow.js';
import type { CaptureStep } from '../contract/views.js';
import { type Heading, type Pose, meanHeading, poseOf } from './pose.js';

/** Segments of the ring: straight ahead, left, right, up, and the other look. */
export const CAPTURE_STEPS = 5;
const FRAMES: Readonly<Record<Pose, number>> = { front: 4, left: 2, right: 2, up: 2 };
const FRAMES_OTHER = 2;
const TURNED: readonly Pose[] = ['left', 'right', 'up'];
/** Between two captured frames of one pose, so that they differ a little. */
const APART_MS: Readonly<Record<Pose, number>> = { front: 250, left: 120, right: 120, up: 120 };
/** How long a pose is waited for while the person is in view. */
const POSE_LONGEST_MS = 3_000;
const LOOK_ASKED_MS = 6_000;
const OTHER_LONGEST_MS = 8_000;
/** Frames further apart than this in time count as if nobody had been in view between them. */
const LONGEST_GAP_MS = 1_000;
const UNDECIDED_AFTER_MS = 15_000;
/**
 * Unit-length distance from the person's own front within which a frame is theirs. Measured on turning heads: 99 % of
 * the frames that `poseOf` names lie within 0.32, the nearest stranger at 0.36.
 */
const SAME_PERSON = 0.34;
/** Glasses and head covers move a face further. */
const SAME_PERSON_OTHER = 0.38;
/** So many strange frames in a row are another person. */
const STRANGE_FRAMES = 3;

export interface CapturedTemplates {
  /** The mean stands last; the receiver wipes them. */
  readonly templates: Template[];
  readonly liveness: LivenessResult;
  readonly tookMs: number;
}

export class EnrolmentCapture {
  readonly #check: LivenessCheck;
  #liveness: LivenessAttempt;
  /** What first said that this attempt is of a living person; later frames may say too little, never the opposite. */
  #wasLive: LivenessResult | null = null;
  #frames: PosedFrame[] = [];
  #front: Face | null = null;
  #straight: Heading | null = null;
  #headings: Heading[] = [];
  #skipped = new Set<Pose>();
  #look: 'unasked' | 'asked' | 'changed' | 'done' = 'unasked';
  #trackId: number | null = null;
  /** The track was lost on the way: nothing counts until the face proves to be the same. */
  #mustProve = false;
  #strange = 0;
  #startedMs = 0;
  #lastMs = 0;
  #stepMs = 0;
  #lastTakenMs = Number.NEGATIVE_INFINITY;

  constructor(check: LivenessCheck) {
    this.#check = check;
    this.#liveness = check.begin(false);
  }

  get step(): CaptureStep {
    if (this.#straight === null || this.#look === 'done') return 'front';
    const missing = TURNED.find((pose) => !this.#skipped.has(pose) && !this.#has(pose));
    if (missing !== undefined) return missing;
    return this.#look === 'changed' ? 'other' : 'look';
  }

  /** What a face must be like now; a turned head is not told to face the screen. */
  get limits(): QualityLimits {
    return this.asksForTurn ? TURNED_LIMITS : ENROLMENT_LIMITS;
  }

  get asksForTurn(): boolean {
    return this.step !== 'front' && this.step !== 'other';
  }

  /** Every frame counts for liveness and for the time that a step may take. */
  see(frame: Frame, face: FaceObservation, trackId: number, nowMs: number): void {
    if (trackId !== this.#trackId) this.#changeTrack(trackId, nowMs);
    this.#liveness.add({ frame, face, atMs: nowMs, isAlone: true });
    this.#spend(Math.min(LONGEST_GAP_MS, nowMs - this.#lastMs));
    this.#lastMs = nowMs;
  }

  /** Whether this frame would add something, so that only such frames are embedded. */
  wants(face: FaceObservation, nowMs: number): boolean {
    const pose = this.#poseOf(face);
    if (pose === null || nowMs - this.#lastTakenMs < APART_MS[pose]) return false;
    const limits = pose === 'front' ? ENROLMENT_LIMITS : TURNED_LIMITS;
    if (judgeQuality(face.quality, limits).length > 0) return false;
    return this.#mustProve || this.#isMissing(pose);
  }

  /** Takes over the face of a frame that was wanted. */
  take(face: Face, seen: FaceObservation, nowMs: number): void {
    const pose = this.#poseOf(seen);
    if (pose === null || !this.#isSamePerson(face)) {
      wipeFace(face);
      if (this.#strange >= STRANGE_FRAMES) this.#restart(this.#trackId, nowMs);
      return;
    }
    this.#strange = 0;
    this.#mustProve = false;
    this.#lastTakenMs = nowMs;
    if (!this.#isMissing(pose)) {
      wipeFace(face);
      return;
    }
    const look = this.#look === 'changed' ? 'other' : 'usual';
    this.#frames.push({ face, pose, look, quality: qualityScore(seen.quality) });
    if (this.#straight !== null) this.#stepMs = 0;
    else this.#takeStraight(seen, nowMs);
    if (this.#count('front', 'other') >= FRAMES_OTHER) this.#look = 'done';
  }

  /** The person has changed glasses or head cover, or has none. False when that was not asked. */
  answerLook(isChanged: boolean): boolean {
    if (this.step !== 'look' || this.#look === 'done') return false;
    this.#look = isChanged ? 'changed' : 'done';
    this.#stepMs = 0;
    return true;
  }

  progress(): CaptureProgress {
    const result = this.#liveness.decide();
    const { decision } = result;
    if (decision === 'live') this.#wasLive ??= result;
    const { step } = this;
    const behind = this.#straight === null ? 0 : 1 + TURNED.filter((pose) => this.#isBehind(pose)).length;
    const mayEnd = this.#wasLive !== null || this.#lastMs - this.#startedMs >= UNDECIDED_AFTER_MS;
    const isDone = this.#look === 'done';
    return {
      step,
      behind: isDone ? behind + 1 : behind,
      isComplete: isDone && mayEnd && !this.#mustProve && decision !== 'attack',
      isAttack: decision === 'attack',
    };
  }

  /** Null when the frames agree on nobody. Wipes everything but its answer. */
  conclude(): CapturedTemplates | null {
    const templates = chooseTemplates(this.#frames);
    const liveness = this.#wasLive ?? this.#liveness.decide();
    this.wipe();
    return templates === null ? null : { templates, liveness, tookMs: this.#lastMs - this.#startedMs };
  }

  wipe(): void {
    for (const { face } of this.#frames) wipeFace(face);
    this.#frames = [];
    if (this.#front !== null) wipeFace(this.#front);
    this.#front = null;
  }

  #poseOf(face: FaceObservation): Pose | null {
    return this.#straight === null ? 'front' : poseOf(face.quality, this.#straight);
  }

  #count(pose: Pose, look: PosedFrame['look']): number {
    return this.#frames.filter((frame) => frame.pose === pose && frame.look === look).length;
  }

  #has(pose: Pose): boolean {
    return this.#count(pose, 'usual') >= FRAMES[pose];
  }

  #isMissing(pose: Pose): boolean {
    if (this.#look === 'done') return false;
    return this.#look === 'changed' ? pose === 'front' : !this.#has(pose);
  }

  #isBehind(pose: Pose): boolean {
    return this.#skipped.has(pose) || this.#has(pose);
  }

  #isSamePerson(face: Face): boolean {
    const limit = this.#look === 'changed' ? SAME_PERSON_OTHER : SAME_PERSON;
    const others = this.#front === null ? this.#frames.map((frame) => frame.face) : [this.#front];
    const isSame = others.every((other) => faceDistance(other, face) <= limit);
    if (!isSame) this.#strange += 1;
    return isSame;
  }

  #takeStraight(seen: FaceObservation, nowMs: number): void {
    this.#headings.push(seen.quality);
    if (!this.#has('front')) return;
    this.#front = fuseFaces(this.#frames)?.face ?? null;
    if (this.#front === null) {
      this.#restart(this.#trackId, nowMs);
      return;
    }
    this.#straight = meanHeading(this.#headings);
    this.#stepMs = 0;
  }

  #spend(ms: number): void {
    this.#stepMs += ms;
    const { step } = this;
    if (step === 'front') return;
    if (step === 'look') {
      if (this.#look === 'unasked') {
        this.#look = 'asked';
        this.#stepMs = 0;
      } else if (this.#stepMs >= LOOK_ASKED_MS) this.#look = 'done';
      return;
    }
    if (step === 'other') {
      if (this.#stepMs >= OTHER_LONGEST_MS) this.#look = 'done';
      return;
    }
    if (this.#stepMs < POSE_LONGEST_MS) return;
    this.#skipped.add(step);
    this.#stepMs = 0;
  }

  #changeTrack(trackId: number, nowMs: number): void {
    if (this.#straight === null) {
      this.#restart(trackId, nowMs);
      return;
    }
    this.#trackId = trackId;
    this.#liveness = this.#check.begin(false);
    this.#wasLive = null;
    this.#mustProve = true;
    this.#lastMs = nowMs;
  }

  #restart(trackId: number | null, nowMs: number): void {
    this.wipe();
    this.#liveness = this.#check.begin(false);
    this.#wasLive = null;
    this.#straight = null;
    this.#headings = [];
    this.#skipped = new Set();
    this.#look = 'unasked';
    this.#mustProve = false;
    this.#strange = 0;
    this.#trackId = trackId;
    this.#startedMs = nowMs;
    this.#lastMs = nowMs;
    this.#stepMs = 0;
    this.#lastTakenMs = Number.NEGATIVE_INFINITY;
  }
}
