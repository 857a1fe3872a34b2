// Our converted networks against face-api's own, on its own sample pictures and on identical inputs.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHIP_SIZE, chipTransform, cutMirroredChips } from '../../kiosk/src/engine/align/chip.js';
import { suppress } from '../../kiosk/src/engine/detect/box.js';
import { findFacesCarefully } from '../../kiosk/src/engine/detect/careful.js';
import { findFaces } from '../../kiosk/src/engine/detect/multi-scale.js';
import { CELL_PX, decodeCells } from '../../kiosk/src/engine/detect/tiny-cells.js';
import { distanceBetween, toUnit } from '../../kiosk/src/engine/embed/unit.js';
import { cutUpright, findLandmarks, SIDE } from '../../kiosk/src/engine/landmarks/landmarks.js';
import type { Network } from '../../kiosk/src/engine/network.js';
import { openOnnxNetwork } from '../../kiosk/src/engine/onnx/onnx-network.js';
import type { Box, Frame } from '../../kiosk/src/engine/port.js';
import { placeOnBlack, shrinkFrame, type Planar } from '../../kiosk/src/engine/raster/planar.js';
import { openModels } from '../../models/src/load.js';
import { asTensor, loadReference, readSample, relativeDifference, samples } from './reference.js';

const TOLERANCE = 1e-3;
const INPUT_SIZE = 320;
/** Between embeddings of one chip by the float and the integer network; a stranger lies beyond 0.3. */
const INT8_DISTANCE = 0.08;

let faceapi: Awaited<ReturnType<typeof loadReference>>;
let networks: Record<'tiny' | 'landmarks' | 'recognition' | 'int8' | 'careful', Network>;

beforeAll(async () => {
  faceapi = await loadReference();
  const models = openModels();
  networks = {
    tiny: await openOnnxNetwork(models.read('tinyFaceDetector'), 1),
    landmarks: await openOnnxNetwork(models.read('faceLandmark68'), 1),
    recognition: await openOnnxNetwork(models.read('faceRecognition'), 1),
    int8: await openOnnxNetwork(models.read('faceRecognitionInt8'), 1),
    careful: await openOnnxNetwork(models.read('ssdMobilenetV1'), 1),
  };
}, 60_000);

afterAll(async () => {
  await Promise.all(Object.values(networks).map((network) => network.close()));
});

const numbersOf = (box: { x: number; y: number; width: number; height: number }, score: number): number[] => [
  box.x,
  box.y,
  box.width,
  box.height,
  score,
];

/** As face-api does: ours may reach over the border of the square input. */
function cutAtBorder(box: Box, toInput: number): Box {
  const cut = (value: number): number => Math.max(0, Math.min(512, value * toInput));
  const [x, y] = [cut(box.x), cut(box.y)];
  return { x, y, width: cut(box.x + box.width) - x, height: cut(box.y + box.height) - y };
}

function squared(frame: Frame, side: number): Planar {
  const factor = side / Math.max(frame.width, frame.height);
  const content = shrinkFrame(frame, Math.round(frame.width * factor), Math.round(frame.height * factor));
  return placeOnBlack(content, { width: side, height: side });
}

async function someLandmarks(frame: Frame): Promise<Float32Array> {
  const [face] = await findFaces(networks.tiny, frame, { everyone: true });
  expect(face).toBeDefined();
  const box = face?.box ?? { x: 0, y: 0, width: 1, height: 1 };
  return (await findLandmarks(networks.landmarks, frame, box)).landmarks;
}

