// The engine against face-api and Human on tfjs-WASM, as Node runs them: one embedding, one whole camera frame from
// pixels to landmarks, and one from pixels to numbers. Same pictures, same run; face-api with the same weights.
import { CHIP_SIZE, chipTransform, cutMirroredChips } from '../../kiosk/dist/engine/align/chip.js';
import { createOnnxEngine } from '../../kiosk/dist/engine/onnx/onnx-engine.js';
import { openOnnxNetwork } from '../../kiosk/dist/engine/onnx/onnx-network.js';
import { openModels } from '../../models/dist/load.js';
import { cameraFrames } from './camera-frames.mjs';
import { FACEAPI, HUMAN, loadFaceapi, loadHuman } from './peers.mjs';
import { sideBySide } from './side-by-side.mjs';

const CHIP_VALUES = 3 * CHIP_SIZE * CHIP_SIZE;
/** A tablet sees frame after frame and embeds chip after chip; so each way runs in short bursts, on the same inputs. */
const BURST = 5;

const threadsOf = (threads) => `${threads} thread${threads > 1 ? 's' : ''}`;

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

async function embeddingRow(pack, threads, { faceapi, chips, tensor }) {
  const network = await openOnnxNetwork(openModels().read(pack.network), threads);
  const row = await sideBySide(
    `embedding, ${pack.title}, ${threadsOf(threads)}`,
    {
      ours: () => network.run(chips, [1, 3, CHIP_SIZE, CHIP_SIZE]),
      peers: { [FACEAPI]: () => faceapi.nets.faceRecognitionNet.computeFaceDescriptor(tensor) },
    },
    { n: 60, burst: BURST },
  );
  await network.close();
  return row;
}

/** Detector and landmarks of face-api, from pixels; with `numbers` its 128 as well. */
async function faceapiFrame(faceapi, frame, { inputSize, numbers = false }) {
  const tensor = faceapi.tf.tensor3d(frame.data, [frame.height, frame.width, 3], 'int32');
  const options = new faceapi.TinyFaceDetectorOptions({ inputSize, scoreThreshold: 0.5 });
  const found = faceapi.detectAllFaces(tensor, options).withFaceLandmarks();
  await (numbers ? found.withFaceDescriptors() : found);
  tensor.dispose();
}

async function humanFrame(human, frame) {
  const tensor = human.tf.tensor(frame.data, [frame.height, frame.width, 3], 'int32');
  await human.detect(tensor);
  tensor.dispose();
}

/** Plays the frames to one way, each to every way in the same order. */
function player(frames) {
  let turn = 0;
  return () => frames[turn++ % frames.length];
}

async function landmarksRow(threads, { faceapi, human, frames }) {
  const engine = await createOnnxEngine({ threads });
  const next = player(frames);
  const faceapiAt = (inputSize) => {
    const nextOfPeer = player(frames);
    return () => faceapiFrame(faceapi, nextOfPeer(), { inputSize });
  };
  const nextOfHuman = player(frames);
  const row = await sideBySide(
    `whole frame 640×480, pixels to landmarks, ${threadsOf(threads)}`,
    {
      ours: () => engine.observe(next()),
      peers: {
        [`${FACEAPI}, input 160`]: faceapiAt(160),
        [`${FACEAPI}, input 320`]: faceapiAt(320),
        [`${FACEAPI}, input 416, its default`]: faceapiAt(416),
        [`${HUMAN}, 468 points`]: () => humanFrame(human, nextOfHuman()),
      },
    },
    { n: frames.length, burst: BURST },
  );
  await engine.close();
  return row;
}

async function numbersRow(threads, { faceapi, human, frames }) {
  const engine = await createOnnxEngine({ threads });
  const [next, nextOfFaceapi, nextOfHuman] = [player(frames), player(frames), player(frames)];
  const embed = async (frame) => {
    const [face] = await engine.observe(frame);
    if (face) await engine.embed(frame, face.landmarks);
  };
  const row = await sideBySide(
    `whole frame 640×480, pixels to numbers (ours of four chips), ${threadsOf(threads)}`,
    {
      ours: () => embed(next()),
      peers: {
        [`${FACEAPI}, input 416, one chip`]: () =>
          faceapiFrame(faceapi, nextOfFaceapi(), { inputSize: 416, numbers: true }),
        [`${HUMAN}, one crop`]: () => humanFrame(human, nextOfHuman()),
      },
    },
    { n: frames.length, burst: BURST },
  );
  await engine.close();
  return row;
}

export const bench = {
  name: 'engine',
  async run() {
    const faceapi = await loadFaceapi();
    const frames = await cameraFrames();
    const engine = await createOnnxEngine({ threads: 1 });
    const chip = { faceapi, ...(await oneChip(faceapi, engine, frames[0])) };
    await engine.close();
    const rows = [];
    for (const pack of [
      { title: 'float32', network: 'faceRecognition' },
      { title: '8-bit integers', network: 'faceRecognitionInt8' },
    ]) {
      for (const threads of [1, 2]) rows.push(await embeddingRow(pack, threads, chip));
    }
    const meshOnly = await loadHuman({ description: false });
    for (const threads of [1, 2])
      rows.push(await landmarksRow(threads, { faceapi, human: meshOnly, frames }));
    const human = await loadHuman({ description: true });
    rows.push(await numbersRow(2, { faceapi, human, frames }));
    return rows;
  },
};
