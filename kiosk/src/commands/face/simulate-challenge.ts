// The ideal replay of a recording against drawn challenges: the recording runs on, over and over, from a drawn phase,
// whatever is asked. A measuring harness; the tablet never plays anything.

import {
  beginChallenge,
  advanceChallenge,
  type ChallengeTry,
} from '../../engine/liveness/challenge/challenge.js';
import { readExpression, type Expression } from '../../engine/liveness/challenge/expression.js';
import { drawSequence, type Action } from '../../engine/liveness/challenge/sequence.js';
import { readFrames } from './liveness-frames.js';
import { seededRandom } from './seeded-random.js';
import { findNearest, type LivenessOptions, type LivenessParts } from './liveness-parts.js';

/** No try lasts longer: settling, three windows and three ways back are shorter. */
const LONGEST_TRY_MS = 25_000;

interface Reading {
  readonly expression: Expression | null;
  readonly width: number;
  readonly height: number;
}

/** `{decision, score, challenge}`; with several attempts the share that passed and how the others ended. */
export async function simulateChallenge(
  parts: LivenessParts,
  path: string,
  options: Pick<LivenessOptions, 'seed' | 'attempts'>,
): Promise<Readonly<Record<string, unknown>>> {
  const start = performance.now();
  const readings: Reading[] = [];
  let stepMs = 1;
  for await (const { frame, atMs } of readFrames(path)) {
    const face = await findNearest(parts.engine, frame);
    if (readings.length === 1) stepMs = atMs;
    readings.push({
      expression: face ? readExpression(face) : null,
      width: frame.width,
      height: frame.height,
    });
  }
  const random = seededRandom(options.seed);
  const ends: Record<string, number> = {};
  let sequence: readonly Action[] | null = null;
  for (let attempt = 0; attempt < options.attempts; attempt += 1) {
    sequence = drawSequence(random, sequence);
    const end = replay(readings, sequence, { phase: random.below(readings.length), stepMs });
    const name = end.state.name === 'failed' ? end.state.reason : 'PASSED';
    ends[name] = (ends[name] ?? 0) + 1;
  }
  const passed = ends['PASSED'] ?? 0;
  return {
    decision: passed === 0 ? 'attack' : passed === options.attempts ? 'live' : 'undecided',
    score: passed / options.attempts,
    challenge: { attempts: options.attempts, passed, ends, ...(options.attempts === 1 ? { sequence } : {}) },
    ms: { all: Math.round(performance.now() - start) },
  };
}

function replay(
  readings: readonly Reading[],
  sequence: readonly Action[],
  from: { readonly phase: number; readonly stepMs: number },
): ChallengeTry {
  let current = beginChallenge(sequence);
  for (let step = 0; step * from.stepMs < LONGEST_TRY_MS; step += 1) {
    const reading = readings[(from.phase + step) % readings.length];
    if (!reading) break;
    current = advanceChallenge(current, { ...reading, atMs: step * from.stepMs, isAlone: true });
    if (current.state.name === 'passed' || current.state.name === 'failed') break;
  }
  return current;
}
