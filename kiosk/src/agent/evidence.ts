// The evidence of one check-in: the best frames of one track, embedded one by one, with what the liveness check says of
// them. Embeddings live here, in memory, until they are fused or wiped; frames are never kept.
import type { LivenessAttempt, LivenessCheck, LivenessResult } from '../engine/liveness/port.js';
import type { FaceObservation, Frame } from '../engine/port.js';
import { qualityScore } from '../engine/quality/thresholds.js';
import { type Face, type FaceFrame, faceDistance, fuseFaces, wipeFace } from './face.js';
import type { Evidence } from './flow.js';

/**
 * The best so many frames by quality are fused. Measured as distance to the same person's template: the first three
 * 0.112 (95th percentile 0.215), the best three of twelve 0.101 (0.216), the best eight 0.091 (0.185).
 */
const FUSED_FRAMES = 8;
const LEAST_FRAMES = 3;
/** Two frames will do when they are as good as this and as near to each other: a third says nothing new. */
const CERTAIN = { frames: 2, quality: 0.5, within: 0.12 } as const;
/** A frame must be better than the worst kept one by this factor to be worth embedding. */
const WORTH_EMBEDDING = 1.05;
/**
 * Even frames that add nothing are embedded this often: whoever the liveness is of must be who the embedding is of, so
 * nobody can take the place of the person whose good frames are in already.
 */
const LOOK_AGAIN_MS = 250;
/**
 * Unit-length distance between two frames of one track beyond which somebody else took the place. Measured: 1 in 10,000
 * pairs of good frames of one recording lie beyond it; the nearest stranger of 14 people at 0.36, half of them at 0.56.
 */
const SAME_PERSON_WITHIN = 0.38;
/** Liveness that is still undecided by then is sent as undecided; the server asks for a second factor. */
const UNDECIDED_AFTER_MS = 3_000;

export interface Concluded {
  /** The receiver wipes it. */
  readonly face: Face;
  readonly frames: number;
  readonly liveness: LivenessResult;
  readonly tookMs: number;
}

export class CheckInEvidence {
  readonly trackId: number;
  readonly #liveness: LivenessAttempt;
  readonly #startedMs: number;
  #best: FaceFrame[] = [];
  #lastMs: number;
  #lookedMs = Number.NEGATIVE_INFINITY;

  constructor(trackId: number, check: LivenessCheck, nowMs: number) {
    this.trackId = trackId;
    this.#liveness = check.begin(true);
    this.#startedMs = nowMs;
    this.#lastMs = nowMs;
  }

  /** Every frame of the track counts for liveness; the frame is only read. */
  see(frame: Frame, face: FaceObservation, nowMs: number, isAlone = true): void {
    this.#liveness.add({ frame, face, atMs: nowMs, isAlone });
    this.#lastMs = nowMs;
  }

  /** Whether a good frame is worth embedding: among the best so far, or due for another look at who stands there. */
  wants(face: FaceObservation): boolean {
    if (this.#lastMs - this.#lookedMs >= LOOK_AGAIN_MS) return true;
    const worst = Math.min(...this.#best.map(({ quality }) => quality));
    return this.#best.length < FUSED_FRAMES || qualityScore(face.quality) > worst * WORTH_EMBEDDING;
  }

  /** Takes over the face of a wanted frame. False: it is not the person of the frames before, start anew. */
  take(face: Face, seen: FaceObservation): boolean {
    if (this.#best.some((frame) => faceDistance(frame.face, face) > SAME_PERSON_WITHIN)) {
      wipeFace(face);
      return false;
    }
    this.#lookedMs = this.#lastMs;
    this.#best.push({ face, quality: qualityScore(seen.quality) });
    if (this.#best.length > FUSED_FRAMES) {
      const worst = this.#best.reduce((a, b) => (b.quality < a.quality ? b : a));
      this.#best = this.#best.filter((frame) => frame !== worst);
      wipeFace(worst.face);
    }
    return true;
  }

  status(): Evidence {
    const { decision } = this.#liveness.decide();
    if (decision === 'attack') return { kind: 'attack' };
    const asked = this.#liveness.asks();
    if (asked !== null) return { kind: 'asking', asked };
    const elapsedMs = this.#lastMs - this.#startedMs;
    const isWaitedFor = decision === 'live' || elapsedMs >= UNDECIDED_AFTER_MS;
    const isFresh = this.#lastMs - this.#lookedMs < LOOK_AGAIN_MS;
    if (this.#hasEnough() && isWaitedFor && isFresh) return { kind: 'complete' };
    const frames = Math.min(1, this.#best.length / LEAST_FRAMES);
    return {
      kind: 'collecting',
      progress: Math.min(0.95, 0.7 * frames + (0.25 * elapsedMs) / UNDECIDED_AFTER_MS),
    };
  }

  /** Null when the frames agree on nobody. Wipes everything but its answer. */
  conclude(): Concluded | null {
    const least = this.#isCertain() ? CERTAIN.frames : LEAST_FRAMES;
    const fused = fuseFaces(this.#best);
    const liveness = this.#liveness.decide();
    this.wipe();
    if (fused === null) return null;
    const { face, frames } = fused;
    if (frames < least) {
      wipeFace(face);
      return null;
    }
    return { face, frames, liveness, tookMs: this.#lastMs - this.#startedMs };
  }

  wipe(): void {
    for (const { face } of this.#best) wipeFace(face);
    this.#best = [];
  }

  #hasEnough(): boolean {
    return this.#best.length >= LEAST_FRAMES || this.#isCertain();
  }

  #isCertain(): boolean {
    const [first, ...others] = this.#best;
    if (first === undefined || this.#best.length < CERTAIN.frames) return false;
    const isGood = this.#best.every(({ quality }) => quality >= CERTAIN.quality);
    return isGood && others.every((other) => faceDistance(first.face, other.face) <= CERTAIN.within);
  }
}
