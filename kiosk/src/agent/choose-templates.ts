// Which templates an enrolment leaves: one per pose and look, fused over its frames, as different from one another as
// they came, and the mean of the straight ones last. Pure; the caller owns every embedding that goes in or comes out.
import type { TemplateInfo } from '@hazri/shared/protocol/event';
import { type Face, type FaceFrame, faceDistance, fuseFaces, wipeFace, withoutNext } from './face.js';

/** One captured frame. */
export interface PosedFrame extends FaceFrame {
  readonly pose: TemplateInfo['pose'];
  readonly look: TemplateInfo['look'];
}

export interface Template {
  readonly face: Face;
  readonly info: TemplateInfo;
}

const MOST_TEMPLATES = 8;
/** Frames of one pose and light lie within this unit-length distance: a template nearer than that adds nothing. */
const WORTH_KEEPING = 0.06;

/** In order of usefulness, the mean last; null when the frames agree on nobody. */
export function chooseTemplates(frames: readonly PosedFrame[]): Template[] | null {
  const of = (pose: PosedFrame['pose'], look: PosedFrame['look']): PosedFrame[] =>
    frames.filter((frame) => frame.pose === pose && frame.look === look);
  const straight = of('front', 'usual');
  const mean = fused(straight);
  if (mean === null) return null;
  const half = Math.ceil(straight.length / 2);
  const groups = [
    of('left', 'usual'),
    of('right', 'usual'),
    of('up', 'usual'),
    of('front', 'other'),
    straight.slice(0, half),
    straight.slice(half),
  ];
  const chosen: Template[] = [];
  for (const candidate of groups.map(fused)) {
    if (candidate === null) continue;
    const isNew = [...chosen, mean].every(
      (other) => faceDistance(other.face, candidate.face) >= WORTH_KEEPING,
    );
    if (isNew && chosen.length < MOST_TEMPLATES - 1) chosen.push(candidate);
    else wipeFace(candidate.face);
  }
  return ofOneKind([...chosen, mean]);
}

/** All with an embedding of the next model, or none. */
function ofOneKind(templates: Template[]): Template[] {
  if (templates.every(({ face }) => face.next !== null)) return templates;
  return templates.map(({ face, info }) => ({ face: withoutNext(face), info }));
}

function fused(frames: readonly PosedFrame[]): Template | null {
  const [first] = frames;
  const face = fuseFaces(frames)?.face;
  if (first === undefined || face === undefined) return null;
  const quality = frames.reduce((sum, frame) => sum + frame.quality, 0) / frames.length;
  return { face, info: { pose: first.pose, look: first.look, quality: Math.min(1, quality) } };
}
