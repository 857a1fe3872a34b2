// What one frame shows, for the flow: who is served, what that person should change, and whether others wait. Pure.
import type { FaceBox, Hint } from '../contract/views.js';
import type { Box, FaceObservation } from '../engine/port.js';
import { type QualityCode, type QualityLimits, judgeQuality } from '../engine/quality/thresholds.js';
import { type TrackState, prominence, servedTrack, waitingTracks } from '../engine/track/track.js';
import type { Sight } from './flow.js';

/** Faces with eyes nearer together than this walk by in the background. */
const PASSER_BY_PX = 14;
/** A cut-off face that fills this much of the height is too near rather than too far aside. */
const TOO_NEAR_SHARE = 0.75;
/** Someone nearly as prominent as the person served is waiting, not passing by. */
const WAITING_RANK = 0.35;

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
  QUALITY_LEANING: 'FACE_THE_SCREEN',
};

/** @param doneTrackId who was served already and has not left since */
export function readSight(
  tracks: TrackState,
  picture: Picture,
  limits: QualityLimits,
  doneTrackId: number | null,
): Sight & { readonly face: FaceObservation | null } {
  const track = servedTrack(tracks);
  if (track === null || track.face.quality.interocularPx < PASSER_BY_PX) {
    return { served: null, othersWait: false, face: null };
  }
  const rank = prominence(track.face.box, picture);
  const othersWait = waitingTracks(tracks).some(
    (other) => prominence(other.face.box, picture) >= rank * WAITING_RANK,
  );
  const served = {
    trackId: track.id,
    face: toFaceBox(track.face.box, picture),
    hint: hintFor(track.face, picture, limits),
    isDone: track.id === doneTrackId,
  };
  return { served, othersWait, face: track.face };
}

function hintFor(face: FaceObservation, picture: Picture, limits: QualityLimits): Hint | null {
  const worst = judgeQuality(face.quality, limits)[0];
  if (worst === undefined) return null;
  const isTooNear = worst === 'QUALITY_CUT_OFF' && face.box.height >= picture.height * TOO_NEAR_SHARE;
  return isTooNear ? 'MOVE_BACK' : HINTS[worst];
}

function toFaceBox(box: Box, picture: Picture): FaceBox {
  return {
    x: box.x / picture.width,
    y: box.y / picture.height,
    width: box.width / picture.width,
    height: box.height / picture.height,
  };
}
