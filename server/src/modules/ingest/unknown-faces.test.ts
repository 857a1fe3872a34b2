// The alarm for a tablet that keeps seeing unknown faces.
import { describe, expect, it } from 'vitest';
import { UnknownFaces } from './unknown-faces.js';

const MINUTE = 60_000;

describe('UnknownFaces', () => {
  it('alarms at the fifth within ten minutes, under one name per window', () => {
    const faces = new UnknownFaces();
    const names = [0, 1, 2, 3, 4, 5].map((minute) => faces.count('a', minute * MINUTE));
    expect(names.slice(0, 4)).toEqual([null, null, null, null]);
    expect(names[4]).not.toBeNull();
    expect(names[5]).toBe(names[4]);
  });

  it('does not add up what is long ago, or what other tablets saw', () => {
    const faces = new UnknownFaces();
    for (let hour = 0; hour < 20; hour += 1) expect(faces.count('a', hour * 60 * MINUTE)).toBeNull();
    for (const device of ['b', 'c', 'd', 'e', 'f', 'g']) expect(faces.count(device, 0)).toBeNull();
  });
});
