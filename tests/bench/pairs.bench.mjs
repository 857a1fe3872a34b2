// Pairs of the LFW development set: our whole pipeline, with both packs of the network, against face-api's own (tiny
// detector, its own cut of the face, one chip, raw distance). Same weights, same pairs, ten folds. A pair of which a way
// finds a face in one picture only is an error of that way; we take the middle where there is none, and count it.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chooseFaces } from '../../kiosk/dist/commands/face/face-answer.js';
import { parsePairs } from '../../kiosk/dist/commands/face/pairs-file.js';
import { readPicture } from '../../kiosk/dist/commands/face/pictures.js';
import { verify } from '../../kiosk/dist/commands/face/verification.js';
import { distanceBetween } from '../../kiosk/dist/engine/embed/unit.js';
import { createOnnxEngine } from '../../kiosk/dist/engine/onnx/onnx-engine.js';
import { openModels } from '../../models/dist/load.js';
import { dataFolder } from './camera-frames.mjs';
import { FACEAPI, loadFaceapi } from './peers.mjs';

const PROGRESS_EVERY = 200;
/** face-api's default, and the size at which its tiny detector misses the fewest faces that fill the picture. */
const INPUT_SIZES = [416, 192];
/** A distance on the wrong side of every threshold. */
const NEVER_SAME = 9;
const NEVER_DIFFERENT = -1;

/** @param {import('../../kiosk/dist/engine/port.js').FaceEngine} engine */
async function ourNumbers(engine, frame) {
  const [face] = chooseFaces(await engine.observe(frame, { everyone: true, careful: true }), frame, 'center');
  if (!face) return { float32: await engine.embedCentre(frame), int8: null };
  return {
    float32: await engine.embed(frame, face.landmarks),
    int8: await engine.embedNext(frame, face.landmarks),
  };
}

async function theirNumbers(faceapi, frame, inputSize) {
  const tensor = faceapi.tf.tensor3d(frame.data, [frame.height, frame.width, 3], 'int32');
  const options = new faceapi.TinyFaceDetectorOptions({ inputSize });
  const found = await faceapi.detectSingleFace(tensor, options).withFaceLandmarks().withFaceDescriptor();
  tensor.dispose();
  return found?.descriptor ?? null;
}

/** Numbers of every picture, by way and picture. */
async function embedAll(pictures, root) {
  const [float32, int8] = openModels().manifest.recognition.models.map(({ modelId }) => modelId);
  const engine = await createOnnxEngine({ threads: 1, recognition: float32, nextRecognition: int8 });
  const faceapi = await loadFaceapi();
  /** @type {Record<string, Map<string, Float32Array | null>>} */
  const ways = { ours: new Map(), 'our 8-bit pack': new Map() };
  for (const size of INPUT_SIZES) ways[peerName(size)] = new Map();
  for (const [index, picture] of pictures.entries()) {
    const frame = await readPicture(path.join(root, picture));
    const ours = await ourNumbers(engine, frame);
    ways.ours.set(picture, ours.float32);
    ways['our 8-bit pack'].set(picture, ours.int8);
    for (const size of INPUT_SIZES)
      ways[peerName(size)].set(picture, await theirNumbers(faceapi, frame, size));
    if (index % PROGRESS_EVERY === 0)
      process.stderr.write(`bench: pairs, ${index} of ${pictures.length} pictures\n`);
  }
  await engine.close();
  return ways;
}

const peerName = (inputSize) => `${FACEAPI}, input ${inputSize}`;

/** Share of wrong pairs in percent. */
function wrongPairs({ pairs, folds }, numbers) {
  const compared = pairs.map(({ first, second, isSame, fold }) => {
    const [a, b] = [numbers.get(first), numbers.get(second)];
    const distance = a && b ? distanceBetween(a, b) : isSame ? NEVER_SAME : NEVER_DIFFERENT;
    return { isSame, fold, distance };
  });
  return Number((100 * (1 - verify(compared, folds).accuracy)).toFixed(3));
}

export const bench = {
  name: 'pairs',
  async run() {
    const list = path.join(dataFolder, 'lfw-dev-pairs.txt');
    if (!existsSync(list)) {
      process.stderr.write(`bench: no pairs at ${list} (HAZRI_TEST_DATA): accuracy is not measured\n`);
      return [];
    }
    const file = parsePairs(readFileSync(list, 'utf8'));
    const pictures = [...new Set(file.pairs.flatMap(({ first, second }) => [first, second]))].sort();
    const ways = await embedAll(pictures, path.join(dataFolder, 'lfw-dev'));
    const wrong = Object.fromEntries(
      Object.entries(ways).map(([way, numbers]) => [way, wrongPairs(file, numbers)]),
    );
    const { ours, ...peers } = wrong;
    const ratio = Object.fromEntries(
      Object.entries(peers).map(([peer, value]) => [peer, Number((value / ours).toPrecision(4))]),
    );
    return [{ name: 'LFW development pairs, wrong', unit: '%', ours, peers, ratio, n: file.pairs.length }];
  },
};
