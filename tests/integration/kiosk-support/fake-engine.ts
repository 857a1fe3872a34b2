// A strict stand-in for the engine and the liveness check: a frame's first pixels say who stands in it, so the agent
// can be driven without a camera. Everything behind it (journal, seal, TLS, sync) is the real thing.
import { encodeFrame } from '../../../kiosk/src/contract/frame.js';
import { err, ok } from '../../../shared/src/result/result.js';
import type { LivenessCheck, LivenessDecision } from '../../../kiosk/src/engine/liveness/port.js';
import type {
  FaceEngine,
  FaceObservation,
  Frame,
  RecognitionModels,
} from '../../../kiosk/src/engine/port.js';

const WIDTH = 64;
const HEIGHT = 48;

/** Person 0 is nobody. `column` moves the face sideways. */
export function frameOf(person: number, options: { column?: number; yaw?: number; second?: number } = {}) {
  const data = new Uint8Array(WIDTH * HEIGHT * 3).fill(90);
  data[0] = person;
  data[1] = options.column ?? 16;
  data[2] = Math.round(((options.yaw ?? 0) + 1) * 100);
  data[3] = options.second ?? 0;
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

function observation(person: number, column: number, yaw: number): FaceObservation {
  return {
    box: { x: column, y: 10, width: 24, height: 28 },
    score: 0.99,
    landmarks: new Float32Array(136).fill(person),
    quality: {
      interocularPx: 80,
      sharpness: 300,
      exposure: 0.5,
      contrast: 0.2,
      yaw,
      pitch: 0,
      rollDeg: 0,
      inside: 1,
      eyes: 0.7,
      lowerFace: 1,
      backlight: 0,
    },
  };
}

export class FakeEngine implements FaceEngine {
  readonly kind = 'onnx';
  readonly recognitionModelId = 'fake-1';
  readonly modelIds = { detector: 'd', landmarks: 'l', recognition: 'fake-1' };
  embedded = 0;

  observe(frame: Frame): Promise<FaceObservation[]> {
    const [person = 0, column = 0, yaw = 100, second = 0] = frame.data;
    const faces = person === 0 ? [] : [observation(person, column, yaw / 100 - 1)];
    if (second !== 0) faces.push(observation(second, 50, 0));
    return Promise.resolve(faces);
  }

  embed(_frame: Frame, landmarks: Float32Array): Promise<Float32Array> {
    this.embedded += 1;
    return Promise.resolve(embeddingOf(landmarks[0] ?? 0, (this.embedded % 7) * 0.01));
  }

  embedNext(): Promise<null> {
    return Promise.resolve(null);
  }

  useRecognition({ current, next }: RecognitionModels): ReturnType<FaceEngine['useRecognition']> {
    const isKnown = current === this.recognitionModelId && next === null;
    return Promise.resolve(isKnown ? ok(null) : err('ENGINE_MODEL_UNKNOWN'));
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
        decide: () => ({
          decision: frames >= 3 ? decide() : 'undecided',
          cues: { frames },
          version: 'fake',
        }),
      };
    },
  };
}
