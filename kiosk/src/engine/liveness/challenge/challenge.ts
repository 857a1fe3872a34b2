// One try of a challenge as a pure machine: a drawn sequence and what the camera sees go in, the next prompt or the end
// comes out. It holds numbers of a face at rest and no picture.
//
//   settle ──rest found──▶ ask 1 ──held──▶ return ──at rest──▶ ask 2 … ask n ──held──▶ passed
//     │                     │                │
//     └── nothing for long ─┴─ late, wrong movement held, face gone, stream broken ──▶ failed

import { nameMovement, restOf, type Expression } from './expression.js';
import type { Action } from './sequence.js';

/** Every time and count the outcome depends on. */
export const CHALLENGE = {
  /** Time to make a movement and hold it. */
  windowMs: 3_000,
  /** A movement counts, and a wrong one fails, when it is seen for this long. */
  holdMs: 300,
  /** The same, in frames: one frame of a broken camera is no movement. */
  holdFrames: 3,
  /** A face must look at the camera this long before it is asked for anything, and this many frames. */
  settleMs: 500,
  settleFrames: 5,
  longestSettleMs: 4_000,
  /** Longest time back to rest. */
  returnMs: 2_500,
  /** Rest between two movements. */
  restMs: 200,
  /** Without the face for longer, somebody else may have taken its place. */
  lostMs: 700,
  /** Frames farther apart show no movement, only poses. */
  mostFrameGapMs: 350,
  /** A face is at rest when it looks at the camera. */
  settleYaw: 0.25,
} as const;

export type ChallengeFailure =
  | 'NO_REST'
  | 'TOO_LATE'
  | 'WRONG_MOVEMENT'
  | 'NO_RETURN'
  | 'FACE_LOST'
  | 'TWO_FACES'
  | 'FRAMES_TOO_SLOW'
  | 'CLOCK_JUMPED'
  | 'PICTURE_CHANGED';

export type ChallengeState =
  | { readonly name: 'settle'; readonly sinceMs: number | null; readonly rest: readonly Timed[] }
  | (Asking & { readonly name: 'ask' })
  | (Asking & { readonly name: 'return'; readonly restSinceMs: number | null })
  | { readonly name: 'passed'; readonly tookMs: number; readonly stepMs: readonly number[] }
  | { readonly name: 'failed'; readonly reason: ChallengeFailure };

interface Timed {
  readonly atMs: number;
  readonly expression: Expression;
}

interface Asking {
  readonly step: number;
  readonly rest: Expression;
  readonly startedMs: number;
  readonly sinceMs: number;
  /** The movement being held, since when and for how many frames. */
  readonly held: { readonly movement: Action; readonly sinceMs: number; readonly frames: number } | null;
  readonly stepMs: readonly number[];
}

/** A try under way. */
export interface ChallengeTry {
  readonly sequence: readonly Action[];
  readonly state: ChallengeState;
  readonly lastFrameMs: number | null;
  readonly lastFaceMs: number | null;
  readonly picture: string | null;
}

/** What one frame shows of the person who was asked. */
export interface ChallengeFrame {
  readonly atMs: number;
  /** Null when the face was not found in this frame. */
  readonly expression: Expression | null;
  /** Whether somebody else is as near to the camera. */
  readonly isAlone: boolean;
  readonly width: number;
  readonly height: number;
}

export function beginChallenge(sequence: readonly Action[]): ChallengeTry {
  const state: ChallengeState = { name: 'settle', sinceMs: null, rest: [] };
  return { sequence, state, lastFrameMs: null, lastFaceMs: null, picture: null };
}

/** The movement that is asked for now; null before, between and after. */
export function askedNow({ state, sequence }: ChallengeTry): Action | null {
  return state.name === 'ask' ? (sequence[state.step] ?? null) : null;
}

/** The try after one more frame. A try that has ended stays as it is. */
export function advanceChallenge(before: ChallengeTry, frame: ChallengeFrame): ChallengeTry {
  const { state } = before;
  if (state.name === 'passed' || state.name === 'failed') return before;
  const picture = `${String(frame.width)}x${String(frame.height)}`;
  const seen = {
    ...before,
    picture,
    lastFrameMs: frame.atMs,
    lastFaceMs: frame.expression ? frame.atMs : (before.lastFaceMs ?? frame.atMs),
  };
  const broken = breakage(before, frame, picture);
  if (broken) return { ...seen, state: { name: 'failed', reason: broken } };
  return { ...seen, state: advanceState(before.sequence, state, frame) };
}

