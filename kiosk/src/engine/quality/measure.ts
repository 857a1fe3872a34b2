// Measures how well a face can be recognised: plain numbers on documented scales, no judgement.
// Thresholds and the words for them are in `thresholds.ts`.

/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by the loops around it */

import { CHIP_SIZE, chipTransform } from '../align/chip.js';
import { shareInside } from '../detect/box.js';
import { eyeLineAngle, landmarkCentre } from '../landmarks/landmarks.js';
import type { Box, FaceQuality, Frame } from '../port.js';
import { warpSquare } from '../raster/warp.js';

/** Side of the small luminance chip on which light and sharpness are measured. */
const SIDE = 64;
const PADDING = 0.1;
/** Sharpness is measured as if every face had this contrast, so that it does not measure the light again. */
const REFERENCE_DEVIATION = 0.2;

/** Measures one face; `landmarks` are 68 points in frame pixels. */
export function measureQuality(frame: Frame, landmarks: Float32Array): FaceQuality {
  const light = measureLight(faceLuminance(frame, landmarks));
  const left = landmarkCentre(landmarks, 36, 41);
  const right = landmarkCentre(landmarks, 42, 47);
  return {
    interocularPx: Math.hypot(right.x - left.x, right.y - left.y),
    ...light,
    yaw: measureYaw(landmarks),
    pitch: measurePitch(landmarks),
    rollDeg: (eyeLineAngle(landmarks) * 180) / Math.PI,
    inside: shareInside(extentOf(landmarks), frame.width, frame.height),
  };
}

function extentOf(landmarks: Float32Array): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < landmarks.length; at += 2) {
    left = Math.min(left, landmarks[at]!);
    right = Math.max(right, landmarks[at]!);
    top = Math.min(top, landmarks[at + 1]!);
    bottom = Math.max(bottom, landmarks[at + 1]!);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Luminance 0..1 of the aligned face, `SIDE × SIDE`. */
function faceLuminance(frame: Frame, landmarks: Float32Array): Float32Array {
  const map = chipTransform(landmarks, PADDING);
  const grow = CHIP_SIZE / SIDE;
  const planes = new Float32Array(3 * SIDE * SIDE);
  warpSquare(frame, { ...map, a: map.a * grow, b: map.b * grow }, SIDE, planes, 0);
  const plane = SIDE * SIDE;
  const luminance = new Float32Array(plane);
  for (let at = 0; at < plane; at += 1) {
    const sum = 0.2126 * planes[at]! + 0.7152 * planes[at + plane]! + 0.0722 * planes[at + 2 * plane]!;
    luminance[at] = sum / 255;
  }
  return luminance;
}

function measureLight(luminance: Float32Array): Pick<FaceQuality, 'sharpness' | 'exposure' | 'contrast'> {
  const exposure = luminance.reduce((sum, value) => sum + value, 0) / luminance.length;
  const squares = luminance.reduce((sum, value) => sum + (value - exposure) ** 2, 0);
  const contrast = Math.sqrt(squares / luminance.length);
  return { exposure, contrast, sharpness: laplacianVariance(luminance, contrast) };
}

/** Variance of the 4-neighbour Laplacian at the reference contrast, in squared 8-bit steps. */
function laplacianVariance(luminance: Float32Array, contrast: number): number {
  const gain = (255 * REFERENCE_DEVIATION) / Math.max(contrast, 0.02);
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let y = 1; y < SIDE - 1; y += 1) {
    for (let x = 1; x < SIDE - 1; x += 1) {
      const at = y * SIDE + x;
      const around = luminance[at - 1]! + luminance[at + 1]! + luminance[at - SIDE]! + luminance[at + SIDE]!;
      const value = (around - 4 * luminance[at]!) * gain;
      sum += value;
      squares += value * value;
      count += 1;
    }
  }
  return squares / count - (sum / count) ** 2;
}

/** Positive when the nose tip lies nearer to the picture's right jaw: the head is turned towards that side. */
export function measureYaw(landmarks: ArrayLike<number>): number {
  const distance = (a: number, b: number): number =>
    Math.hypot(landmarks[2 * a]! - landmarks[2 * b]!, landmarks[2 * a + 1]! - landmarks[2 * b + 1]!);
  const left = distance(30, 2);
  const right = distance(30, 14);
  return (left - right) / Math.max(1e-6, left + right);
}

/** Share of the way from eyes to mouth at which the nose tip of a level face lies, and how far it can move. */
const LEVEL_NOSE = 0.5;
const NOSE_REACH = 0.4;

/** Positive when the nose tip has moved towards the eyes: the head is tilted up. */
export function measurePitch(landmarks: ArrayLike<number>): number {
  const angle = eyeLineAngle(landmarks);
  const down = (point: { x: number; y: number }): number =>
    -Math.sin(angle) * point.x + Math.cos(angle) * point.y;
  const eyes = down(landmarkCentre(landmarks, 36, 47));
  const mouth = down(landmarkCentre(landmarks, 48, 59));
  const nose = down(landmarkCentre(landmarks, 30, 30));
  const share = (nose - eyes) / Math.max(1e-6, mouth - eyes);
  return Math.max(-1, Math.min(1, (LEVEL_NOSE - share) / NOSE_REACH));
}
