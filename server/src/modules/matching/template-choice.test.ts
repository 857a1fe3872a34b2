// Which faces become templates: the first always, then whatever differs most, and never two of one moment.
import { describe, expect, it } from 'vitest';
import { chooseVaried, distanceBetween, meanFace } from './template-choice.js';

/** A unit vector at this angle (radians) from the first axis; angles are distances for small ones. */
function turned(angle: number, towards = 1): Float32Array {
  const face = new Float32Array(128);
  face[0] = Math.cos(angle);
  face[towards] = Math.sin(angle);
  return face;
}

describe('chooseVaried', () => {
  it('keeps nothing of nothing, and one of one', () => {
    expect(chooseVaried([], 8)).toEqual([]);
    expect(chooseVaried([turned(0)], 8)).toEqual([0]);
  });

  it('leaves out pictures of the same moment', () => {
    expect(chooseVaried([turned(0), turned(0.02), turned(0.2), turned(0.21)], 8)).toEqual([0, 3]);
  });

  it('prefers what differs most when there is not room for all', () => {
    const faces = [turned(0), turned(0.1), turned(0.3, 2), turned(0.25, 3), turned(0.12)];
    expect(chooseVaried(faces, 3)).toEqual([0, 2, 3]);
  });
});

describe('meanFace', () => {
  it('lies between the faces, at unit length', () => {
    const mean = meanFace([turned(0), turned(0.2)]);
    expect(Math.hypot(...mean)).toBeCloseTo(1, 6);
    expect(distanceBetween(mean, turned(0.1))).toBeLessThan(1e-3);
  });
});
