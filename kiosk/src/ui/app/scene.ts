// How each view looks as a whole: the tone of the screen, the oval's ring and cover, and whether the camera is needed.
// Pure: a view goes in, a scene comes out.
import type { ResultView, View } from '../../contract/views.js';
import type { RingMode } from '../design/ring.js';
import type { VerdictName } from '../design/verdict-figures.js';
import { PROBLEM_FIGURES } from '../features/problem/problem.js';

type Tone = 'calm' | 'in' | 'out' | 'enrolled' | 'saved' | 'unsure' | 'loud';

export interface Scene {
  readonly tone: Tone;
  /** `stage`: oval and message. `desk`: fields and keys over the whole screen. */
  readonly layout: 'stage' | 'desk';
  readonly ring: RingMode;
  readonly cover: VerdictName | null;
  readonly wantsFrames: boolean;
}

const RESULTS: Readonly<Record<Exclude<ResultView['kind'], 'accepted'>, { tone: Tone; cover: VerdictName }>> =
  {
    duplicate: { tone: 'calm', cover: 'duplicate' },
    'not-recognised': { tone: 'unsure', cover: 'question' },
    refused: { tone: 'unsure', cover: 'ask' },
    'saved-offline': { tone: 'saved', cover: 'cloud-tick' },
    'not-recorded': { tone: 'loud', cover: 'stop' },
    undone: { tone: 'unsure', cover: 'undo' },
    enrolled: { tone: 'enrolled', cover: 'enrolled' },
  };

const IDLE: Scene = {
  tone: 'calm',
  layout: 'stage',
  ring: { kind: 'idle' },
  cover: null,
  wantsFrames: false,
};
const DESK: Scene = { ...IDLE, layout: 'desk' };
const LIVE: Scene = { ...IDLE, wantsFrames: true };

function resultScene(result: ResultView, standsMs: number): Scene {
  const ring: RingMode = { kind: 'draining', durationMs: standsMs, of: JSON.stringify(result) };
  if (result.kind === 'accepted') return { ...LIVE, ring, tone: result.direction, cover: result.direction };
  return { ...LIVE, ring, ...RESULTS[result.kind] };
}

export function sceneOf(view: View): Scene {
  switch (view.name) {
    case 'starting':
      return IDLE;
    case 'problem':
      return { ...IDLE, tone: 'unsure', cover: PROBLEM_FIGURES[view.code] };
    case 'unpaired':
    case 'pairing':
    case 'pin':
    case 'enrol-consent':
      return DESK;
    case 'waiting':
      return LIVE;
    case 'guide':
      return { ...LIVE, ring: { kind: 'guide' } };
    case 'looking':
      return { ...LIVE, ring: { kind: 'filling', progress: view.progress } };
    case 'asking':
      return { ...LIVE, ring: { kind: 'segments', filled: view.asked.done, count: view.asked.of } };
    case 'deciding':
      return { ...LIVE, ring: { kind: 'checking' } };
    case 'enrol-capture':
      return {
        ...LIVE,
        ring: { kind: 'segments', filled: view.captured, count: view.needed },
        cover: view.step === 'look' ? 'other-look' : null,
      };
    case 'result':
      return resultScene(view.result, view.standsMs);
  }
}
