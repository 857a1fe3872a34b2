// One face as the tablet's models see it: an embedding of the current recognition model and, during a roll-over, one of
// the next. They are made of the same frame, fused over the same frames and wiped together.
import { distanceBetween } from '../engine/embed/unit.js';
import { fuseEmbeddings } from '../engine/fuse/fuse.js';
import type { EngineModelIds, FaceEngine, FaceObservation, Frame } from '../engine/port.js';

/** Whoever holds it last wipes it. */
export interface Face {
  /** 128 numbers of unit length. */
  readonly current: Float32Array;
  /** 128 numbers of unit length; null while no roll-over is under way. */
  readonly next: Float32Array | null;
  /** What made them. */
  readonly models: EngineModelIds;
}

/** A face of one frame. */
export interface FaceFrame {
  readonly face: Face;
  /** `qualityScore`, 0 to 1. */
  readonly quality: number;
}

export interface FusedFace {
  readonly face: Face;
  /** Frames that were averaged. */
  readonly frames: number;
}

/** The frame is only read. */
export async function embedFace(engine: FaceEngine, frame: Frame, seen: FaceObservation): Promise<Face> {
  // Both runs begin before anything else can change the models, so that the ids name what really ran.
  const { nextRecognition, ...ids } = engine.modelIds;
  const running = [engine.embed(frame, seen.landmarks), engine.embedNext(frame, seen.landmarks)] as const;
  const [current, next] = await Promise.all(running);
  const isRollOver = next !== null && nextRecognition !== undefined;
  return isRollOver
    ? { current, next, models: { ...ids, nextRecognition } }
    : { current, next: null, models: ids };
}

/** Unit-length distance by the current model; infinite between faces of different models, which say nothing together. */
export function faceDistance(a: Face, b: Face): number {
  if (a.models.recognition !== b.models.recognition) return Number.POSITIVE_INFINITY;
  return distanceBetween(a.current, b.current);
}

/** Null when there is no frame, or when the frames agree on nobody. The frames stay as they are. */
export function fuseFaces(frames: readonly FaceFrame[]): FusedFace | null {
  const [first] = frames;
  const current = fuseEmbeddings(frames.map(({ face, quality }) => ({ embedding: face.current, quality })));
  if (first === undefined || current === null) return null;
  const { nextRecognition, ...ids } = first.face.models;
  const nexts = frames.flatMap(({ face, quality }) =>
    face.next !== null && face.models.nextRecognition === nextRecognition
      ? [{ embedding: face.next, quality }]
      : [],
  );
  const next = nexts.length === frames.length ? fuseEmbeddings(nexts) : null;
  const isRollOver = next !== null && nextRecognition !== undefined;
  const models = isRollOver ? { ...ids, nextRecognition } : ids;
  return {
    face: { current: current.embedding, next: isRollOver ? next.embedding : null, models },
    frames: current.frames,
  };
}

/** The same face for the current model alone; wipes the other embedding. */
export function withoutNext({ current, next, models }: Face): Face {
  const { nextRecognition: _nextRecognition, ...ids } = models;
  next?.fill(0);
  return { current, next: null, models: ids };
}

export function copyFace({ current, next, models }: Face): Face {
  return {
    current: Float32Array.from(current),
    next: next === null ? null : Float32Array.from(next),
    models,
  };
}

export function wipeFace({ current, next }: Face): void {
  current.fill(0);
  next?.fill(0);
}
