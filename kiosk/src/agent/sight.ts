// What one frame shows, for the flow: who is served, what that person should change, and whether others wait. Pure.
import type { FaceBox, Hint } from '../contract/views.js';
import type { Box, FaceObservation } from '../engine/port.js';
import { type QualityCode, type QualityLimits, judgeQuality } from '../engine/quality/thresholds.js';
import {
  type Track,
  type TrackState,
  prominence,
  servedTrack,
  waitingTracks,
} from '../engine/track/track.js';
import type { Sight } from './flow.js';

/** Faces with eyes nearer together than this walk by in the background. */
const PASSER_BY_PX = 14;
/** A cut-off face that fills this much of the height is too near rather than too far aside. */
const TOO_NEAR_SHARE = 0.75;
/**
 * Asked for at check-in, but nobody is turned away for them: a person who stands there for this long is looked at as
 * they are, and the server decides whether that is enough.
 */
const ADVICE: readonly QualityCode[] = [
  'QUALITY_EYES_HIDDEN',
  'QUALITY_LOWER_FACE_HIDDEN',
  'QUALITY_LIGHT_BEHIND',
];
const ADVICE_STANDS_MS = 4_000;

/** What this picture is for. */
export interface SightRules {
  readonly limits: QualityLimits;
  /** Enrolment insists; check-in gives way to some things after a while. */
  readonly isStrict: boolean;
  /** The person was asked to turn: who turns too far is not told to face the screen. */
  readonly asksForTurn: boolean;
}

interface Picture {
  readonly width: number;
  readonly height: number;
}

const HINTS: Record<QualityCode, Hint> = {
  QUALITY_TOO_FAR: 'MOVE_CLOSER',
  QUALITY_CUT_OFF: 'MOVE_TO_MIDDLE',
  QUALITY_TOO_DARK: 'MORE_LIGHT',
  QUALITY_TOO_BRIGHT: 'LESS_LIGHT',
  QUALITY_FLAT_LIGHT: 'MORE_LIGHT',
  QUALITY_BLURRED: 'HOLD_STILL',
  QUALITY_TURNED: 'FACE_THE_SCREEN',
  QUALITY_TILTED: 'FACE_THE_SCREEN',
  QUALITY_LEANING: 'HEAD_STRAIGHT',
  QUALITY_EYES_HIDDEN: 'UNCOVER_EYES',
  QUALITY_LOWER_FACE_HIDDEN: 'UNCOVER_FACE',
  QUALITY_LIGHT_BEHIND: 'LIGHT_BEHIND',
};

/** @param doneTrackId who was served already and has not left since */
export function readSight(
  tracks: TrackState,
  picture: Picture,
  rules: SightRules,
  doneTrackId: number | null,
): Sight & { readonly face: FaceObservation | null } {
  const track = servedTrack(tracks);
  if (track === null || track.face.quality.interocularPx < PASSER_BY_PX) {
    return { served: null, othersWait: false, face: null };
  }
  const rank = prominence(track.face.box, picture);
  const othersWait = waitingTracks(tracks).some(
    (other) => prominence(other.face.box, picture) >= rank * rules.limits.maxRival,
  );
  const served = {
    trackId: track.id,
    face: toFaceBox(track.face.box, picture),
    hint: hintFor(track, picture, rules),
    isDone: track.id === doneTrackId,
  };
  return { served, othersWait, face: track.face };
}

const forgiven = (track: Track): readonly QualityCode[] =>
  track.lastSeenMs - track.firstSeenMs >= ADVICE_STANDS_MS ? ADVICE : [];

function hintFor(track: Track, picture: Picture, rules: SightRules): Hint | null {
  const ignored = rules.isStrict ? [] : forgiven(track);
  const { face } = track;
  const worst = judgeQuality(face.quality, rules.limits).find((code) => !ignored.includes(code));
  if (worst === undefined) return null;
  const isTooNear = worst === 'QUALITY_CUT_OFF' && face.box.height >= picture.height * TOO_NEAR_SHARE;
  if (isTooNear) return 'MOVE_BACK';
  const hint = HINTS[worst];
  return rules.asksForTurn && hint === 'FACE_THE_SCREEN' ? 'NOT_SO_FAR' : hint;
}

function toFaceBox(box: Box, picture: Picture): FaceBox {
  return {
    x: box.x / picture.width,
    y: box.y / picture.height,
    width: box.width / picture.width,
    height: box.height / picture.height,
  };
}
