// Fuses embeddings of one person's frames into one: best frames only, outliers out, weighted mean, unit length.

import { distanceBetween, meanDirection } from '../embed/unit.js';

/** One embedded frame. */
export interface EmbeddedFrame {
  /** 128 numbers of unit length. */
  readonly embedding: Float32Array;
  /** `qualityScore`, 0 to 1. */
  readonly quality: number;
}

/** The fused embedding and what it rests on. */
export interface FusedEmbedding {
  /** 128 numbers of unit length. */
  readonly embedding: Float32Array;
  /** Frames that were averaged. */
  readonly frames: number;
  /** Largest unit-length distance of an averaged frame from the result; large values mean two people. */
  readonly spread: number;
}

/** One person's frames of one attempt lie well within this unit-length distance of their mean. */
export const OUTLIER_DISTANCE = 0.35;

/** Fuses at least one frame; null when there is none, or when the frames agree on nobody. */
export function fuseEmbeddings(frames: readonly EmbeddedFrame[]): FusedEmbedding | null {
  if (frames.length === 0) return null;
  const rough = meanOf(frames);
  const kept = frames.filter(({ embedding }) => distanceBetween(embedding, rough) <= OUTLIER_DISTANCE);
  if (kept.length * 2 < frames.length || kept.length === 0) return null;
  const embedding = meanOf(kept);
  const spread = Math.max(...kept.map((frame) => distanceBetween(frame.embedding, embedding)));
  return { embedding, frames: kept.length, spread };
}

function meanOf(frames: readonly EmbeddedFrame[]): Float32Array {
  return meanDirection(
    frames.map(({ embedding }) => embedding),
    frames.map(({ quality }) => Math.max(quality, 0.05)),
  );
}
