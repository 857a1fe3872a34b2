// The check that a tablet runs: the passive look, with the anti-spoofing pack where it is installed. A pack that is
// installed but not whole makes nobody alive; without one, only a stream of new pictures of a face that moves the way
// faces do is asked for, which stops no recording of a person.

import { PassiveAttempt } from './passive/passive-check.js';
import type { LivenessAttempt, LivenessCheck, LivenessResult, LivenessSample } from './port.js';
import type { SpoofPack } from './spoof/spoof-pack.js';

/** Changes whenever a cue or a threshold changes. */
const VERSION = 'passive-2';

/** What became of the pack when it was opened. */
export type PackState = SpoofPack | 'none' | 'broken';

export function createLivenessCheck(pack: PackState): LivenessCheck {
  const version = typeof pack === 'string' ? `${VERSION}-${pack}` : `${VERSION}-${pack.id}`;
  return { version, begin: () => new PassiveLook(pack, version) };
}

class PassiveLook implements LivenessAttempt {
  private readonly look = new PassiveAttempt();

  constructor(
    private readonly pack: PackState,
    private readonly version: string,
  ) {}

  add(sample: LivenessSample): void {
    this.look.add(sample, null);
    if (typeof this.pack === 'string') return;
    const { atMs } = sample;
    // A frame that the pack fails on counts for nothing.
    this.pack.score(sample.frame, sample.face.box).then(
      (spoof) => {
        this.look.believe(atMs, spoof);
      },
      () => undefined,
    );
  }

  decide(): LivenessResult {
    const { decision, doubt, cues } = this.look.decide();
    const isAlive = decision === 'live' || (this.pack === 'none' && doubt === 'NO_PACK');
    return {
      decision: isAlive ? 'live' : decision,
      cues: { ...cues },
      version: this.version,
    };
  }
}
