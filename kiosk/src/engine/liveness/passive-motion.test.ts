import { describe, expect, it } from 'vitest';
import type { FaceObservation, Frame } from '../port.js';
import { createPassiveMotionCheck } from './passive-motion.js';
import type { LivenessSample } from './port.js';

let seed = 7;
const random = (): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};

/** A frame of sensor noise; equal numbers give equal frames. */
function noise(): Frame {
  return {
    width: 64,
    height: 48,
    channels: 3,
    data: Uint8Array.from({ length: 64 * 48 * 3 }, () => 100 + random() * 8),
  };
}

/** A ring of landmarks around (x, 50) whose lower part is stretched by `mouth`. */
function face(x: number, mouth: number): FaceObservation {
  const landmarks = Float32Array.from({ length: 136 }, (_, at) => {
    const angle = ((at >> 1) / 68) * 2 * Math.PI;
    if (at % 2 === 0) return x + 40 * Math.cos(angle);
    const y = 50 + 40 * Math.sin(angle);
    return y > 70 ? y + mouth : y;
  });
  const quality = {
    interocularPx: 40,
    sharpness: 1,
    exposure: 1,
    contrast: 1,
    yaw: 0,
    pitch: 0,
    rollDeg: 0,
    inside: 1,
    eyes: 0.7,
    lowerFace: 1,
    backlight: 0,
  };
  return { box: { x: 0, y: 0, width: 80, height: 80 }, score: 0.9, landmarks, quality };
}

function decide(samples: readonly Omit<LivenessSample, 'atMs'>[], stepMs = 80) {
  const attempt = createPassiveMotionCheck().begin();
  samples.forEach((sample, index) => {
    attempt.add({ ...sample, atMs: index * stepMs });
  });
  return attempt.decide();
}

describe('the passive motion check', () => {
  it('decides nothing on too little', () => {
    expect(decide([]).decision).toBe('undecided');
    const few = [0, 1, 2].map((index) => ({ frame: noise(), face: face(50, index * 3) }));
    expect(decide(few).decision).toBe('undecided');
    const hasty = Array.from({ length: 8 }, (_, index) => ({ frame: noise(), face: face(50, index * 3) }));
    expect(decide(hasty, 10).decision).toBe('undecided');
  });

  it('calls a frozen picture an attack', () => {
    const frame = noise();
    expect(decide(Array.from({ length: 8 }, () => ({ frame, face: face(50, 0) }))).decision).toBe('attack');
  });

  it('calls a looped clip an attack', () => {
    const clip = [noise(), noise(), noise()];
    const looped = Array.from({ length: 18 }, (_, index) => ({
      frame: clip[index % 3] ?? noise(),
      face: face(50, (index % 3) * 4),
    }));
    expect(decide(looped).decision).toBe('attack');
  });

  it('calls new pictures of a face that changes its shape live', () => {
    const moving = Array.from({ length: 10 }, (_, index) => ({
      frame: noise(),
      face: face(50 + index, index * 2),
    }));
    const result = decide(moving);
    expect(result.decision).toBe('live');
    expect(result.cues['shapeChange']).toBeGreaterThan(0.02);
  });

  it('does not take a moved still for a living face', () => {
    const held = Array.from({ length: 10 }, (_, index) => ({
      frame: noise(),
      face: face(50 + index * 4, 0),
    }));
    expect(decide(held).decision).toBe('undecided');
  });
});
