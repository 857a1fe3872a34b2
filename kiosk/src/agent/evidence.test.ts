import { beforeEach, describe, expect, it } from 'vitest';
import type { LivenessDecision } from '../engine/liveness/port.js';
import type { FaceObservation, Frame } from '../engine/port.js';
import { CheckInEvidence } from './evidence.js';
import type { Face } from './face.js';

const frame: Frame = { width: 4, height: 4, channels: 3, data: new Uint8Array(48) };

function seen(sharpness = 300): FaceObservation {
  const light = { exposure: 0.5, contrast: 0.2, sharpness, eyes: 0.7, lowerFace: 1, backlight: 0 };
  const quality = { interocularPx: 80, inside: 1, rollDeg: 0, yaw: 0, pitch: 0, ...light };
  return { box: { x: 0, y: 0, width: 2, height: 2 }, score: 1, landmarks: new Float32Array(136), quality };
}

/** Unit vector near `axis`, `aside` away from it. */
function faceOf(axis: number, aside = 0): Face {
  const vector = new Float32Array(128);
  vector[axis] = 1;
  vector[127] = aside;
  const length = Math.hypot(1, aside);
  const current = vector.map((value) => value / length);
  return { current, next: null, models: { detector: 'd', landmarks: 'l', recognition: 'r' } };
}

let decision: LivenessDecision;
let evidence: CheckInEvidence;
let nowMs: number;

function see(
  observation: FaceObservation,
  face: () => Face,
  forMs = 30,
): 'taken' | 'passed' | 'other person' {
  nowMs += forMs;
  evidence.see(frame, observation, nowMs);
  if (!evidence.wants(observation)) return 'passed';
  return evidence.take(face(), observation) ? 'taken' : 'other person';
}

beforeEach(() => {
  decision = 'live';
  nowMs = 0;
  const attempt = {
    add: () => undefined,
    asks: () => null,
    decide: () => ({ decision, cues: {}, version: 'fake' }),
  };
  evidence = new CheckInEvidence(1, { version: 'fake', begin: () => attempt }, 0);
});

describe('the evidence of a check-in', () => {
  it('is complete with two frames that are very good and agree', () => {
    see(seen(), () => faceOf(1));
    expect(evidence.status().kind).toBe('collecting');
    see(seen(), () => faceOf(1, 0.05));
    expect(evidence.status().kind).toBe('complete');
    expect(evidence.conclude()?.frames).toBe(2);
  });

  it.each([
    ['poorer', seen(60), 0.05],
    ['further apart', seen(), 0.2],
  ])('needs a third where they are %s', (_why, observation, aside) => {
    see(observation, () => faceOf(1));
    see(observation, () => faceOf(1, aside));
    expect(evidence.status().kind).toBe('collecting');
    see(observation, () => faceOf(1));
    expect(evidence.status().kind).toBe('complete');
  });

  it('never ends early without liveness', () => {
    decision = 'undecided';
    for (let at = 0; at < 10; at += 1) see(seen(), () => faceOf(1));
    expect(evidence.status().kind).toBe('collecting');
    decision = 'attack';
    expect(evidence.status().kind).toBe('attack');
  });

  it('embeds only what is better than what it has, and fuses the best eight', () => {
    decision = 'undecided';
    for (let at = 0; at < 8; at += 1) see(seen(100), () => faceOf(1, 0.1), 10);
    expect(see(seen(100), () => faceOf(1), 10)).toBe('passed');
    for (let at = 0; at < 8; at += 1) expect(see(seen(200), () => faceOf(1), 10)).toBe('taken');
    decision = 'live';
    const concluded = evidence.conclude();
    expect(concluded?.frames).toBe(8);
    expect(concluded?.face.current[127]).toBe(0);
  });

  it('looks again at who stands there, so that nobody slips into the place of another', () => {
    decision = 'undecided';
    for (let at = 0; at < 8; at += 1) see(seen(), () => faceOf(1));
    const answers = Array.from({ length: 12 }, () => see(seen(60), () => faceOf(2)));
    expect(answers).toContain('other person');
    decision = 'live';
    expect(evidence.status().kind).toBe('collecting');
  });

  it('leaves nothing behind', () => {
    const faces = [faceOf(1), faceOf(1), faceOf(1)];
    for (const face of faces) see(seen(), () => face);
    evidence.conclude();
    expect(faces.every(({ current }) => current.every((value) => value === 0))).toBe(true);
  });
});
