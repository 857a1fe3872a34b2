import { beforeEach, describe, expect, it } from 'vitest';
import type { LivenessDecision } from '../engine/liveness/port.js';
import type { FaceObservation, Frame } from '../engine/port.js';
import { CAPTURE_STEPS, EnrolmentCapture } from './capture.js';
import type { Face } from './face.js';

const FRAME_MS = 60;
const frame: Frame = { width: 4, height: 4, channels: 3, data: new Uint8Array(48) };

interface Pose {
  readonly yaw?: number;
  readonly pitch?: number;
}

function seen({ yaw = 0, pitch = 0 }: Pose): FaceObservation {
  const light = { exposure: 0.5, contrast: 0.2, sharpness: 300, eyes: 0.7, lowerFace: 1, backlight: 0 };
  const quality = { interocularPx: 80, inside: 1, rollDeg: 0, yaw, pitch, ...light };
  return { box: { x: 0, y: 0, width: 2, height: 2 }, score: 1, landmarks: new Float32Array(136), quality };
}

/** Person `who`, a little aside when the head is turned. */
function faceOf(who: number, { yaw = 0, pitch = 0 }: Pose = {}): Face {
  const vector = new Float32Array(128);
  vector[who] = 1;
  vector[100] = yaw * 0.4;
  vector[101] = pitch * 0.4;
  const length = Math.hypot(...vector);
  const current = vector.map((value) => value / length);
  return { current, next: null, models: { detector: 'd', landmarks: 'l', recognition: 'r' } };
}

let decision: LivenessDecision;
let capture: EnrolmentCapture;
let nowMs: number;
let made: Face[];

interface Standing {
  readonly who: number;
  readonly trackId: number;
  readonly isDone: () => boolean;
}

/** Stands before the camera for so long, or until `isDone`. */
function stand(forMs: number, pose: Pose, by: Partial<Standing> = {}): void {
  const { who = 1, trackId = 1, isDone = (): boolean => false } = by;
  const endMs = nowMs + forMs;
  while (nowMs < endMs && !isDone()) {
    nowMs += FRAME_MS;
    const observation = seen(pose);
    capture.see(frame, observation, trackId, nowMs);
    if (!capture.wants(observation, nowMs)) continue;
    const face = faceOf(who, pose);
    made.push(face);
    capture.take(face, observation, nowMs);
  }
}
const left = (step: string) => (): boolean => capture.step !== step;
const standThrough = (step: string, pose: Pose): void => {
  stand(20_000, pose, { isDone: left(step) });
};

beforeEach(() => {
  decision = 'live';
  nowMs = 0;
  made = [];
  capture = new EnrolmentCapture({
    version: 'fake',
    begin: () => ({
      add: () => undefined,
      asks: () => null,
      decide: () => ({ decision, cues: {}, version: 'fake' }),
    }),
  });
});

describe('guided enrolment', () => {
  it('takes a person who does as asked through every pose in a few seconds, and keeps one template of each', () => {
    standThrough('front', {});
    standThrough('left', { yaw: 0.4 });
    standThrough('right', { yaw: -0.4 });
    standThrough('up', { pitch: 0.4 });
    expect(capture.progress()).toMatchObject({ step: 'look', behind: CAPTURE_STEPS - 1 });
    expect(capture.answerLook(false)).toBe(true);
    expect(capture.progress()).toMatchObject({ behind: CAPTURE_STEPS, isComplete: true });
    expect(nowMs).toBeLessThan(3_000);
    const poses = capture.conclude()?.templates.map(({ info }) => info.pose);
    expect(poses).toEqual(['left', 'right', 'up', 'front']);
  });

  it('ends by itself, after a quarter of a minute, for a person who only looks ahead', () => {
    stand(20_000, {}, { isDone: () => capture.progress().isComplete });
    expect(capture.progress().isComplete).toBe(true);
    expect(nowMs).toBeLessThan(16_500);
    expect(capture.conclude()?.templates.map(({ info }) => info.pose)).toEqual(['front']);
  });

  it('takes a pose whenever it comes, whatever it asked for', () => {
    standThrough('front', {});
    stand(600, { yaw: -0.4 });
    expect(capture.step).toBe('left');
    standThrough('left', { yaw: 0.4 });
    expect(capture.step).toBe('up');
  });

  it('measures turns from how this person looks straight ahead', () => {
    const low = { yaw: 0.2, pitch: -0.3 };
    standThrough('front', low);
    stand(600, { yaw: 0.3, pitch: -0.3 });
    expect(capture.step).toBe('left');
    stand(600, { yaw: 0.5, pitch: -0.3 });
    expect(capture.step).toBe('right');
  });

  it('asks once for the other look and takes it when it is there', () => {
    standThrough('front', {});
    for (const step of ['left', 'right', 'up']) standThrough(step, {});
    expect(capture.answerLook(true)).toBe(true);
    expect(capture.step).toBe('other');
    standThrough('other', {});
    expect(capture.answerLook(true)).toBe(false);
    expect(capture.progress().isComplete).toBe(true);
  });

  it('is not complete before the person is known to be live, and names an attack', () => {
    decision = 'undecided';
    standThrough('front', {});
    for (const step of ['left', 'right', 'up']) standThrough(step, {});
    capture.answerLook(false);
    stand(600, {});
    expect(capture.progress()).toMatchObject({ behind: CAPTURE_STEPS, isComplete: false });
    decision = 'attack';
    expect(capture.progress()).toMatchObject({ isComplete: false, isAttack: true });
  });

  it('stays live when the last seconds alone would say too little, but not through a lost track or an attack', () => {
    standThrough('front', {});
    capture.progress();
    decision = 'undecided';
    for (const step of ['left', 'right', 'up']) standThrough(step, {});
    capture.answerLook(false);
    expect(capture.progress().isComplete).toBe(true);
    stand(600, {}, { trackId: 2 });
    expect(capture.progress().isComplete).toBe(false);
    decision = 'attack';
    expect(capture.progress()).toMatchObject({ isComplete: false, isAttack: true });
  });

  it('starts anew when another person takes the place, and wipes what it had', () => {
    standThrough('front', {});
    const before = [...made];
    stand(2_000, { yaw: 0.4 }, { who: 2 });
    expect(capture.step).toBe('front');
    expect(before.every(({ current }) => current.every((value) => value === 0))).toBe(true);
  });

  it('goes on after a lost track only when the same face comes back', () => {
    standThrough('front', {});
    standThrough('left', { yaw: 0.4 });
    stand(600, {}, { trackId: 2 });
    expect(capture.step).toBe('right');
    stand(2_000, {}, { who: 3, trackId: 3 });
    expect(capture.step).not.toBe('right');
  });

  it('wipes everything but its answer', () => {
    stand(20_000, {}, { isDone: () => capture.progress().isComplete });
    const templates = capture.conclude()?.templates ?? [];
    expect(made.every(({ current }) => current.every((value) => value === 0))).toBe(true);
    expect(templates.every(({ face }) => Math.abs(Math.hypot(...face.current) - 1) < 1e-5)).toBe(true);
  });
});
