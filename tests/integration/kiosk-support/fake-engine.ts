// A strict stand-in for the engine and the liveness check: a frame's first pixels say who stands in it, so the agent
// can be driven without a camera. Everything behind it (journal, seal, TLS, sync) is the real thing.
import { encodeFrame } from '../../../kiosk/src/contract/frame.js';
import { err, ok } from '../../../shared/src/result/result.js';
import type { LivenessCheck, LivenessDecision } from '../../../kiosk/src/engine/liveness/port.js';
import type {
  EngineModelIds,
  FaceEngine,
  FaceObservation,
  Frame,
  RecognitionModels,
} from '../../../kiosk/src/engine/port.js';

const WIDTH = 64;
const HEIGHT = 48;

export interface Shown {
  readonly column?: number;
  readonly yaw?: number;
  readonly pitch?: number;
  readonly second?: number;
}

/** Person 0 is nobody. `column` moves the face sideways. */
export function frameOf(person: number, options: Shown = {}) {
  const data = new Uint8Array(WIDTH * HEIGHT * 3).fill(90);
  data[0] = person;
  data[1] = options.column ?? 16;
  data[2] = Math.round(((options.yaw ?? 0) + 1) * 100);
  data[3] = options.second ?? 0;
  data[4] = Math.round(((options.pitch ?? 0) + 1) * 100);
  return encodeFrame({ width: WIDTH, height: HEIGHT, channels: 3, data, capturedMonoMs: 0 });
}

/** A unit vector per person, with a little noise. */
export function embeddingOf(person: number, noise = 0): Float32Array {
  const embedding = new Float32Array(128);
  for (let index = 0; index < 128; index += 1) {
    embedding[index] =
      Math.sin((person * 37 + 1) * (index + 1) * 0.7) + noise * Math.sin(index * 13 + noise * 999);
  }
  const length = Math.hypot(...embedding);
  return embedding.map((value) => value / length);
}

function observation(
  person: number,
  column: number,
  heading: { yaw: number; pitch: number },
): FaceObservation {
  const { yaw, pitch } = heading;
  return {
    box: { x: column, y: 10, width: 24, height: 28 },
    score: 0.99,
    // The engine gets nothing but the landmarks to embed from: the person, and how the head is turned.
    landmarks: Float32Array.from({ length: 136 }, (_, at) => [person, yaw, pitch][at] ?? 0),
    quality: {
      interocularPx: 80,
      sharpness: 300,
      exposure: 0.5,
      contrast: 0.2,
      yaw,
      pitch,
      rollDeg: 0,
      inside: 1,
      eyes: 0.7,
      lowerFace: 1,
      backlight: 0,
    },
  };
}

/** Knows two recognition models: `fake-1`, and `fake-2` to roll over to. */
export class FakeEngine implements FaceEngine {
  readonly kind = 'onnx';
  modelIds: EngineModelIds = { detector: 'd', landmarks: 'l', recognition: 'fake-1' };
  embedded = 0;

  get recognitionModelId(): string {
    return this.modelIds.recognition;
  }

  observe(frame: Frame): Promise<FaceObservation[]> {
    const [person = 0, column = 0, yaw = 100, second = 0, pitch = 100] = frame.data;
    const heading = { yaw: yaw / 100 - 1, pitch: pitch / 100 - 1 };
    const faces = person === 0 ? [] : [observation(person, column, heading)];
    if (second !== 0) faces.push(observation(second, 50, { yaw: 0, pitch: 0 }));
    return Promise.resolve(faces);
  }

  embed(_frame: Frame, landmarks: Float32Array): Promise<Float32Array> {
    this.embedded += 1;
    return Promise.resolve(this.#see(this.modelIds.recognition, landmarks));
  }

  embedNext(_frame: Frame, landmarks: Float32Array): Promise<Float32Array | null> {
    const { nextRecognition } = this.modelIds;
    return Promise.resolve(nextRecognition === undefined ? null : this.#see(nextRecognition, landmarks));
  }

  useRecognition({ current, next }: RecognitionModels): ReturnType<FaceEngine['useRecognition']> {
    const isKnown = [current, next].every((id) => id === null || id === 'fake-1' || id === 'fake-2');
    if (!isKnown) return Promise.resolve(err('ENGINE_MODEL_UNKNOWN'));
    const ids = { detector: 'd', landmarks: 'l', recognition: current };
    this.modelIds = next === null ? ids : { ...ids, nextRecognition: next };
    return Promise.resolve(ok(null));
  }

  /** A turned head lies a little aside, as a real one does; the second model sees everybody elsewhere. */
  #see(modelId: string, [person = 0, yaw = 0, pitch = 0]: Float32Array): Float32Array {
    const straight = embeddingOf(person + (modelId === 'fake-2' ? 40 : 0), (this.embedded % 7) * 0.01);
    const turned = straight.map(
      (value, at) => value + (at === 3 ? yaw * 0.4 : 0) + (at === 9 ? pitch * 0.4 : 0),
    );
    const length = Math.hypot(...turned);
    return turned.map((value) => value / length);
  }

  embedCentre(): Promise<Float32Array> {
    throw new Error('not used by the agent');
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

export function fakeLiveness(decide: () => LivenessDecision): LivenessCheck {
  return {
    version: 'fake',
    begin: () => {
      let frames = 0;
      return {
        add: () => {
          frames += 1;
        },
        asks: () => null,
        decide: () => ({
          decision: frames >= 3 ? decide() : 'undecided',
          cues: { frames },
          version: 'fake',
        }),
      };
    },
  };
}
