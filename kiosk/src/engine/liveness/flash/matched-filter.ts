// Whether a face answers the screen's colour code. What is seen is compared with the code at every small delay; how
// much agreement means is learned from hundreds of other codes that were not shown, against the very same recording,
// so that a moving head or a drifting white balance raises the bar for itself. Source of the idea: Face Flashing
// (Tang et al., NDSS 2018); the null distribution by other codes is ours.

import type { RandomSource } from '../challenge/sequence.js';
import { drawCode, FLASH, hueAt, type Hue } from './code.js';
import type { FlashSample } from './skin-colour.js';

/** Every number the verdict depends on. */
const FILTER = {
  /** Delay of screen, camera and driver that is searched. */
  mostDelayMs: 300,
  delayStepMs: 50,
  /** Other codes that the shown one is compared with. */
  others: 200,
  /** Agreement above the other codes', in their standard deviations, that counts as an answer. */
  answer: 4.2,
  /** A screen near enough to be looked at changes a face by at least so much, unless the room is too bright for it. */
  leastResponse: 0.005,
  /** Without an answer: how sure it must be that one of `expected` would have been seen, in the same unit. */
  wouldBeSeen: 6,
  expected: 0.01,
  leastFrames: 24,
  mostGapMs: 350,
} as const;

export type FlashVerdict = 'answered' | 'no-answer' | 'inconclusive';

export interface FlashResult {
  readonly verdict: FlashVerdict;
  /** Agreement above that of codes that were not shown, in their standard deviations. */
  readonly agreement: number;
  /** Change of the face's colour that follows the code; 0.01 is 1 %. */
  readonly response: number;
  /** Smallest response that would have counted as an answer here. */
  readonly needed: number;
}

const NOTHING: FlashResult = { verdict: 'inconclusive', agreement: 0, response: 0, needed: Infinity };

/** `random` draws the codes for comparison; it need not be the source of the shown code. */
export function judgeFlash(
  code: readonly Hue[],
  samples: readonly FlashSample[],
  random: RandomSource,
): FlashResult {
  if (!isWhole(samples)) return NOTHING;
  const smooth = smoothBasis(samples);
  const steady = toSeries(samples).map((series) => weigh(project(series, smooth)));
  const times = samples.map(({ atMs }) => atMs);
  const shown = bestResponse(code, { times, smooth, steady });
  // What the shown code does not explain is what other codes are tried on: its own answer must not count as noise.
  const rest = steady.map((series, axis): Weighed => ({
    ...series,
    values: series.values.map((value, index) => value - shown.size * (shown.course[axis % 2]?.[index] ?? 0)),
  }));
  const others = Array.from(
    { length: FILTER.others },
    () => bestResponse(drawCode(random), { times, smooth, steady: rest }).size,
  );
  const mean = others.reduce((sum, value) => sum + value, 0) / others.length;
  const variance = others.reduce((sum, value) => sum + (value - mean) ** 2, 0) / others.length;
  const deviation = Math.max(1e-6, Math.sqrt(variance));
  const agreement = (shown.size - mean) / deviation;
  const needed = Math.max(FILTER.leastResponse, mean + FILTER.answer * deviation);
  const isSensitive = (FILTER.expected - mean) / deviation >= FILTER.wouldBeSeen;
  const isAnswer = agreement >= FILTER.answer && shown.size >= FILTER.leastResponse;
  const verdict = isAnswer ? 'answered' : isSensitive ? 'no-answer' : 'inconclusive';
  return { verdict, agreement, response: shown.size, needed };
}

function isWhole(samples: readonly FlashSample[]): boolean {
  if (samples.length < FILTER.leastFrames) return false;
  const lengthMs = FLASH.segments * FLASH.segmentMs;
  const times = [0, ...samples.map(({ atMs }) => atMs), lengthMs];
  return times.every((atMs, index) => {
    const gapMs = atMs - (times[index - 1] ?? atMs);
    return gapMs >= 0 && gapMs <= FILTER.mostGapMs;
  });
}

/** Red against green and blue against green of every place, each over time. */
function toSeries(samples: readonly FlashSample[]): number[][] {
  const places = samples[0]?.skin.length ?? 0;
  return Array.from({ length: places }).flatMap((_, place) => [
    samples.map(({ skin }) => skin[place]?.redGreen ?? 0),
    samples.map(({ skin }) => skin[place]?.blueGreen ?? 0),
  ]);
}

interface Weighed {
  readonly values: readonly number[];
  /** Quiet places count more: one over the variance. */
  readonly weight: number;
}

function weigh(values: readonly number[]): Weighed {
  const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
  return { values, weight: 1 / Math.max(1e-8, variance) };
}

/** What white balance, exposure and slow turning may do: courses up to the second degree, orthonormal. */
function smoothBasis(samples: readonly FlashSample[]): number[][] {
  const times = samples.map(({ atMs }) => atMs / (FLASH.segments * FLASH.segmentMs) - 0.5);
  const basis: number[][] = [];
  for (const degree of [0, 1, 2]) {
    const vector = project(
      times.map((time) => time ** degree),
      basis,
    );
    const length = Math.hypot(...vector);
    if (length > 1e-9) basis.push(vector.map((value) => value / length));
  }
  return basis;
}

/** What is left of `values` beside everything that `basis` can make. */
function project(values: readonly number[], basis: readonly (readonly number[])[]): number[] {
  let left = [...values];
  for (const unit of basis) {
    const part = unit.reduce((sum, value, index) => sum + value * (left[index] ?? 0), 0);
    left = left.map((value, index) => value - part * (unit[index] ?? 0));
  }
  return left;
}

interface Series {
  readonly times: readonly number[];
  readonly smooth: readonly (readonly number[])[];
  /** Even ones red against green, odd ones blue against green. */
  readonly steady: readonly Weighed[];
}

interface Response {
  /** Least-squares size of the code in the series. */
  readonly size: number;
  /** The code as the series would show it, less what is smooth. */
  readonly course: readonly (readonly number[])[];
}

/** The code's largest size in the series over all delays. */
function bestResponse(code: readonly Hue[], { times, smooth, steady }: Series): Response {
  let best: Response = { size: -Infinity, course: [] };
  for (let delayMs = 0; delayMs <= FILTER.mostDelayMs; delayMs += FILTER.delayStepMs) {
    const hues = times.map((atMs) => hueAt(code, atMs - delayMs));
    const course = [
      project(
        hues.map((hue) => hue?.redGreen ?? 0),
        smooth,
      ),
      project(
        hues.map((hue) => hue?.blueGreen ?? 0),
        smooth,
      ),
    ];
    const size = sizeOf(course, steady);
    if (size > best.size) best = { size, course };
  }
  return best;
}

/** Weighted least squares. */
function sizeOf(course: readonly (readonly number[])[], steady: readonly Weighed[]): number {
  let [together, alone] = [0, 0];
  steady.forEach(({ values, weight }, axis) => {
    course[axis % 2]?.forEach((value, index) => {
      together += weight * value * (values[index] ?? 0);
      alone += weight * value * value;
    });
  });
  return together / Math.max(1e-9, alone);
}
