// What the made attacks are painted with: repeatable randomness, sampling, and a camera's noise.
import type { Frame } from '../../../kiosk/src/engine/port.js';

export const WIDTH = 640;
export const HEIGHT = 480;
export const FRAMES_PER_SECOND = 30;

/** A film in memory: frame by index, and how many there are. */
export interface Source {
  readonly length: number;
  frame(index: number): Promise<Frame>;
}

/** A presentation to the camera: any frame, by its time. */
export interface Presentation {
  frameAt(atMs: number): Promise<Frame>;
}

/** Mulberry32: small and repeatable; same seed, same attack. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A slow hand: a sum of three sines between −1 and 1, different for every call. */
export function sway(random: () => number, slowestS = 4): (atMs: number) => number {
  const waves = [0, 1, 2].map(() => ({
    period: slowestS * (0.3 + 0.7 * random()),
    phase: 2 * Math.PI * random(),
    share: 0.4 + 0.6 * random(),
  }));
  const most = waves.reduce((sum, { share }) => sum + share, 0);
  return (atMs) =>
    waves.reduce(
      (sum, { period, phase, share }) =>
        sum + share * Math.sin((2 * Math.PI * atMs) / (1000 * period) + phase),
      0,
    ) / most;
}

export function emptyFrame(): { width: number; height: number; channels: 3; data: Uint8Array } {
  return { width: WIDTH, height: HEIGHT, channels: 3, data: new Uint8Array(WIDTH * HEIGHT * 3) };
}

/** Writes the bilinear sample of `from` at (x, y) to `to[at…at+2]`; false outside the picture. */
export function sample(from: Frame, x: number, y: number, to: Float32Array): boolean {
  const left = Math.floor(x);
  const top = Math.floor(y);
  if (left < 0 || top < 0 || left + 1 >= from.width || top + 1 >= from.height) return false;
  const [fx, fy] = [x - left, y - top];
  const { data, channels } = from;
  const at = (top * from.width + left) * channels;
  const below = at + from.width * channels;
  const across = at + channels;
  const diagonal = below + channels;
  const [w00, w10, w01, w11] = [(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy];
  for (let channel = 0; channel < 3; channel += 1) {
    to[channel] =
      data[at + channel]! * w00 +
      data[across + channel]! * w10 +
      data[below + channel]! * w01 +
      data[diagonal + channel]! * w11;
  }
  return true;
}

const NOISE = new Int8Array(1 << 18);
const noiseRandom = randomFrom(99);
for (let index = 0; index < NOISE.length; index += 1) {
  NOISE[index] = Math.round((noiseRandom() + noiseRandom() + noiseRandom() - 1.5) * 5);
}

/** What a sensor adds to every picture, so that no two are the same. Changes `frame`. */
export function addSensorNoise(frame: { data: Uint8Array }, random: () => number): void {
  const mask = NOISE.length - 1;
  const offset = Math.floor(random() * NOISE.length);
  for (let index = 0; index < frame.data.length; index += 1) {
    const value = (frame.data[index] ?? 0) + (NOISE[(index + offset) & mask] ?? 0);
    frame.data[index] = value < 0 ? 0 : value > 255 ? 255 : value;
  }
}
