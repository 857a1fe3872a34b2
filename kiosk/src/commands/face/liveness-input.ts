// What `face liveness` says about one recording or still.

import { UserError } from '@hazri/shared/result';
import { PassiveAttempt, type PassiveResult } from '../../engine/liveness/passive/passive-check.js';
import { judgeStill } from '../../engine/liveness/passive/judge.js';
import { underPolicy, type LivenessPolicy } from '../../engine/liveness/policy.js';
import { errorObject } from '../output.js';
import type { Input } from './inputs.js';
import { readFrames, type TimedFrame } from './liveness-frames.js';
import { findNearest, type LivenessOptions, type LivenessParts } from './liveness-parts.js';
import { readPicture } from './pictures.js';
import { simulateChallenge } from './simulate-challenge.js';
import { simulateFlash } from './simulate-flash.js';

/** How long an attempt looks before it steps up to a challenge. */
const LONGEST_LOOK_MS = 3_000;

interface Watched {
  readonly passive: PassiveResult;
  readonly frames: number;
  readonly withFace: number;
  readonly ms: number;
}

/** The output object for one input; a bad one has `error`. */
export async function judgeInput(
  parts: LivenessParts,
  input: Input,
  options: LivenessOptions,
): Promise<Readonly<Record<string, unknown>>> {
  try {
    if (options.isStill) return { path: input.name, ...(await judgePicture(parts, input.path)) };
    if (options.simulate === 'challenge') {
      return { path: input.name, ...(await simulateChallenge(parts, input.path, options)) };
    }
    if (options.simulate === 'flash') {
      return { path: input.name, ...(await simulateFlash(parts, input.path, options)) };
    }
    const watched = await watch(parts, readFrames(input.path));
    return { path: input.name, ...describe(watched, options.policy) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { path: input.name, ...errorObject(error) };
  }
}

async function judgePicture(parts: LivenessParts, path: string): Promise<Readonly<Record<string, unknown>>> {
  const frame = await readPicture(path);
  const start = performance.now();
  const face = await findNearest(parts.engine, frame);
  const score = face && parts.pack ? await parts.pack.score(frame, face.box) : null;
  const ms = round(performance.now() - start, 2);
  return { decision: judgeStill(score), score, cues: { faces: face ? 1 : 0 }, ms: { frame: ms } };
}

/** Looks until the attempt is decided, or for as long as a tablet would before it asks for something. */
async function watch(parts: LivenessParts, frames: AsyncIterable<TimedFrame>): Promise<Watched> {
  const attempt = new PassiveAttempt();
  let [seen, withFace, ms] = [0, 0, 0];
  let passive = attempt.decide();
  for await (const { frame, atMs } of frames) {
    if (atMs > LONGEST_LOOK_MS) break;
    seen += 1;
    const face = await findNearest(parts.engine, frame);
    if (!face) continue;
    withFace += 1;
    const start = performance.now();
    attempt.add({ frame, face, atMs }, parts.pack ? await parts.pack.score(frame, face.box) : null);
    ms += performance.now() - start;
    passive = attempt.decide();
    if (passive.decision !== 'undecided') break;
  }
  return { passive, frames: seen, withFace, ms: withFace > 0 ? ms / withFace : 0 };
}

function describe(watched: Watched, policy: LivenessPolicy): Readonly<Record<string, unknown>> {
  const { passive, frames, withFace, ms } = watched;
  const cues = Object.fromEntries(
    Object.entries(passive.cues).map(([name, value]) => [name, round(value, 4)]),
  );
  return {
    decision: passive.decision === 'live' ? underPolicy(passive, policy) : passive.decision,
    score: passive.cues.spoof === undefined ? null : round(passive.cues.spoof, 4),
    doubt: passive.doubt,
    cues: { ...cues, looked: frames, withFace },
    ms: { perFrame: round(ms, 2) },
  };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
