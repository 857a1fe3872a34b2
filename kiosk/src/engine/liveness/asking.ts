// Challenges of one attempt: up to three tries, each with a sequence of its own, and what is asked for meanwhile.

import { advanceChallenge, askedNow, beginChallenge, type ChallengeTry } from './challenge/challenge.js';
import { readExpression } from './challenge/expression.js';
import { drawSequence, type RandomSource } from './challenge/sequence.js';
import type { Asked, LivenessSample } from './port.js';

const MOST_TRIES = 3;

export class Asking {
  private current: ChallengeTry;
  private tries = 1;

  constructor(private readonly random: RandomSource) {
    this.current = beginChallenge(drawSequence(random, null));
  }

  get outcome(): 'passed' | 'failed' | 'open' {
    const { name } = this.current.state;
    return name === 'passed' || name === 'failed' ? name : 'open';
  }

  /** Tries so far, the running one included. */
  get count(): number {
    return this.tries;
  }

  /** Reads one frame; the answer is how it stands now. */
  add({ frame, face, atMs, isAlone }: LivenessSample): Asking['outcome'] {
    const { width, height } = frame;
    const seen = { atMs, expression: readExpression(face), isAlone, width, height };
    this.current = advanceChallenge(this.current, seen);
    if (this.outcome === 'failed' && this.tries < MOST_TRIES) {
      this.tries += 1;
      this.current = beginChallenge(drawSequence(this.random, this.current.sequence));
    }
    return this.outcome;
  }

  asked(): Asked {
    const { state, sequence } = this.current;
    const done = state.name === 'ask' ? state.step : state.name === 'return' ? state.step + 1 : 0;
    return { action: askedNow(this.current) ?? 'rest', done, of: sequence.length };
  }
}
