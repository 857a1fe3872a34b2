// The evidence of one enrolment: good frames spread over some seconds, all of one live person, made into a few
// templates. Nothing is captured before consent, and nothing outlives the call that seals it.
import { type EmbeddedFrame, fuseEmbeddings } from '../engine/fuse/fuse.js';
import { distanceBetween } from '../engine/embed/unit.js';
import type { LivenessAttempt, LivenessCheck, LivenessResult } from '../engine/liveness/port.js';
import type { FaceObservation, Frame } from '../engine/port.js';
import { qualityScore } from '../engine/quality/thresholds.js';
import { SAME_PERSON_WITHIN } from './evidence.js';
import type { CaptureProgress } from './flow.js';
import type { TemplateInfo } from '@hazri/shared/protocol/event';

export const FRAMES_NEEDED = 6;
/** Between two captured frames, so that they differ a little. */
const APART_MS = 350;
const GROUPS = 3;
const UNDECIDED_AFTER_MS = 12_000;

export interface CapturedTemplates {
  /** Fused groups of frames in their order, then the mean of all; the receiver zeroes them. */
  readonly embeddings: Float32Array[];
  /** What each of them is of. */
  readonly infos: TemplateInfo[];
  readonly liveness: LivenessResult;
  readonly tookMs: number;
}

export class EnrolmentCapture {
  readonly #check: LivenessCheck;
  #liveness: LivenessAttempt;
  #frames: EmbeddedFrame[] = [];
  #trackId: number | null = null;
  #startedMs = 0;
  #lastMs = 0;
  #lastTakenMs = Number.NEGATIVE_INFINITY;

  constructor(check: LivenessCheck) {
    this.#check = check;
    this.#liveness = check.begin();
  }

  /** Another person in front of the camera starts the capture anew. */
  see(frame: Frame, face: FaceObservation, trackId: number, nowMs: number): void {
    if (trackId !== this.#trackId) this.#restart(trackId, nowMs);
    this.#liveness.add({ frame, face, atMs: nowMs });
    this.#lastMs = nowMs;
  }

  wantsFrame(nowMs: number): boolean {
    return this.#frames.length < FRAMES_NEEDED && nowMs - this.#lastTakenMs >= APART_MS;
  }

  take(embedding: Float32Array, face: FaceObservation, nowMs: number): void {
    const isOther = this.#frames.some(
      (frame) => distanceBetween(frame.embedding, embedding) > SAME_PERSON_WITHIN,
    );
    if (isOther) this.#restart(this.#trackId, nowMs);
    this.#frames.push({ embedding, quality: qualityScore(face.quality) });
    this.#lastTakenMs = nowMs;
  }

  progress(): CaptureProgress {
    const { decision } = this.#liveness.decide();
    const isFull = this.#frames.length >= FRAMES_NEEDED;
    const mayEnd = decision === 'live' || this.#lastMs - this.#startedMs >= UNDECIDED_AFTER_MS;
    return {
      captured: this.#frames.length,
      isComplete: isFull && mayEnd && decision !== 'attack',
      isAttack: decision === 'attack',
    };
  }

  /** Null when the frames agree on nobody. Wipes everything but its answer. */
  conclude(): CapturedTemplates | null {
    const size = FRAMES_NEEDED / GROUPS;
    const groups = Array.from({ length: GROUPS }, (_, group) =>
      this.#frames.slice(group * size, (group + 1) * size),
    );
    const fused = [...groups, this.#frames].map(fuseEmbeddings);
    const liveness = this.#liveness.decide();
    const quality = Math.max(0, ...this.#frames.map((frame) => frame.quality));
    this.wipe();
    const embeddings = fused.flatMap((one) => (one === null ? [] : [one.embedding]));
    const infos = embeddings.map((): TemplateInfo => ({ pose: 'front', look: 'usual', quality }));
    // The mean stands last; without it the frames were not of one person.
    if (fused.at(-1) === null) {
      for (const embedding of embeddings) embedding.fill(0);
      return null;
    }
    return { embeddings, infos, liveness, tookMs: this.#lastMs - this.#startedMs };
  }

  wipe(): void {
    for (const { embedding } of this.#frames) embedding.fill(0);
    this.#frames = [];
  }

  #restart(trackId: number | null, nowMs: number): void {
    this.wipe();
    this.#liveness = this.#check.begin();
    this.#trackId = trackId;
    this.#startedMs = nowMs;
    this.#lastTakenMs = Number.NEGATIVE_INFINITY;
  }
}
