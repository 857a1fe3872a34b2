// Bars of the arrivals chart, gaps included, beginning at a full local hour.
import { describe, expect, it } from 'vitest';
import { clock } from '../../lib/time.js';
import { filledQuarters } from './quarters.js';

const ZONE = 'Asia/Kolkata';
const inPune = (hour: number, minute: number) => Date.UTC(2026, 10, 20, hour, minute) - 330 * 60_000;

describe('filledQuarters', () => {
  it('is empty when nobody came', () => {
    expect(filledQuarters([], ZONE)).toEqual([]);
    expect(filledQuarters([{ atMs: inPune(9, 0), count: 0 }], ZONE)).toEqual([]);
  });

  it('fills the gaps from the full hour to the full hour', () => {
    const bars = filledQuarters(
      [
        { atMs: inPune(8, 45), count: 4 },
        { atMs: inPune(9, 30), count: 2 },
      ],
      ZONE,
    );
    expect(bars.map((bar) => `${clock(bar.atMs, ZONE)} ${String(bar.count)}`)).toEqual([
      '08:00 0',
      '08:15 0',
      '08:30 0',
      '08:45 4',
      '09:00 0',
      '09:15 0',
      '09:30 2',
      '09:45 0',
    ]);
  });
});