describe.each(samples)('%s', (sample) => {
  it('gives the tiny detector’s boxes', async () => {
    const input = squared(await readSample(sample), INPUT_SIZE);
    const options = { inputSize: INPUT_SIZE, scoreThreshold: 0.3 };
    const theirs = await faceapi.nets.tinyFaceDetector.locateFaces(asTensor(faceapi, input), options);
    const [cells = new Float32Array()] = await networks.tiny.run(input.data, [1, 3, INPUT_SIZE, INPUT_SIZE]);
    const cellCount = INPUT_SIZE / CELL_PX;
    const ours = suppress(decodeCells(cells, cellCount, cellCount, 0.3), 0.4);
    expect(ours.length).toBe(theirs.length);
    const expected = theirs.flatMap(({ box, score }) => numbersOf(box, score));
    const got = ours.flatMap(({ box, score }) => numbersOf(box, score));
    if (expected.length > 0) expect(relativeDifference(got, expected)).toBeLessThan(TOLERANCE);
  });

  it('gives the careful detector’s boxes', async () => {
    const frame = await readSample(sample);
    const input = squared(frame, 512);
    const theirs = await faceapi.nets.ssdMobilenetv1.locateFaces(asTensor(faceapi, input), {
      minConfidence: 0.4,
    });
    const ours = await findFacesCarefully(networks.careful, frame);
    const toInput = 512 / Math.max(frame.width, frame.height);
    const sure = ours.filter(({ score }) => score > 0.5);
    expect(sure.length).toBeGreaterThan(0);
    for (const { box, score } of sure) {
      const scaled = numbersOf(cutAtBorder(box, toInput), score);
      const differences = theirs.map((their) =>
        relativeDifference(scaled, numbersOf(their.box, their.score)),
      );
      expect(Math.min(...differences)).toBeLessThan(TOLERANCE);
    }
  });

  it('places the 68 landmarks where face-api does', async () => {
    const frame = await readSample(sample);
    const data = cutUpright(frame, await someLandmarks(frame));
    const tensor = asTensor(faceapi, { width: SIDE, height: SIDE, data });
    const { positions } = await faceapi.nets.faceLandmark68Net.detectLandmarks(tensor);
    const theirs = positions.flatMap(({ x, y }) => [x, y]);
    const [points = new Float32Array()] = await networks.landmarks.run(data, [1, 3, SIDE, SIDE]);
    expect(
      relativeDifference(
        Array.from(points, (value) => value * SIDE),
        theirs,
      ),
    ).toBeLessThan(TOLERANCE);
  });

  it('computes face-api’s 128 numbers', async () => {
    const frame = await readSample(sample);
    const chips = cutMirroredChips(frame, [chipTransform(await someLandmarks(frame), 0.25)]);
    const data = chips.slice(0, 3 * CHIP_SIZE * CHIP_SIZE);
    const tensor = asTensor(faceapi, { width: CHIP_SIZE, height: CHIP_SIZE, data });
    const theirs = await faceapi.nets.faceRecognitionNet.computeFaceDescriptor(tensor);
    const [ours = new Float32Array()] = await networks.recognition.run(data, [1, 3, CHIP_SIZE, CHIP_SIZE]);
    expect(relativeDifference(ours, theirs)).toBeLessThan(TOLERANCE);
  });

  it('gives nearly the same embedding in 8-bit integers, alone and in a batch', async () => {
    const frame = await readSample(sample);
    const landmarks = await someLandmarks(frame);
    const batch = cutMirroredChips(frame, [chipTransform(landmarks, 0.25)]);
    const values = 3 * CHIP_SIZE * CHIP_SIZE;
    const dims = (count: number): number[] => [count, 3, CHIP_SIZE, CHIP_SIZE];
    const [exact = new Float32Array()] = await networks.recognition.run(batch, dims(2));
    const [coarse = new Float32Array()] = await networks.int8.run(batch, dims(2));
    const [alone = new Float32Array()] = await networks.int8.run(batch.slice(0, values), dims(1));
    for (const at of [0, 128]) {
      const [ours, theirs] = [coarse, exact].map((all) => toUnit(all.slice(at, at + 128)));
      expect(distanceBetween(ours ?? alone, theirs ?? alone)).toBeLessThan(INT8_DISTANCE);
    }
    expect(relativeDifference(alone, coarse.subarray(0, 128))).toBeLessThan(TOLERANCE);
  });
});
