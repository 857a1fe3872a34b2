// Measures how well a face can be recognised: plain numbers on documented scales, no judgement.
// Thresholds and the words for them are in `thresholds.ts`.

/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is bounded by the loops around it */

import { shareInside } from '../detect/box.js';
import { eyeLineAngle, landmarkCentre, SIDE } from '../landmarks/landmarks.js';
import type { Box, FaceQuality, Frame } from '../port.js';
import { measureCover } from './cover.js';

/** Light and sharpness are measured on the middle of the upright square; its rim is hair and background. */
const FIRST = Math.round(SIDE * 0.2);
const LAST = SIDE - FIRST;
const INNER = LAST - FIRST;
/** Sharpness is measured as if every face had this contrast, so that it does not measure the light again. */
const REFERENCE_DEVIATION = 0.2;

/** What to measure: a picture, 68 landmarks in its pixels, and the upright square around them. */
export interface MeasuredFace {
  readonly picture: Frame;
  readonly landmarks: Float32Array;
  /** Planes R, G, B of 0..255, `SIDE × SIDE`. */
  readonly upright: Float32Array;
}

/** Measures one face. */
export function measureQuality({ picture, landmarks, upright }: MeasuredFace): FaceQuality {
  const light = measureLight(innerLuminance(upright));
  const left = landmarkCentre(landmarks, 36, 41);
  const right = landmarkCentre(landmarks, 42, 47);
  return {
    interocularPx: Math.hypot(right.x - left.x, right.y - left.y),
    ...light,
    yaw: measureYaw(landmarks),
    pitch: measurePitch(landmarks),
    rollDeg: (eyeLineAngle(landmarks) * 180) / Math.PI,
    inside: shareInside(extentOf(landmarks), picture.width, picture.height),
    ...measureCover(picture, landmarks),
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

/** Luminance 0..1 of the middle of the upright square, `INNER × INNER`. */
function innerLuminance(upright: Float32Array): Float32Array {
  const plane = SIDE * SIDE;
  const luminance = new Float32Array(INNER * INNER);
  for (let y = 0; y < INNER; y += 1) {
    for (let x = 0; x < INNER; x += 1) {
      const at = (y + FIRST) * SIDE + x + FIRST;
      const sum = 0.2126 * upright[at]! + 0.7152 * upright[at + plane]! + 0.0722 * upright[at + 2 * plane]!;
      luminance[y * INNER + x] = sum / 255;
    }
  }
  return luminance;
}

function measureLight(luminance: Float32Array): Pick<FaceQuality, 'sharpness' | 'exposure' | 'contrast'> {
  const exposure = luminance.reduce((sum, value) => sum + value, 0) / luminance.length;
  const squares = luminance.reduce((sum, value) => sum + (value - exposure) ** 2, 0);
  const contrast = Math.sqrt(squares / luminance.length);
  return { exposure, contrast, sharpness: measureSharpness(luminance, contrast) };
}

/** By so much the second differences of one direction may fall behind the Laplacian before a face counts as smeared. */
const SMEAR = 8;

/**
 * Variance of the 4-neighbour Laplacian at the reference contrast, in squared 8-bit steps, but no more than the weaker
 * of its two directions allows: what moved is sharp along its way only.
 */
function measureSharpness(luminance: Float32Array, contrast: number): number {
  const gain = (255 * REFERENCE_DEVIATION) / Math.max(contrast, 0.02);
  const squares = { both: 0, across: 0, down: 0 };
  let sum = 0;
  let count = 0;
  for (let y = 1; y < INNER - 1; y += 1) {
    for (let x = 1; x < INNER - 1; x += 1) {
      const at = y * INNER + x;
      const twice = 2 * luminance[at]!;
      const across = (luminance[at - 1]! + luminance[at + 1]! - twice) * gain;
      const down = (luminance[at - INNER]! + luminance[at + INNER]! - twice) * gain;
      sum += across + down;
      squares.both += (across + down) ** 2;
      squares.across += across * across;
      squares.down += down * down;
      count += 1;
    }
  }
  const variance = squares.both / count - (sum / count) ** 2;
  return Math.min(variance, (SMEAR * Math.min(squares.across, squares.down)) / count);
}

/** Positive when the nose tip lies nearer to the picture's right jaw: the head is turned towards that side. */
function measureYaw(landmarks: ArrayLike<number>): number {
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
function measurePitch(landmarks: ArrayLike<number>): number {
  const angle = eyeLineAngle(landmarks);
  const down = (point: { x: number; y: number }): number =>
    -Math.sin(angle) * point.x + Math.cos(angle) * point.y;
  const eyes = down(landmarkCentre(landmarks, 36, 47));
  const mouth = down(landmarkCentre(landmarks, 48, 59));
  const nose = down(landmarkCentre(landmarks, 30, 30));
  const share = (nose - eyes) / Math.max(1e-6, mouth - eyes);
  return Math.max(-1, Math.min(1, (LEVEL_NOSE - share) / NOSE_REACH));
}
