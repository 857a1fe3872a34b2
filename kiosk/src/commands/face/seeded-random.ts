// Repeatable randomness for measurements: the same seed, the same draws. Never for a challenge that anybody must answer.

import type { RandomSource } from '../../engine/liveness/challenge/sequence.js';

/** Mulberry32. */
export function seededRandom(seed: number): RandomSource {
  let state = seed >>> 0;
  return {
    below(limit) {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit);
    },
  };
}
