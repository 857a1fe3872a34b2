// Compensatory offs are earned on days off, taken oldest first, and expire.
import { describe, expect, it } from 'vitest';
import { compOffEarned, takeCompOff } from './comp-off.js';
import type { DayResult } from './day-result.js';

const policy = { fullDayMin: 420, halfDayMin: 240, validDays: 60 };
const day = (date: number, status: DayResult['status'], workedMin: number): DayResult => ({
  date,
  status,
  shift: null,
  isWorkingDate: false,
  firstInMs: null,
  lastOutMs: null,
  workedMin,
  breakMin: 0,
  lateMin: 0,
  earlyOutMin: 0,
  overtimeMin: 0,
  nightMin: 0,
  lopDays: 0,
  exceptions: [],
});

describe('earning', () => {
  it('takes work on weekly offs and holidays only', () => {
    const days = [
      day(100, 'WO', 420),
      day(101, 'H', 240),
      day(102, 'WO', 239),
      day(103, 'P', 600),
      day(104, 'L:CL', 600),
    ];
    expect(compOffEarned(days, policy)).toEqual([
      { earnedOn: 100, expiresOn: 160, days: 1 },
      { earnedOn: 101, expiresOn: 161, days: 0.5 },
    ]);
  });
});

describe('taking', () => {
  const credits = [
    { earnedOn: 110, expiresOn: 170, days: 1 },
    { earnedOn: 100, expiresOn: 160, days: 1 },
  ];

  it('uses the oldest that is still valid', () => {
    expect(takeCompOff(credits, [{ date: 120, days: 1 }], 121).left).toEqual([credits[0]]);
    expect(takeCompOff(credits, [{ date: 165, days: 1 }], 165)).toEqual({
      left: [],
      expiredDays: 1,
      refused: [],
    });
  });

  it('splits a day into halves over two credits', () => {
    const halves = [
      { earnedOn: 1, expiresOn: 61, days: 0.5 },
      { earnedOn: 2, expiresOn: 62, days: 1 },
    ];
    expect(takeCompOff(halves, [{ date: 10, days: 1 }], 10).left).toEqual([
      { earnedOn: 2, expiresOn: 62, days: 0.5 },
    ]);
  });

  it('is refused whole when too little is left, and before it is earned', () => {
    expect(takeCompOff(credits, [{ date: 100, days: 1 }], 101).refused).toEqual([100]);
    const greedy = takeCompOff(credits, [{ date: 120, days: 3 }], 121);
    expect(greedy.refused).toEqual([120]);
    expect(greedy.left).toHaveLength(2);
  });
});
