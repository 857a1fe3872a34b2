// The engine as the rest of the tablet sees it: frames in, faces and embeddings out.
// Nothing here may keep a frame after its promise settles, and no picture ever leaves the engine.

import type { Result } from '@hazri/shared/result';

/** A picture in memory. The caller owns `data`; the engine only reads it and never keeps it. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  /** Interleaved rows from the top left, 0..255 per channel: RGB (3) or RGBA (4, alpha ignored). */
  readonly channels: 3 | 4;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** Pixels of the oriented picture; may reach over its edge. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What can be said about how well a face can be recognised. Scales and thresholds: `quality/thresholds.ts`. */
export interface FaceQuality {
  /** Distance between the eye centres in pixels. */
  readonly interocularPx: number;
  /** Variance of the Laplacian on the upright, luminance-normalised face, less where it is smeared; larger is sharper. */
  readonly sharpness: number;
  /** Mean luminance of the face, 0 (black) to 1 (white). */
  readonly exposure: number;
  /** Standard deviation of the face's luminance, 0 to 0.5. */
  readonly contrast: number;
  /** Left–right asymmetry of nose to jaw, −1 to 1; 0 looks at the camera. */
  readonly yaw: number;
  /** Nose height between eyes and mouth against a level face, −1 (down) to 1 (up); 0 looks at the camera. */
  readonly pitch: number;
  /** In-plane rotation in degrees, clockwise positive. */
  readonly rollDeg: number;
  /** Share of the face, brows to chin, that lies inside the picture, 0 to 1. */
  readonly inside: number;
  /** Light of the eyes against the same face's skin, 0 (dark glasses, hair) to 1 (as bright as the skin). */
  readonly eyes: number;
  /** Signs of a bare mouth and nose, 0 (mask, scarf) to 1 (plainly bare). */
  readonly lowerFace: number;
  /** Share of the surroundings' light that does not reach the face, 0 (lit like them) to 1 (black before them). */
  readonly backlight: number;
}

/** One face in one frame. */
export interface FaceObservation {
  readonly box: Box;
  /** Detector confidence, 0 to 1. */
  readonly score: number;
  /** 68 points as x0,y0,x1,y1,… in pixels of the picture (iBUG 300-W order). */
  readonly landmarks: Float32Array;
  readonly quality: FaceQuality;
}

/** Times of one call in milliseconds, for the command line and the benchmarks. */
export interface StageTimes {
  detect: number;
  landmarks: number;
  align: number;
  embed: number;
}

/** What `observe` may be asked for. */
export interface ObserveOptions {
  /** Look at every scale even when a sure face was found at once, so that small bystanders are seen too. */
  readonly everyone?: boolean;
  /** Try the slower detector where the fast one finds nothing. */
  readonly careful?: boolean;
  /** Receives the time of each stage, added to what is there. */
  readonly times?: StageTimes;
}

/** Identifies networks, weights and preprocessing, for the events that rest on them. */
export interface EngineModelIds {
  readonly detector: string;
  readonly landmarks: string;
  readonly recognition: string;
  /** The model that a roll-over goes to, while there is one. */
  readonly nextRecognition?: string;
}

/** The recognition models to run: the one that decides and, during a roll-over, the one it goes to. */
export interface RecognitionModels {
  readonly current: string;
  readonly next: string | null;
}

/** Implemented natively (`onnx`) and, optionally, by face-api itself (`faceapi`). */
export interface FaceEngine {
  readonly kind: 'onnx' | 'faceapi';
  /** Identifies network, weights and preprocessing; templates of different ids are never compared. */
  readonly recognitionModelId: string;
  readonly modelIds: EngineModelIds;
  /** Finds faces, largest first, each with landmarks and quality. */
  observe(frame: Frame, options?: ObserveOptions): Promise<FaceObservation[]>;
  /** 128 numbers of unit length for the face with these landmarks. */
  embed(frame: Frame, landmarks: Float32Array, times?: StageTimes): Promise<Float32Array>;
  /** The same face as `nextRecognition` sees it; null while there is no such model. */
  embedNext(frame: Frame, landmarks: Float32Array, times?: StageTimes): Promise<Float32Array | null>;
  /**
   * Opens these models and uses them from the next call on; `modelIds` then names them. A model that this
   * installation does not have changes nothing. Errors: ENGINE_MODEL_UNKNOWN.
   */
  useRecognition(models: RecognitionModels): Promise<Result<null, 'ENGINE_MODEL_UNKNOWN'>>;
  /** 128 numbers of unit length for the middle of a picture in which no face was found. */
  embedCentre(frame: Frame, times?: StageTimes): Promise<Float32Array>;
  close(): Promise<void>;
}