function breakage(before: ChallengeTry, frame: ChallengeFrame, picture: string): ChallengeFailure | null {
  const gapMs = frame.atMs - (before.lastFrameMs ?? frame.atMs - 1);
  if (gapMs <= 0) return 'CLOCK_JUMPED';
  if (gapMs > CHALLENGE.mostFrameGapMs) return 'FRAMES_TOO_SLOW';
  if (before.picture !== null && before.picture !== picture) return 'PICTURE_CHANGED';
  if (!frame.isAlone) return 'TWO_FACES';
  const missedMs = frame.expression ? 0 : frame.atMs - (before.lastFaceMs ?? frame.atMs);
  return missedMs > CHALLENGE.lostMs ? 'FACE_LOST' : null;
}

type Running = Exclude<ChallengeState, { name: 'passed' | 'failed' }>;

function advanceState(sequence: readonly Action[], state: Running, frame: ChallengeFrame): ChallengeState {
  switch (state.name) {
    case 'settle':
      return settle(state, frame);
    case 'ask':
      return ask(sequence, state, frame);
    case 'return':
      return comeBack(state, frame);
  }
}

const failed = (reason: ChallengeFailure): ChallengeState => ({ name: 'failed', reason });

function settle(
  state: Extract<Running, { name: 'settle' }>,
  { atMs, expression }: ChallengeFrame,
): ChallengeState {
  const sinceMs = state.sinceMs ?? atMs;
  if (atMs - sinceMs > CHALLENGE.longestSettleMs) return failed('NO_REST');
  if (!expression) return { ...state, sinceMs };
  const isCalm =
    Math.abs(expression.yaw) < CHALLENGE.settleYaw &&
    state.rest.every((earlier) => nameMovement(expression, earlier.expression) === 'rest');
  const rest = isCalm ? [...state.rest, { atMs, expression }] : [];
  const calmMs = atMs - (rest[0]?.atMs ?? atMs);
  if (rest.length < CHALLENGE.settleFrames || calmMs < CHALLENGE.settleMs) {
    return { name: 'settle', sinceMs, rest };
  }
  const face = restOf(rest.map((reading) => reading.expression));
  return { name: 'ask', step: 0, rest: face, startedMs: sinceMs, sinceMs: atMs, held: null, stepMs: [] };
}

function ask(
  sequence: readonly Action[],
  state: Extract<Running, { name: 'ask' }>,
  { atMs, expression }: ChallengeFrame,
): ChallengeState {
  if (atMs - state.sinceMs > CHALLENGE.windowMs) return failed('TOO_LATE');
  if (!expression) return state;
  const held = hold(state.held, nameMovement(expression, state.rest), atMs);
  const isHeld =
    held !== null && held.frames >= CHALLENGE.holdFrames && atMs - held.sinceMs >= CHALLENGE.holdMs;
  if (!isHeld) return { ...state, held };
  if (held.movement !== sequence[state.step]) return failed('WRONG_MOVEMENT');
  const stepMs = [...state.stepMs, atMs - state.sinceMs];
  if (state.step + 1 === sequence.length) return { name: 'passed', tookMs: atMs - state.startedMs, stepMs };
  return { ...state, name: 'return', sinceMs: atMs, held: null, stepMs, restSinceMs: null };
}

function comeBack(
  state: Extract<Running, { name: 'return' }>,
  { atMs, expression }: ChallengeFrame,
): ChallengeState {
  if (atMs - state.sinceMs > CHALLENGE.returnMs) return failed('NO_RETURN');
  if (!expression) return { ...state, restSinceMs: null };
  if (nameMovement(expression, state.rest) !== 'rest') return { ...state, restSinceMs: null };
  const restSinceMs = state.restSinceMs ?? atMs;
  if (atMs - restSinceMs < CHALLENGE.restMs) return { ...state, restSinceMs };
  const { step, rest, startedMs, stepMs } = state;
  return { name: 'ask', step: step + 1, rest, startedMs, sinceMs: atMs, held: null, stepMs };
}

function hold(held: Asking['held'], movement: ReturnType<typeof nameMovement>, atMs: number): Asking['held'] {
  if (movement === 'rest' || movement === 'between') return null;
  return held?.movement === movement
    ? { ...held, frames: held.frames + 1 }
    : { movement, sinceMs: atMs, frames: 1 };
}
