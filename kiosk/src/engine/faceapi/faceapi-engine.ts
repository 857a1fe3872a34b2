// face-api itself behind the engine's port: the reference that the native engine is measured against, and a way to
// compare with installations that use it. Needs packages that a tablet does not have; never part of one.

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { err, ok, UserError } from '@hazri/shared/result';
import type { FaceEngine, FaceObservation, Frame, StageTimes } from '../port.js';
import { cutUpright } from '../landmarks/landmarks.js';
import { measureQuality } from '../quality/measure.js';
import { toUnit } from '../embed/unit.js';
import type { FaceapiModule, FaceapiTensor } from './faceapi-types.js';

/** The size at which face-api's tiny detector misses the fewest faces that fill the picture. */
const INPUT_SIZE = 192;
const MIN_SCORE = 0.5;
const MODEL_ID = 'resnet29-b413e420-faceapi1';

/** Never a dependency: it fetches its library from outside the registry. */
const OPTIONAL_BACKEND = '@tensorflow/tfjs-node';

const require = createRequire(import.meta.url);

/** Opens face-api with its tiny detector, on tfjs-node where installed, else on tfjs-WASM. Errors: ENGINE_NOT_INSTALLED. */
export async function createFaceapiEngine(): Promise<FaceEngine> {
  const faceapi = await loadFaceapi();
  const modelDir = join(dirname(require.resolve('@vladmandic/face-api/package.json')), 'model');
  await faceapi.nets.tinyFaceDetector.loadFromDisk(modelDir);
  await faceapi.nets.faceLandmark68Net.loadFromDisk(modelDir);
  await faceapi.nets.faceRecognitionNet.loadFromDisk(modelDir);
  return {
    kind: 'faceapi',
    recognitionModelId: MODEL_ID,
    modelIds: { detector: 'faceapi-tiny192', landmarks: 'faceapi-landmark68', recognition: MODEL_ID },
    observe: (frame, options) => observe(faceapi, frame, options?.times),
    embed: (frame, landmarks, times) => embed(faceapi, frame, landmarks, times),
    embedNext: () => Promise.resolve(null),
    useRecognition: ({ current, next }) =>
      Promise.resolve(current === MODEL_ID && next === null ? ok(null) : err('ENGINE_MODEL_UNKNOWN')),
    embedCentre: (frame, times) => embedCentre(faceapi, frame, times),
    close: () => Promise.resolve(),
  };
}

async function loadFaceapi(): Promise<FaceapiModule> {
  try {
    require(OPTIONAL_BACKEND);
    return require('@vladmandic/face-api/dist/face-api.node.js') as FaceapiModule;
  } catch {
    return loadOnWasm();
  }
}

async function loadOnWasm(): Promise<FaceapiModule> {
  try {
    const tf = require('@tensorflow/tfjs') as {
      setBackend(name: string): Promise<boolean>;
      ready(): Promise<void>;
    };
    const wasm = require('@tensorflow/tfjs-backend-wasm') as { setWasmPaths(prefix: string): void };
    wasm.setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
    await tf.setBackend('wasm');
    await tf.ready();
    return require('@vladmandic/face-api/dist/face-api.node-wasm.js') as FaceapiModule;
  } catch {
    throw new UserError(
      'ENGINE_NOT_INSTALLED',
      'face-api needs @tensorflow/tfjs-node, or @tensorflow/tfjs with @tensorflow/tfjs-backend-wasm; install one of them.',
    );
  }
}

async function withTensor<T>(
  faceapi: FaceapiModule,
  frame: Frame,
  work: (tensor: FaceapiTensor) => Promise<T>,
): Promise<T> {
  const pixels = frame.width * frame.height;
  const rgb = new Int32Array(pixels * 3);
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      rgb[pixel * 3 + channel] = frame.data[pixel * frame.channels + channel] ?? 0;
    }
  }
  const tensor = faceapi.tf.tensor3d(rgb, [frame.height, frame.width, 3], 'int32');
  try {
    return await work(tensor);
  } finally {
    tensor.dispose();
  }
}

async function observe(faceapi: FaceapiModule, frame: Frame, times?: StageTimes): Promise<FaceObservation[]> {
  const start = performance.now();
  const options = new faceapi.TinyFaceDetectorOptions({ inputSize: INPUT_SIZE, scoreThreshold: MIN_SCORE });
  const found = await withTensor(faceapi, frame, (tensor) =>
    faceapi.detectAllFaces(tensor, options).withFaceLandmarks(),
  );
  // face-api does both stages in one call.
  if (times) times.detect += performance.now() - start;
  return found
    .map(({ detection, landmarks: { positions } }) => {
      const landmarks = Float32Array.from(positions.flatMap(({ x, y }) => [x, y]));
      const { x, y, width, height } = detection.box;
      const box = { x, y, width, height };
      const quality = measureQuality({ picture: frame, landmarks, upright: cutUpright(frame, landmarks) });
      return { box, score: detection.score, landmarks, quality };
    })
    .sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height);
}

async function embed(
  faceapi: FaceapiModule,
  frame: Frame,
  landmarks: Float32Array,
  times?: StageTimes,
): Promise<Float32Array> {
  const start = performance.now();
  const points = Array.from(
    { length: landmarks.length / 2 },
    (_, index) =>
      new faceapi.Point(
        (landmarks[2 * index] ?? 0) / frame.width,
        (landmarks[2 * index + 1] ?? 0) / frame.height,
      ),
  );
  const box = new faceapi.FaceLandmarks68(points, { width: frame.width, height: frame.height }).align();
  const embedding = await embedBox(faceapi, frame, box);
  if (times) times.embed += performance.now() - start;
  return embedding;
}

async function embedCentre(faceapi: FaceapiModule, frame: Frame, times?: StageTimes): Promise<Float32Array> {
  const start = performance.now();
  const side = Math.min(frame.width, frame.height) / 2;
  const box = new faceapi.Rect((frame.width - side) / 2, (frame.height - side) / 2, side, side);
  const embedding = await embedBox(faceapi, frame, box);
  if (times) times.embed += performance.now() - start;
  return embedding;
}

function embedBox(faceapi: FaceapiModule, frame: Frame, box: unknown): Promise<Float32Array> {
  return withTensor(faceapi, frame, async (tensor) => {
    const [crop] = await faceapi.extractFaceTensors(tensor, [box]);
    if (!crop) return toUnit(new Float32Array(128).fill(1));
    const descriptor = await faceapi.nets.faceRecognitionNet.computeFaceDescriptor(crop);
    crop.dispose();
    return toUnit(Float32Array.from(descriptor));
  });
}
