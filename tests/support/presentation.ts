// One person standing before the camera, rendered anew from a film: another crop, gain and noise each time, a minute
// long, so that no two presentations are the same recording. Written as MJPEG, which Chromium plays as a fake camera.
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import sharp from 'sharp';
import type { Film } from './feeds.js';

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES_PER_SECOND = 30;
const QUALITY = 85;
/** Frames rendered side by side; bounds the memory in use. */
const AT_ONCE = 8;

export interface PresentationOptions {
  /** Seconds of film; Chromium starts over at its end. */
  readonly seconds?: number;
  /** Same seed, same presentation. */
  readonly seed: number;
}

/** Mulberry32: small, repeatable, good enough for noise. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A pool of noise, read from a random offset per frame. */
function noisePool(random: () => number, amplitude: number): Int8Array {
  const pool = new Int8Array(1 << 20);
  for (let index = 0; index < pool.length; index += 1) {
    pool[index] = Math.round((random() + random() + random() - 1.5) * amplitude);
  }
  return pool;
}

async function renderFrame(
  jpeg: Buffer,
  look: { left: number; top: number; scale: number; gain: number; noise: Int8Array; offset: number },
): Promise<Buffer> {
  const width = Math.round(WIDTH * look.scale);
  const height = Math.round(HEIGHT * look.scale);
  const pixels = await sharp(jpeg)
    .resize(width, height, { fit: 'cover' })
    .extract({ left: look.left, top: look.top, width: WIDTH, height: HEIGHT })
    .removeAlpha()
    .raw()
    .toBuffer();
  const mask = look.noise.length - 1;
  for (let index = 0; index < pixels.length; index += 1) {
    const value = (pixels[index] ?? 0) * look.gain + (look.noise[(index + look.offset) & mask] ?? 0);
    pixels[index] = value < 0 ? 0 : value > 255 ? 255 : value;
  }
  return sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .jpeg({ quality: QUALITY })
    .toBuffer();
}

/** Writes the presentation to `file`, replacing what played there before in one step. */
export async function present(film: Film, file: string, options: PresentationOptions): Promise<void> {
  const random = randomFrom(options.seed);
  const scale = 1.02 + 0.06 * random();
  const roomX = Math.floor(WIDTH * scale) - WIDTH;
  const roomY = Math.floor(HEIGHT * scale) - HEIGHT;
  const driftX = random() * 2 * Math.PI;
  const driftY = random() * 2 * Math.PI;
  const gain = 0.92 + 0.16 * random();
  const noise = noisePool(random, 6);
  const first = Math.floor(random() * film.length);
  const total = (options.seconds ?? 60) * FRAMES_PER_SECOND;
  const partial = `${file}.partial`;
  const handle = openSync(partial, 'w');
  const frameAt = (index: number): Promise<Buffer> => {
    // Forwards and backwards, so that the film has no jump where it starts over.
    const at = (first + index) % (2 * film.length - 2 || 1);
    const jpeg = film[at < film.length ? at : 2 * film.length - 2 - at];
    if (jpeg === undefined) throw new Error('the film has no frames');
    const turn = (2 * Math.PI * index) / (FRAMES_PER_SECOND * 7);
    const left = Math.round((roomX / 2) * (1 + Math.sin(turn + driftX)));
    const top = Math.round((roomY / 2) * (1 + Math.sin(turn * 1.3 + driftY)));
    const offset = Math.floor(random() * noise.length);
    return renderFrame(jpeg, { left, top, scale, gain, noise, offset });
  };
  for (let index = 0; index < total; index += AT_ONCE) {
    const count = Math.min(AT_ONCE, total - index);
    for (const frame of await Promise.all(
      Array.from({ length: count }, (_, step) => frameAt(index + step)),
    )) {
      writeSync(handle, frame);
    }
  }
  closeSync(handle);
  renameSync(partial, file);
}

/** An empty room: nobody before the camera. */
export async function presentNobody(file: string, seconds = 10): Promise<void> {
  const room = await sharp({
    create: { width: WIDTH, height: HEIGHT, channels: 3, background: { r: 96, g: 104, b: 112 } },
  })
    .jpeg({ quality: QUALITY })
    .toBuffer();
  await present([room, room], file, { seconds, seed: 1 });
}

export interface VisitsOptions {
  readonly seed: number;
  /** How long each person stays, and how long nobody is there afterwards. */
  readonly visitSeconds: number;
  readonly gapSeconds: number;
  readonly rounds?: number;
}

/** Several people one after the other before one camera, again and again, each visit rendered anew. */
export async function presentVisits(
  films: readonly Film[],
  file: string,
  options: VisitsOptions,
): Promise<void> {
  const parts: Buffer[] = [];
  const part = `${file}.part`;
  await presentNobody(part, options.gapSeconds);
  const gap = readFileSync(part);
  for (let round = 0; round < (options.rounds ?? 4); round += 1) {
    for (const [index, film] of films.entries()) {
      await present(film, part, {
        seconds: options.visitSeconds,
        seed: options.seed + round * films.length + index,
      });
      parts.push(readFileSync(part), gap);
    }
  }
  rmSync(part);
  writeFileSync(file, Buffer.concat(parts));
}
