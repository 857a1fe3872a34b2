// One attempt of whatever is presented to the camera: the passive look, and a challenge as the tablet would draw it.
import {
  advanceChallenge,
  askedNow,
  beginChallenge,
  type ChallengeTry,
} from '../../../kiosk/src/engine/liveness/challenge/challenge.js';
import { readExpression } from '../../../kiosk/src/engine/liveness/challenge/expression.js';
import type { Action } from '../../../kiosk/src/engine/liveness/challenge/sequence.js';
import {
  PassiveAttempt,
  type PassiveResult,
} from '../../../kiosk/src/engine/liveness/passive/passive-check.js';
import type { SpoofPack } from '../../../kiosk/src/engine/liveness/spoof/spoof-pack.js';
import type { FaceEngine } from '../../../kiosk/src/engine/port.js';
import type { Presentation } from './picture.js';

/** A tablet's frames, ten a second: enough for every rule, and cheap enough to paint. */
const STEP_MS = 100;
const LONGEST_LOOK_MS = 3_000;
const LONGEST_TRY_MS = 25_000;

/** Looks as long as a tablet does before it asks for something. */
export async function look(
  engine: FaceEngine,
  pack: SpoofPack | null,
  shown: Presentation,
): Promise<PassiveResult> {
  const attempt = new PassiveAttempt();
  for (let atMs = 0; atMs <= LONGEST_LOOK_MS; atMs += STEP_MS) {
    const frame = await shown.frameAt(atMs);
    const [face] = await engine.observe(frame);
    if (!face) continue;
    attempt.add({ frame, face, atMs }, pack ? await pack.score(frame, face.box) : null);
    const result = attempt.decide();
    if (result.decision !== 'undecided') return result;
  }
  return attempt.decide();
}

/** One try; `onAsk` tells whoever performs what is asked, and when. */
export async function challenge(
  engine: FaceEngine,
  shown: Presentation,
  sequence: readonly Action[],
  onAsk: (action: Action, atMs: number) => void = () => undefined,
): Promise<ChallengeTry> {
  let current = beginChallenge(sequence);
  let asked: Action | null = null;
  for (let atMs = 0; atMs <= LONGEST_TRY_MS; atMs += STEP_MS) {
    const frame = await shown.frameAt(atMs);
    const [face] = await engine.observe(frame);
    const { width, height } = frame;
    const expression = face ? readExpression(face) : null;
    current = advanceChallenge(current, { atMs, expression, isAlone: true, width, height });
    if (current.state.name === 'passed' || current.state.name === 'failed') return current;
    const now = askedNow(current);
    if (now !== null && now !== asked) onAsk(now, atMs);
    asked = now;
  }
  return current;
}
