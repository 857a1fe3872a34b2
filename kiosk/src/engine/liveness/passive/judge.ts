// From cues to a decision. A missing cue is never a good one: without the pack nothing is taken for alive here, and
// what is not plainly alive or plainly an attack is left to a challenge.

import type { LivenessDecision } from '../port.js';
import type { PassiveCues } from './cues.js';

/**
 * Every number that the decision depends on. The two limits of `spoof` were set on the odd-numbered half of the
 * development recordings, on boxes of this engine's own detector; docs/liveness.md has the other half's figures.
 */
const LIMITS = {
  /** Fewer frames, or less time, decide nothing. */
  frames: 5,
  spanMs: 350,
  /** From this share of repeated pictures on, the stream is frozen or looped. A slow camera repeats some. */
  repeatedShare: 0.75,
  /** Change of shape that a living face shows within half a second. */
  shapeChange: 0.012,
  spoof: {
    /** An attack may be named after fewer frames than it takes to be believed. */
    attackFrames: 5,
    attackSpanMs: 350,
    /** Far below the doubtful: noise and dim light bring living people down to 0.2, and they are asked, not refused. */
    attack: 0.03,
    liveFrames: 8,
    liveSpanMs: 700,
    live: 0.9,
  },
  /** From here on what surrounds the face is believed to hang on it. */
  rigidity: { pairs: 8, movePx: 1.5, most: 0.5 },
} as const;

/** Why something was not taken for alive; for tests and the command line. */
export type PassiveDoubt =
  | 'TOO_FEW_FRAMES'
  | 'STREAM_REPEATS'
  | 'SHAPE_STAYS'
  | 'PACK_SAYS_ATTACK'
  | 'PACK_UNSURE'
  | 'NO_PACK'
  | 'MOVES_AS_ONE';

export function judgePassive(cues: PassiveCues): { decision: LivenessDecision; doubt: PassiveDoubt | null } {
  if (cues.frames < LIMITS.frames || cues.spanMs < LIMITS.spanMs) return undecided('TOO_FEW_FRAMES');
  if (cues.repeatedShare >= LIMITS.repeatedShare) return { decision: 'attack', doubt: 'STREAM_REPEATS' };
  const { spoof, spoofFrames = 0, spoofSpanMs = 0 } = cues;
  const { attackFrames, attackSpanMs, liveFrames, liveSpanMs } = LIMITS.spoof;
  if (spoof !== undefined && spoof <= LIMITS.spoof.attack) {
    if (spoofFrames >= attackFrames && spoofSpanMs >= attackSpanMs) {
      return { decision: 'attack', doubt: 'PACK_SAYS_ATTACK' };
    }
  }
  if (cues.shapeChange < LIMITS.shapeChange) return undecided('SHAPE_STAYS');
  if (cues.spoofFrames === undefined) return undecided('NO_PACK');
  if (spoof === undefined || spoofFrames < liveFrames || spoofSpanMs < liveSpanMs)
    return undecided('PACK_UNSURE');
  if (spoof < LIMITS.spoof.live) return undecided('PACK_UNSURE');
  if (isRigid(cues)) return undecided('MOVES_AS_ONE');
  return { decision: 'live', doubt: null };
}

const undecided = (doubt: PassiveDoubt): { decision: 'undecided'; doubt: PassiveDoubt } => ({
  decision: 'undecided',
  doubt,
});

function isRigid({ rigidity = 0, rigidityPairs = 0, faceMovePx = 0 }: PassiveCues): boolean {
  const { pairs, movePx, most } = LIMITS.rigidity;
  return rigidityPairs >= pairs && faceMovePx >= movePx && rigidity >= most;
}

/** Between the odd-numbered subjects' highest print and lowest living still, in the middle of their log-odds. */
const STILL_LIVE = 0.2;

/** A single still, for measuring the pack alone: a tablet never decides on one. `score` is null without face or pack. */
export function judgeStill(score: number | null): LivenessDecision {
  if (score === null) return 'undecided';
  return score >= STILL_LIVE ? 'live' : 'attack';
}
