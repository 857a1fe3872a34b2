// A screen's colour code laid over a recording, by so much, with a delay and a drifting white balance: how often it is
// found, and how often it is "found" where there is none. A measuring harness and a simulation: real light on real
// skin is not in it.

import { UserError } from '@hazri/shared/result';
import { drawCode, FLASH, hueAt, type Hue } from '../../engine/liveness/flash/code.js';
import { judgeFlash, type FlashVerdict } from '../../engine/liveness/flash/matched-filter.js';
import { readSkin, type Chroma, type FlashSample } from '../../engine/liveness/flash/skin-colour.js';
import { readFrames } from './liveness-frames.js';
import { findNearest, type LivenessOptions, type LivenessParts } from './liveness-parts.js';
import { seededRandom } from './seeded-random.js';

/** Longest delay of screen and camera that is laid over, and largest drift over the whole code. */
const MOST_DELAY_MS = 200;
const MOST_DRIFT = 0.03;
const LENGTH_MS = FLASH.segments * FLASH.segmentMs;

interface Reading {
  readonly atMs: number;
  readonly skin: readonly Chroma[] | null;
}

interface Laid {
  readonly code: readonly Hue[];
  readonly size: number;
  readonly delayMs: number;
  readonly drift: number;
}

type Verdicts = Record<FlashVerdict, number>;

/** `{decision, score, flash}`: verdicts with the code at `chroma` percent, and without it. */
export async function simulateFlash(
  parts: LivenessParts,
  path: string,
  options: Pick<LivenessOptions, 'seed' | 'attempts' | 'chroma'>,
): Promise<Readonly<Record<string, unknown>>> {
  const start = performance.now();
  const readings: Reading[] = [];
  for await (const { frame, atMs } of readFrames(path)) {
    const face = await findNearest(parts.engine, frame);
    readings.push({ atMs, skin: face ? readSkin(frame, face) : null });
  }
  const last = readings.at(-1)?.atMs ?? 0;
  if (last < LENGTH_MS)
    throw new UserError('RECORDING_TOO_SHORT', 'The recording is shorter than the colour code.');
  const random = seededRandom(options.seed);
  const [withCode, without]: [Verdicts, Verdicts] = [noVerdicts(), noVerdicts()];
  for (let attempt = 0; attempt < options.attempts; attempt += 1) {
    const fromMs = random.below(Math.floor(last - LENGTH_MS) + 1);
    const code = drawCode(random);
    const drift = (MOST_DRIFT * (random.below(201) - 100)) / 100;
    const laid = { code, delayMs: random.below(MOST_DELAY_MS), drift };
    const judge = (size: number): FlashVerdict =>
      judgeFlash(code, layOver(readings, fromMs, { ...laid, size }), random).verdict;
    withCode[judge(options.chroma / 100)] += 1;
    without[judge(0)] += 1;
  }
  const share = withCode.answered / options.attempts;
  return {
    decision: share === 1 ? 'live' : withCode['no-answer'] === options.attempts ? 'attack' : 'undecided',
    score: share,
    flash: { attempts: options.attempts, chromaPercent: options.chroma, withCode, without },
    ms: { all: Math.round(performance.now() - start) },
  };
}

function layOver(readings: readonly Reading[], fromMs: number, laid: Laid): FlashSample[] {
  return readings.flatMap(({ atMs: recordedMs, skin }) => {
    const atMs = recordedMs - fromMs;
    if (!skin || atMs < 0 || atMs > LENGTH_MS) return [];
    const hue = hueAt(laid.code, atMs - laid.delayMs);
    const drift = (laid.drift * atMs) / LENGTH_MS;
    const lit = skin.map(({ redGreen, blueGreen }) => ({
      redGreen: redGreen + laid.size * (hue?.redGreen ?? 0) + drift,
      blueGreen: blueGreen + laid.size * (hue?.blueGreen ?? 0) - drift,
    }));
    return [{ atMs, skin: lit }];
  });
}

const noVerdicts = (): Verdicts => ({ answered: 0, 'no-answer': 0, inconclusive: 0 });
