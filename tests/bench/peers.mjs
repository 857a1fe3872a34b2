// The peers, as their own documentation sets them up in Node: face-api and Human on tfjs-WASM, one thread. Their networks
// come with their packages; nothing is downloaded.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const root = path.resolve(import.meta.dirname, '../..');

export const FACEAPI = 'face-api on tfjs-WASM';
export const HUMAN = 'Human on tfjs-WASM';

/** Human reads its networks over HTTP only; this address is answered from its package. */
const HUMAN_MODELS = 'http://human.invalid/';

function wasmFolder() {
  return `${path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`;
}

export async function loadFaceapi() {
  const tf = require('@tensorflow/tfjs');
  require('@tensorflow/tfjs-backend-wasm').setWasmPaths(wasmFolder());
  await tf.setBackend('wasm');
  await tf.ready();
  const faceapi = require('@vladmandic/face-api/dist/face-api.node-wasm.js');
  const models = path.join(root, 'node_modules/@vladmandic/face-api/model');
  for (const net of ['tinyFaceDetector', 'faceLandmark68Net', 'faceRecognitionNet']) {
    await faceapi.nets[net].loadFromDisk(models);
  }
  return faceapi;
}

/**
 * Detector and 468-point mesh, and with `description` its 1024 numbers per face. Nothing else is switched on.
 * @param {{ description: boolean }} options
 */
export async function loadHuman({ description }) {
  const folder = path.dirname(require.resolve('@vladmandic/human'));
  answerFromFolder(path.join(folder, '../models'));
  const { Human } = require(path.join(folder, 'human.node-wasm.js'));
  const off = { enabled: false };
  const detector = { rotation: true, maxDetected: 1, skipFrames: 0, skipTime: 0 };
  const human = new Human({
    backend: 'wasm',
    wasmPath: wasmFolder(),
    modelBasePath: HUMAN_MODELS,
    cacheSensitivity: 0,
    skipAllowed: false,
    warmup: 'none',
    filter: off,
    face: {
      enabled: true,
      detector,
      mesh: { enabled: true },
      description: { enabled: description, skipFrames: 0, skipTime: 0 },
      iris: off,
      emotion: off,
      antispoof: off,
      liveness: off,
    },
    body: off,
    hand: off,
    object: off,
    gesture: off,
    segmentation: off,
  });
  await human.load();
  return human;
}

/** @param {string} folder */
function answerFromFolder(folder) {
  const fetchOverNetwork = globalThis.fetch;
  globalThis.fetch = async (input, options) => {
    const url = typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;
    if (!url.startsWith(HUMAN_MODELS)) return fetchOverNetwork(input, options);
    return new Response(readFileSync(path.join(folder, url.slice(HUMAN_MODELS.length))));
  };
}
