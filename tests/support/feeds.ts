// Where moving pictures of people come from: the development recordings where they are present, else short films made
// from face-api's own sample pictures. Nothing of them is ever written into the project.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';

export const root = path.resolve(import.meta.dirname, '../..');

const dataFolder = process.env.HAZRI_TEST_DATA ?? path.join(root, '../shared/data');
const samples = path.join(root, 'node_modules/@vladmandic/face-api/demo');

export const hasRecordings = existsSync(path.join(dataFolder, 'feeds'));
if (!hasRecordings) {
  console.warn(
    `NOTE: no recordings at ${dataFolder} (HAZRI_TEST_DATA); the films are made from face-api's sample pictures instead.`,
  );
}

/** A film as its JPEG frames, 30 a second. */
export type Film = readonly Buffer[];

/** Splits raw MJPEG into its pictures. Entropy-coded data stuffs 0xFF, so a bare FFD8 always starts a picture. */
export function splitMjpeg(bytes: Buffer): Film {
  const frames: Buffer[] = [];
  let start = bytes.indexOf('ffd8ff', 0, 'hex');
  while (start >= 0) {
    const next = bytes.indexOf('ffd8ff', start + 3, 'hex');
    frames.push(bytes.subarray(start, next < 0 ? bytes.length : next));
    start = next;
  }
  return frames;
}

/** The people of the end-to-end tests. `enrol` and `again` are different recordings of one person where there are two. */
export interface Performer {
  readonly enrol: () => Promise<Film>;
  readonly again: () => Promise<Film>;
}

const recording = (name: string) => (): Promise<Film> => {
  const folder = path.join(dataFolder, 'feeds');
  const file = readdirSync(folder).find((one) => one === `${name}.mjpeg`);
  if (file === undefined) throw new Error(`no recording ${name} in ${folder}`);
  return Promise.resolve(splitMjpeg(readFileSync(path.join(folder, file))));
};

const FILM_FRAMES = 90;
const FILM_WIDTH = 640;
const FILM_HEIGHT = 480;
/** Half the stretch of a nod, as a share of the height. */
const NOD = 0.04;

/** A film of one face of a sample picture, slowly moved and nodding as a standing person does. */
const pictured =
  (name: string, region: { left: number; top: number; width: number; height: number }, phase: number) =>
  async (): Promise<Film> => {
    const still = await sharp(path.join(samples, name))
      .extract(region)
      .resize(FILM_WIDTH + 80, FILM_HEIGHT + 60, { fit: 'cover' })
      .toBuffer();
    const frames: Buffer[] = [];
    for (let index = 0; index < FILM_FRAMES; index += 1) {
      const angle = (2 * Math.PI * index) / FILM_FRAMES + phase;
      // A nod foreshortens a face; a picture that is only moved about keeps its shape and is not taken for a person.
      const height = Math.round((FILM_HEIGHT + 60) * (1 + NOD * (1 + Math.sin(3 * angle))));
      frames.push(
        await sharp(
          await sharp(still)
            .resize(FILM_WIDTH + 80, height, { fit: 'fill' })
            .toBuffer(),
        )
          .extract({
            left: 40 + Math.round(30 * Math.sin(angle)),
            top: 30 + Math.round(20 * Math.cos(angle)),
            width: FILM_WIDTH,
            height: FILM_HEIGHT,
          })
          .jpeg({ quality: 92 })
          .toBuffer(),
      );
    }
    return frames;
  };

/** Square-on faces of three women in face-api's sample pictures, each alone in its region. */
const REGIONS = {
  first: { picture: 'sample6.jpg', region: { left: 45, top: 349, width: 600, height: 450 } },
  second: { picture: 'sample5.jpg', region: { left: 970, top: 150, width: 460, height: 345 } },
  stranger: { picture: 'sample3.jpg', region: { left: 934, top: 201, width: 560, height: 420 } },
} as const;

const fromPictures = (who: keyof typeof REGIONS): Performer => ({
  enrol: pictured(REGIONS[who].picture, REGIONS[who].region, 0),
  again: pictured(REGIONS[who].picture, REGIONS[who].region, 2),
});

export const performers: Record<'first' | 'second' | 'stranger', Performer> = hasRecordings
  ? {
      first: { enrol: recording('live-p11-phone'), again: recording('live-p11-webcam') },
      second: { enrol: recording('live-p12-phone'), again: recording('live-p12-webcam') },
      stranger: { enrol: recording('live-p09-turns'), again: recording('live-p09-turns') },
    }
  : { first: fromPictures('first'), second: fromPictures('second'), stranger: fromPictures('stranger') };
