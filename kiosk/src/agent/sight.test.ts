import { describe, expect, it } from 'vitest';
import type { FaceObservation, FaceQuality } from '../engine/port.js';
import { CHECK_IN_LIMITS, ENROLMENT_LIMITS, TURNED_LIMITS } from '../engine/quality/thresholds.js';
import { NOBODY, type TrackState, advanceTracks } from '../engine/track/track.js';
import { readSight } from './sight.js';

const picture = { width: 640, height: 480 };
const GOOD: FaceQuality = {
  interocularPx: 90,
  sharpness: 300,
  exposure: 0.5,
  contrast: 0.2,
  yaw: 0,
  pitch: 0,
  rollDeg: 0,
  inside: 1,
  eyes: 0.7,
  lowerFace: 1,
  backlight: 0,
};

function face(changes: Partial<FaceQuality>, x = 220): FaceObservation {
  const box = { x, y: 120, width: 200, height: 240 };
  return { box, score: 0.9, landmarks: new Float32Array(136), quality: { ...GOOD, ...changes } };
}

/** The same faces in view for so long. */
function inView(faces: readonly FaceObservation[], forMs = 0): TrackState {
  let state = advanceTracks(NOBODY, faces, picture, 0);
  for (let atMs = 100; atMs <= forMs; atMs += 100) state = advanceTracks(state, faces, picture, atMs);
  return state;
}

const checkIn = { limits: CHECK_IN_LIMITS, isStrict: false, asksForTurn: false };
const enrolment = { limits: ENROLMENT_LIMITS, isStrict: true, asksForTurn: false };
const hintFor = (changes: Partial<FaceQuality>, rules = checkIn, forMs = 0) =>
  readSight(inView([face(changes)], forMs), picture, rules, null).served?.hint;

describe('what a person is asked to change', () => {
  it.each([
    [{ interocularPx: 20 }, 'MOVE_CLOSER'],
    [{ inside: 0.4 }, 'MOVE_TO_MIDDLE'],
    [{ exposure: 0.05 }, 'MORE_LIGHT'],
    [{ exposure: 0.97 }, 'LESS_LIGHT'],
    [{ contrast: 0.01 }, 'MORE_LIGHT'],
    [{ sharpness: 5 }, 'HOLD_STILL'],
    [{ yaw: 0.7 }, 'FACE_THE_SCREEN'],
    [{ pitch: 0.9 }, 'FACE_THE_SCREEN'],
    [{ rollDeg: 40 }, 'HEAD_STRAIGHT'],
    [{ eyes: 0.1 }, 'UNCOVER_EYES'],
    [{ lowerFace: 0.1 }, 'UNCOVER_FACE'],
    [{ backlight: 0.9, exposure: 0.08 }, 'LIGHT_BEHIND'],
    [{}, null],
  ] as const)('%j', (changes, hint) => {
    expect(hintFor(changes)).toBe(hint);
  });

  it('tells who turns too far when asked to turn to do it less', () => {
    const turning = { limits: TURNED_LIMITS, isStrict: true, asksForTurn: true };
    expect(hintFor({ yaw: 0.4 }, turning)).toBeNull();
    expect(hintFor({ yaw: 0.8 }, turning)).toBe('NOT_SO_FAR');
  });

  it('gives way at check-in after a while for covered eyes or mouth and for light from behind', () => {
    for (const changes of [{ eyes: 0.1 }, { lowerFace: 0.1 }, { backlight: 0.9 }]) {
      expect(hintFor(changes, checkIn, 3_900)).not.toBeNull();
      expect(hintFor(changes, checkIn, 4_000)).toBeNull();
      expect(hintFor(changes, enrolment, 4_000)).not.toBeNull();
    }
  });

  it('never gives way for a face too small, too dark, blurred or turned away', () => {
    for (const changes of [{ interocularPx: 20 }, { exposure: 0.05 }, { sharpness: 5 }, { yaw: 0.7 }])
      expect(hintFor(changes, checkIn, 10_000)).not.toBeNull();
  });
});

describe('other people', () => {
  it('wait when they stand as near, and walk by when they do not', () => {
    const near = readSight(inView([face({}, 60), face({}, 380)]), picture, checkIn, null);
    expect(near).toMatchObject({ othersWait: true, served: { hint: null } });
    const far: FaceObservation = { ...face({}), box: { x: 20, y: 20, width: 30, height: 36 } };
    expect(readSight(inView([face({}), far]), picture, checkIn, null).othersWait).toBe(false);
  });
});
