// What a company's policy makes of a passive decision. What the policy needs and does not have is not believed.

import type { LivenessResult } from './port.js';

export type LivenessPolicy = 'passive' | 'standard' | 'strict';

/**
 * The decision that is recorded. `passive` believes only what the pack has looked at; `strict` believes nobody who was
 * not asked to do something, so that whoever checks in is asked for the second factor as well.
 */
export function underPolicy(
  result: Pick<LivenessResult, 'decision' | 'cues'>,
  policy: LivenessPolicy,
): 'live' | 'undecided' {
  if (result.decision !== 'live' || policy === 'strict') return 'undecided';
  const hasPack = (result.cues['spoofFrames'] ?? 0) > 0;
  return policy === 'passive' && !hasPack ? 'undecided' : 'live';
}
