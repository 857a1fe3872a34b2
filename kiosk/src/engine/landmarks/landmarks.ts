// Finds 68 landmarks in two passes: on the detector's box, then on an upright square around what the first pass
// found. The second pass is what makes tilted heads and loose boxes come out like straight, tight ones.

import type { Box, Frame } from '../port.js';
import type { Network } from '../network.js';
import { warpSquare, type Similarity } from '../raster/warp.js';

const LANDMARK_COUNT = 68;
/** Side of the squares that the network looks at, in pixels. */
export const SIDE = 112;

/** How the squares that are shown to the network relate to the face. */
const CROP = {
  /** Side of the first square in parts of the longer side of the detector's box. */
  firstSide: 1,
  /** Side of the upright square in parts of the longer side of the landmarks' extent. */
  uprightSide: 1.2,
} as const;

/** Landmarks and the upright square in which they were found. */
export interface PlacedLandmarks {
  /** 68 points as x0,y0,x1,y1,… in pixels of the frame, in iBUG 300-W order. */
  readonly landmarks: Float32Array;
  /** Planes R, G, B of 0..255, `SIDE × SIDE`. */
  readonly upright: Float32Array;
}

/** Places the landmarks of the face in `box`. */
export async function findLandmarks(network: Network, frame: Frame, box: Box): Promise<PlacedLandmarks> {
  const first = squareAround(box);
  const rough = await place(network, first, cutSquare(frame, first, true));
  const second = uprightSquare(rough);
  const upright = cutSquare(frame, second);
  return { upright, landmarks: await place(network, second, upright) };
}

/** The upright square around known landmarks, as the second pass sees it. */
export function cutUpright(frame: Frame, landmarks: Float32Array): Float32Array {
  return cutSquare(frame, uprightSquare(landmarks));
}

function cutSquare(frame: Frame, square: Similarity, isRough = false): Float32Array {
  const crop = new Float32Array(3 * SIDE * SIDE);
  warpSquare(frame, square, { size: SIDE, data: crop, offset: 0, isRough });
  return crop;
}

async function place(network: Network, square: Similarity, crop: Float32Array): Promise<Float32Array> {
  const [points] = await network.run(crop, [1, 3, SIDE, SIDE]);
  const landmarks = new Float32Array(2 * LANDMARK_COUNT);
  for (let index = 0; index < LANDMARK_COUNT; index += 1) {
    // The network speaks of the square's continuous extent; pixel centres lie half a pixel inside it.
    const u = (points?.[2 * index] ?? 0) * SIDE - 0.5;
    const v = (points?.[2 * index + 1] ?? 0) * SIDE - 0.5;
    landmarks[2 * index] = square.a * u - square.b * v + square.x;
    landmarks[2 * index + 1] = square.b * u + square.a * v + square.y;
  }
  return landmarks;
}

function squareAround(box: Box): Similarity {
  const side = Math.max(box.width, box.height) * CROP.firstSide;
  return turnedSquare({ x: box.x + box.width / 2, y: box.y + box.height / 2 }, side, 0);
}

/** The square that holds all landmarks when the line through the eyes is level. */
function uprightSquare(landmarks: Float32Array): Similarity {
  const angle = eyeLineAngle(landmarks);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  let [minU, maxU, minV, maxV] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let index = 0; index < LANDMARK_COUNT; index += 1) {
    const x = landmarks[2 * index] ?? 0;
    const y = landmarks[2 * index + 1] ?? 0;
    const u = cos * x + sin * y;
    const v = -sin * x + cos * y;
    minU = Math.min(minU, u);
    maxU = Math.max(maxU, u);
    minV = Math.min(minV, v);
    maxV = Math.max(maxV, v);
  }
  const centreU = (minU + maxU) / 2;
  const centreV = (minV + maxV) / 2;
  const centre = { x: cos * centreU - sin * centreV, y: sin * centreU + cos * centreV };
  return turnedSquare(centre, Math.max(maxU - minU, maxV - minV) * CROP.uprightSide, angle);
}

function turnedSquare(centre: { x: number; y: number }, side: number, angle: number): Similarity {
  const scale = side / SIDE;
  const a = scale * Math.cos(angle);
  const b = scale * Math.sin(angle);
  const middle = (SIDE - 1) / 2;
  return { a, b, x: centre.x - a * middle + b * middle, y: centre.y - b * middle - a * middle };
}

/** Mean of landmarks `first` to `last`. */
export function landmarkCentre(
  landmarks: ArrayLike<number>,
  first: number,
  last: number,
): { x: number; y: number } {
  let x = 0;
  let y = 0;
  for (let index = first; index <= last; index += 1) {
    x += landmarks[2 * index] ?? 0;
    y += landmarks[2 * index + 1] ?? 0;
  }
  const count = last - first + 1;
  return { x: x / count, y: y / count };
}

/** Angle of the line from the picture's left eye to its right eye in radians, clockwise positive. */
export function eyeLineAngle(landmarks: ArrayLike<number>): number {
  const left = landmarkCentre(landmarks, 36, 41);
  const right = landmarkCentre(landmarks, 42, 47);
  return Math.atan2(right.y - left.y, right.x - left.x);
}
