// Camera frames of 640×480 RGB to measure with: spread over the recordings where they are present, else cut from
// face-api's sample pictures.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { decodePicture } from '../../kiosk/dist/commands/face/pictures.js';
import { splitJpegs } from '../../kiosk/dist/commands/face/jpeg-stream.js';

const root = path.resolve(import.meta.dirname, '../..');
const WIDTH = 640;
const HEIGHT = 480;

/** The folder of development data, which may be absent. */
export const dataFolder = process.env.HAZRI_TEST_DATA ?? path.join(root, '../shared/data');

/** @param {readonly number[]} shares where in each recording, 0 to 1 */
export async function cameraFrames(shares = [0.2, 0.5, 0.8]) {
  const feeds = path.join(dataFolder, 'feeds');
  const jpegs = existsSync(feeds) ? fromRecordings(feeds, shares) : await fromSamples();
  const frames = await Promise.all(jpegs.map((jpeg) => decodePicture(jpeg)));
  return frames.filter(({ width, height }) => width === WIDTH && height === HEIGHT);
}

/**
 * @param {string} feeds
 * @param {readonly number[]} shares
 */
function fromRecordings(feeds, shares) {
  const live = readdirSync(feeds).filter((file) => file.startsWith('live-'));
  return live.flatMap((file) => {
    const all = [...splitJpegs(readFileSync(path.join(feeds, file)))];
    return shares.flatMap((share) => all[Math.floor(all.length * share)] ?? []);
  });
}

async function fromSamples() {
  process.stderr.write(
    'bench: no recordings (HAZRI_TEST_DATA): frames are cut from face-api’s sample pictures\n',
  );
  const folder = path.join(root, 'node_modules/@vladmandic/face-api/demo');
  const samples = readdirSync(folder).filter((file) => file.startsWith('sample'));
  return Promise.all(
    samples.map((file) =>
      sharp(path.join(folder, file)).resize(WIDTH, HEIGHT, { fit: 'cover' }).jpeg().toBuffer(),
    ),
  );
}
