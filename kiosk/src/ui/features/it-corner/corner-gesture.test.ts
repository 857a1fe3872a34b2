import { describe, expect, it } from 'vitest';
import { tapCorner } from './corner-gesture.js';

function tapAt(...times: number[]): boolean[] {
  let taps: readonly number[] = [];
  return times.map((time) => {
    const after = tapCorner(taps, time);
    taps = after.taps;
    return after.isOpen;
  });
}

describe('tapCorner', () => {
  it('opens on the fifth quick tap and starts over', () => {
    expect(tapAt(0, 500, 1000, 1500, 2000, 2100)).toEqual([false, false, false, false, true, false]);
  });
  it('forgets taps that are too old', () => {
    expect(tapAt(0, 500, 1000, 1500, 3000)).toEqual([false, false, false, false, false]);
    expect(tapAt(0, 1000, 2000, 3500, 4000, 4500)).toEqual([false, false, false, false, false, false]);
  });
});
