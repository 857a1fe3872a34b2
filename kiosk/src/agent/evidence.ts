// The evidence of one check-in: good frames of one track, embedded one by one, with what the liveness check says of
// them. Embeddings live here, in memory, until they are fused or wiped; frames are never kept.
import { type EmbeddedFrame, fuseEmbeddings, pickBest } from '../engine/fuse/fuse.js';
import { distanceBetween } from '../engine/embed/unit.js';
import type { LivenessAttempt, LivenessCheck, LivenessResult } from '../engine/liveness/port.js';
import type { FaceObservation, Frame } from '../engine/port.js';
import { qualityScore } from '../engine/quality/thresholds.js';
import type { Evidence } from './flow.js';

const LEAST_FRAMES = 3;
/** Unit-length distance between two frames of one track beyond which somebody else took the place. */
export const SAME_PERSON_WITHIN = 0.5;
const FUSED_FRAMES = 5;
const MOST_FRAMES = 24;
/** Liveness that is still undecided by then is sent as undecided; the server asks for a second factor. */
const UNDECIDED_AFTER_MS = 3_000;

export interface Concluded {
  /** 128 numbers of unit length; the receiver zeroes them. */
  readonly embedding: Float32Array;
  readonly frames: number;
  readonly liveness: LivenessResult;
  readonly tookMs: number;
}

export class CheckInEvidence {
  readonly trackId: number;
  readonly #liveness: LivenessAttempt;
  readonly #startedMs: number;
  #frames: EmbeddedFrame[] = [];
  #lastMs: number;

  constructor(trackId: number, check: LivenessCheck, nowMs: number) {
    this.trackId = trackId;
    this.#liveness = check.begin();
    this.#startedMs = nowMs;
    this.#lastMs = nowMs;
  }

  /** Every frame of the track counts for liveness; only good ones are embedded. The frame is only read. */
  see(frame: Frame, face: FaceObservation, nowMs: number): void {
    this.#liveness.add({ frame, face, atMs: nowMs });
    this.#lastMs = nowMs;
  }

  /** Takes over a good frame's embedding. False: it is not the person of the frames before, start anew. */
  take(embedding: Float32Array, face: FaceObservation): boolean {
    const isOther = this.#frames.some(
      (frame) => distanceBetween(frame.embedding, embedding) > SAME_PERSON_WITHIN,
    );
    if (isOther) {
      embedding.fill(0);
      return false;
    }
    this.#frames.push({ embedding, quality: qualityScore(face.quality) });
    if (this.#frames.length > MOST_FRAMES) this.#frames.shift()?.embedding.fill(0);
    return true;
  }

  status(): Evidence {
    const { decision } = this.#liveness.decide();
    if (decision === 'attack') return { kind: 'attack' };
    const elapsedMs = this.#lastMs - this.#startedMs;
    const hasFrames = this.#frames.length >= LEAST_FRAMES;
    if (hasFrames && (decision === 'live' || elapsedMs >= UNDECIDED_AFTER_MS)) return { kind: 'complete' };
    const frames = Math.min(1, this.#frames.length / LEAST_FRAMES);
    return {
      kind: 'collecting',
      progress: Math.min(0.95, 0.7 * frames + (0.25 * elapsedMs) / UNDECIDED_AFTER_MS),
    };
  }

  /** Null when the frames agree on nobody. Wipes everything but its answer. */
  conclude(): Concluded | null {
    const best = pickBest(this.#frames, FUSED_FRAMES, ({ quality }) => quality);
    const fused = fuseEmbeddings(best);
    const liveness = this.#liveness.decide();
    this.wipe();
    if (fused === null || fused.frames < LEAST_FRAMES) return null;
    const { embedding, frames } = fused;
    return { embedding, frames, liveness, tookMs: this.#lastMs - this.#startedMs };
  }

  wipe(): void {
    for (const { embedding } of this.#frames) embedding.fill(0);
    this.#frames = [];
  }
}
