// Attacks on the stream itself: a frozen picture, a short clip over and over, and clips cut together for every prompt.
// These come through a false camera and have no paper.
import type { Frame } from '../../../kiosk/src/engine/port.js';
import {
  addSensorNoise,
  emptyFrame,
  FRAMES_PER_SECOND,
  HEIGHT,
  type Presentation,
  randomFrom,
  sample,
  type Source,
  sway,
  WIDTH,
} from './picture.js';

const indexAt = (atMs: number): number => Math.floor((atMs * FRAMES_PER_SECOND) / 1000);

/** The very same picture again and again. */
export async function frozen(source: Source, seed: number): Promise<Presentation> {
  const still = await source.frame(Math.floor(randomFrom(seed)() * source.length));
  return { frameAt: () => Promise.resolve(still) };
}

/** `loopMs` of the film, bit for bit, over and over. */
export function looped(source: Source, seed: number, loopMs: number): Presentation {
  const count = Math.min(source.length, indexAt(loopMs));
  const first = Math.floor(randomFrom(seed)() * (source.length - count + 1));
  return { frameAt: (atMs) => source.frame(first + (indexAt(atMs) % count)) };
}

/** The film as it is, from a phase on, over and over: the ideal replay. */
export function replayed(source: Source, phase: number): Presentation {
  return { frameAt: (atMs) => source.frame((phase + indexAt(atMs)) % source.length) };
}

/** A part of a film for each part of time, as one who knows what is asked would tap them. */
export function spliced(
  source: Source,
  clips: readonly { readonly fromMs: number; readonly first: number }[],
): Presentation {
  return {
    frameAt(atMs) {
      const clip = clips.findLast(({ fromMs }) => fromMs <= atMs) ?? { fromMs: 0, first: 0 };
      return source.frame((clip.first + indexAt(atMs - clip.fromMs)) % source.length);
    },
  };
}

/** Frame `still` as a print with a hole for the eyes, through which the film goes on. */
export async function cutOut(
  source: Source,
  options: {
    readonly seed: number;
    readonly still: number;
    readonly eyes: {
      readonly left: number;
      readonly top: number;
      readonly right: number;
      readonly bottom: number;
    };
  },
): Promise<Presentation> {
  const random = randomFrom(options.seed);
  const { eyes, still: start } = options;
  const still = await source.frame(start);
  const [moveX, moveY] = [sway(random), sway(random)];
  const colour = new Float32Array(3);
  return {
    async frameAt(atMs) {
      const living = await source.frame((start + indexAt(atMs)) % source.length);
      const [dx, dy] = [12 * moveX(atMs), 8 * moveY(atMs)];
      const frame = emptyFrame();
      for (let y = 0; y < HEIGHT; y += 1) {
        for (let x = 0; x < WIDTH; x += 1) {
          const [u, v] = [x - dx, y - dy];
          const isHole = u > eyes.left && u < eyes.right && v > eyes.top && v < eyes.bottom;
          const from: Frame = isHole ? living : still;
          if (
            !sample(from, Math.max(0, Math.min(WIDTH - 2, u)), Math.max(0, Math.min(HEIGHT - 2, v)), colour)
          )
            continue;
          frame.data.set(colour, (y * WIDTH + x) * 3);
        }
      }
      addSensorNoise(frame, random);
      return frame;
    },
  };
}
