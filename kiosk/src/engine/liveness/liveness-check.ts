// The check that a tablet runs: the passive look, with the anti-spoofing pack where it is installed, and a challenge
// where the pack stays in doubt. A pack that is installed but not whole makes nobody alive; without one, only a stream
// of new pictures of a face that moves the way faces do is asked for, which stops no recording of a person.
//
//   look ──alive──▶ live            ask ──passed──▶ live
//    ├── attack ──▶ attack           ├── attack seen meanwhile ──▶ attack
//    └── in doubt, pack there ──▶ ask └── failed three times ──▶ attack, and nobody is asked for a while

import { Asking } from './asking.js';
import type { RandomSource } from './challenge/sequence.js';
import { PassiveAttempt } from './passive/passive-check.js';
import type { Asked, LivenessAttempt, LivenessCheck, LivenessResult, LivenessSample } from './port.js';
import type { SpoofPack } from './spoof/spoof-pack.js';

/** Changes whenever a cue or a threshold changes. */
const VERSION = 'look-and-ask-1';

/** What became of the pack when it was opened. */
export type PackState = SpoofPack | 'none' | 'broken';

/** In doubt for so long, the person is asked to do something. */
const ASK_AFTER_MS = 2_500;
/** After three failed tries nobody is asked for this long; whoever is in doubt needs the second factor. */
const COOL_DOWN_MS = 30_000;

/** `random` draws what is asked for; it must be a cryptographic source. */
export function createLivenessCheck(pack: PackState, random: RandomSource): LivenessCheck {
  const version = typeof pack === 'string' ? `${VERSION}-${pack}` : `${VERSION}-${pack.id}`;
  const refusal = { atMs: Number.NEGATIVE_INFINITY };
  return { version, begin: (mayAsk) => new LookAndAsk({ pack, version, random, refusal, mayAsk }) };
}

interface Parts {
  readonly pack: PackState;
  readonly version: string;
  readonly random: RandomSource;
  /** When a challenge was last failed for good; shared by all attempts. */
  readonly refusal: { atMs: number };
  readonly mayAsk: boolean;
}

class LookAndAsk implements LivenessAttempt {
  private readonly look = new PassiveAttempt();
  private asking: Asking | null = null;
  private firstMs: number | null = null;

  constructor(private readonly parts: Parts) {}

  add(sample: LivenessSample): void {
    const { atMs } = sample;
    this.firstMs ??= atMs;
    this.look.add(sample, null);
    if (this.asking?.outcome === 'open') {
      if (this.asking.add(sample) === 'failed') this.parts.refusal.atMs = atMs;
    } else if (this.asking === null && this.mustAsk(atMs - this.firstMs, atMs)) {
      this.asking = new Asking(this.parts.random);
    }
    if (typeof this.parts.pack === 'string') return;
    // A frame that the pack fails on counts for nothing.
    this.parts.pack.score(sample.frame, sample.face.box).then(
      (spoof) => {
        this.look.believe(atMs, spoof);
      },
      () => undefined,
    );
  }

  decide(): LivenessResult {
    const { pack, version } = this.parts;
    const { decision, doubt, cues } = this.look.decide();
    const asked = this.asking;
    const result = (named: LivenessResult['decision']): LivenessResult => ({
      decision: named,
      cues: { ...cues, ...(asked ? { tries: asked.count } : {}) },
      version,
    });
    if (decision === 'attack' || asked?.outcome === 'failed') return result('attack');
    if (asked) return result(asked.outcome === 'passed' ? 'live' : 'undecided');
    return result(pack === 'none' && doubt === 'NO_PACK' ? 'live' : decision);
  }

  asks(): Asked | null {
    return this.asking?.outcome === 'open' ? this.asking.asked() : null;
  }

  private mustAsk(lookedMs: number, atMs: number): boolean {
    const { pack, mayAsk, refusal } = this.parts;
    if (!mayAsk || typeof pack === 'string' || atMs - refusal.atMs < COOL_DOWN_MS) return false;
    return lookedMs >= ASK_AFTER_MS && this.look.decide().decision === 'undecided';
  }
}
