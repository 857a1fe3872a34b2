// face-api itself on tfjs-WASM, fed with the very tensors that our networks get. Local files only.
import { createRequire } from 'node:module';
import path from 'node:path';
import { readdirSync } from 'node:fs';
import { decodePicture, readBytes } from '../../kiosk/src/commands/face/pictures.js';
import type { Frame } from '../../kiosk/src/engine/port.js';
import type { Planar } from '../../kiosk/src/engine/raster/planar.js';

const require = createRequire(import.meta.url);
const root = path.resolve(import.meta.dirname, '../..');
const demo = path.join(root, 'node_modules/@vladmandic/face-api/demo');

interface Tensor {
  data(): Promise<Float32Array>;
  dispose(): void;
}

interface Detection {
  readonly score: number;
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

interface Faceapi {
  readonly tf: { tensor3d(data: Float32Array, shape: readonly number[], type: 'float32'): Tensor };
  readonly nets: {
    readonly tinyFaceDetector: {
      loadFromDisk(folder: string): Promise<void>;
      locateFaces(
        input: Tensor,
        options: { inputSize: number; scoreThreshold: number },
      ): Promise<Detection[]>;
    };
    readonly ssdMobilenetv1: {
      loadFromDisk(folder: string): Promise<void>;
      locateFaces(input: Tensor, options: { minConfidence: number }): Promise<Detection[]>;
    };
    readonly faceLandmark68Net: {
      loadFromDisk(folder: string): Promise<void>;
      detectLandmarks(input: Tensor): Promise<{ positions: readonly { x: number; y: number }[] }>;
    };
    readonly faceRecognitionNet: {
      loadFromDisk(folder: string): Promise<void>;
      computeFaceDescriptor(input: Tensor): Promise<Float32Array>;
    };
  };
}

export async function loadReference(): Promise<Faceapi> {
  const tf = require('@tensorflow/tfjs') as {
    setBackend(name: string): Promise<boolean>;
    ready(): Promise<void>;
  };
  const wasm = require('@tensorflow/tfjs-backend-wasm') as { setWasmPaths(prefix: string): void };
  wasm.setWasmPaths(`${path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  await tf.setBackend('wasm');
  await tf.ready();
  const faceapi = require('@vladmandic/face-api/dist/face-api.node-wasm.js') as Faceapi;
  const models = path.join(root, 'node_modules/@vladmandic/face-api/model');
  for (const net of Object.values(pickNets(faceapi))) await net.loadFromDisk(models);
  return faceapi;
}

function pickNets({ nets }: Faceapi) {
  const { tinyFaceDetector, ssdMobilenetv1, faceLandmark68Net, faceRecognitionNet } = nets;
  return { tinyFaceDetector, ssdMobilenetv1, faceLandmark68Net, faceRecognitionNet };
}

/** The same numbers as a tensor in face-api's order (rows of RGB pixels). */
export function asTensor(faceapi: Faceapi, { width, height, data }: Planar): Tensor {
  const plane = width * height;
  const interleaved = new Float32Array(plane * 3);
  for (let pixel = 0; pixel < plane; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      interleaved[pixel * 3 + channel] = data[channel * plane + pixel] ?? 0;
    }
  }
  return faceapi.tf.tensor3d(interleaved, [height, width, 3], 'float32');
}

export const samples = readdirSync(demo)
  .filter((name) => name.startsWith('sample'))
  .sort();

export async function readSample(name: string): Promise<Frame> {
  return decodePicture(await readBytes(path.join(demo, name)));
}

/** Largest difference in parts of the largest value. */
export function relativeDifference(ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
  if (ours.length !== theirs.length) return Infinity;
  let difference = 0;
  let size = 0;
  for (let index = 0; index < ours.length; index += 1) {
    difference = Math.max(difference, Math.abs((ours[index] ?? NaN) - (theirs[index] ?? NaN)));
    size = Math.max(size, Math.abs(theirs[index] ?? NaN));
  }
  return difference / size;
}
