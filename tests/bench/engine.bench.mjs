// The engine against face-api on tfjs-WASM, as Node runs it: one embedding, and one whole camera frame from pixels to
// landmarks. Same weights, same pictures, same run.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { decodePicture } from '../../kiosk/dist/commands/face/pictures.js';
import { splitJpegs } from '../../kiosk/dist/commands/face/jpeg-stream.js';
import { CHIP_SIZE, chipTransform, cutMirroredChips } from '../../kiosk/dist/engine/align/chip.js';
import { createOnnxEngine } from '../../kiosk/dist/engine/onnx/onnx-engine.js';
import { openOnnxNetwork } from '../../kiosk/dist/engine/onnx/onnx-network.js';
import { openModels } from '../../models/dist/load.js';
import { sideBySide } from './side-by-side.mjs';

const require = createRequire(import.meta.url);
const root = path.resolve(import.meta.dirname, '../..');
const PEER = 'face-api on tfjs-WASM';
const WIDTH = 640;
const HEIGHT = 480;
const CHIP_VALUES = 3 * CHIP_SIZE * CHIP_SIZE;

async function loadPeer() {
  const tf = require('@tensorflow/tfjs');
  const wasm = require('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(`${path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  await tf.setBackend('wasm');
  await tf.ready();
  const faceapi = require('@vladmandic/face-api/dist/face-api.node-wasm.js');
  const models = path.join(root, 'node_modules/@vladmandic/face-api/model');
  for (const net of ['tinyFaceDetector', 'faceLandmark68Net', 'faceRecognitionNet']) {
    await faceapi.nets[net].loadFromDisk(models);
  }
  return faceapi;
}

/** Camera frames of 640×480 RGB: spread over the recordings where they are present, else cut from sample pictures. */
async function frames() {
  const feeds = path.join(process.env.HAZRI_TEST_DATA ?? path.join(root, '../shared/data'), 'feeds');
  const jpegs = existsSync(feeds) ? fromRecordings(feeds) : await fromSamples();
  return Promise.all(jpegs.map((jpeg) => decodePicture(jpeg)));
}

/** @param {string} feeds */
function fromRecordings(feeds) {
  const live = readdirSync(feeds).filter((file) => file.startsWith('live-'));
  return live.flatMap((file) => {
    const all = [...splitJpegs(readFileSync(path.join(feeds, file)))];
    return [0.2, 0.5, 0.8].flatMap((share) => all[Math.floor(all.length * share)] ?? []);
  });
}

async function fromSamples() {
  process.stderr.write(
    'bench: no recordings (HAZRI_TEST_DATA): frames are cut from face-api’s sample pictures\n',
  );
  const { default: sharp } = await import('sharp');
  const folder = path.join(root, 'node_modules/@vladmandic/face-api/demo');
  const samples = readdirSync(folder).filter((file) => file.startsWith('sample'));
  return Promise.all(
    samples.map((file) =>
      sharp(path.join(folder, file)).resize(WIDTH, HEIGHT, { fit: 'cover' }).jpeg().toBuffer(),
    ),
  );
}

/** One chip in our order and as face-api's tensor. */
async function oneChip(faceapi, engine, frame) {
  const [face] = await engine.observe(frame, { everyone: true });
  const chips = cutMirroredChips(frame, [chipTransform(face.landmarks, 0.25)]).slice(0, CHIP_VALUES);
  const plane = CHIP_SIZE * CHIP_SIZE;
  const interleaved = Float32Array.from(
    { length: CHIP_VALUES },
    (_, at) => chips[(at % 3) * plane + Math.floor(at / 3)],
  );
  return { chips, tensor: faceapi.tf.tensor3d(interleaved, [CHIP_SIZE, CHIP_SIZE, 3]) };
}

async function embeddingRow(threads, { faceapi, chips, tensor }) {
  const network = await openOnnxNetwork(openModels().read('faceRecognition'), threads);
  const row = await sideBySide(
    `embedding, ${threads} thread${threads > 1 ? 's' : ''}`,
    {
      ours: () => network.run(chips, [1, 3, CHIP_SIZE, CHIP_SIZE]),
      peers: { [PEER]: () => faceapi.nets.faceRecognitionNet.computeFaceDescriptor(tensor) },
    },
    { n: 60 },
  );
  await network.close();
  return row;
}

/** Detector and landmarks of face-api, from pixels. */
async function peerFrame(faceapi, frame, inputSize) {
  const tensor = faceapi.tf.tensor3d(frame.data, [frame.height, frame.width, 3], 'int32');
  const options = new faceapi.TinyFaceDetectorOptions({ inputSize, scoreThreshold: 0.5 });
  await faceapi.detectAllFaces(tensor, options).withFaceLandmarks();
  tensor.dispose();
}

async function frameRow(faceapi, engine, all) {
  let turn = 0;
  const next = () => all[Math.floor(turn++ / 4) % all.length];
  return sideBySide(
    'whole frame 640×480, pixels to landmarks',
    {
      ours: () => engine.observe(next()),
      peers: {
        [`${PEER}, input 160`]: () => peerFrame(faceapi, next(), 160),
        [`${PEER}, input 320`]: () => peerFrame(faceapi, next(), 320),
        [`${PEER}, input 416, its default`]: () => peerFrame(faceapi, next(), 416),
      },
    },
    { n: all.length * 2 },
  );
}

export const bench = {
  name: 'engine',
  async run() {
    const faceapi = await loadPeer();
    const engine = await createOnnxEngine({ threads: 1 });
    const all = (await frames()).filter(({ width, height }) => width === WIDTH && height === HEIGHT);
    const chip = { faceapi, ...(await oneChip(faceapi, engine, all[0])) };
    const rows = [
      await embeddingRow(1, chip),
      await embeddingRow(2, chip),
      await frameRow(faceapi, engine, all),
    ];
    await engine.close();
    return rows;
  },
};
