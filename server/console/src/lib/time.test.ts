// Durations, relative times, zones and months as people read them.
import { describe, expect, it } from 'vitest';
import {
  absolute,
  clock,
  countdown,
  duration,
  localDateOf,
  longDate,
  monthGrid,
  relative,
  shiftMonth,
  shortDate,
  weekdayNames,
} from './time.js';

const WORDS = { hour: 'h', minute: 'm' };
/** 20 November 2026, 03:32:14 UTC = 09:02:14 in Pune. */
const MORNING_MS = Date.UTC(2026, 10, 20, 3, 32, 14);

describe('duration', () => {
  it.each([
    [0, '0 m'],
    [40, '40 m'],
    [60, '1 h 0 m'],
    [460, '7 h 40 m'],
    [460.9, '7 h 40 m'],
    [-5, '0 m'],
    [6000, '100 h 0 m'],
  ])('%d minutes read as %s', (minutes, text) => {
    expect(duration(minutes, WORDS)).toBe(text);
  });
});

describe('relative', () => {
  it.each([
    [-20_000, 'now'],
    [-125_000, '2 min ago'],
    [-3 * 3_600_000, '3 hr ago'],
    [9 * 60_000, 'in 9 min'],
  ])('%d ms away reads as %s', (distanceMs, text) => {
    expect(relative(MORNING_MS + distanceMs, MORNING_MS, 'en')).toBe(text);
  });

  it('keeps Latin digits in Hindi', () => {
    expect(relative(MORNING_MS - 125_000, MORNING_MS, 'hi')).toMatch(/^2 /);
  });
});

describe('instants', () => {
  it('tells the time in the named zone, whatever the machine is set to', () => {
    expect(clock(MORNING_MS, 'Asia/Kolkata')).toBe('09:02');
    expect(clock(MORNING_MS, 'Asia/Dubai')).toBe('07:32');
  });

  it('changes the date with the zone', () => {
    const lateMs = Date.UTC(2026, 10, 20, 19, 0);
    expect(localDateOf(lateMs, 'Asia/Kolkata')).toBe('2026-11-21');
    expect(localDateOf(lateMs, 'Asia/Dubai')).toBe('2026-11-20');
  });

  it('names the year only when it is another one', () => {
    expect(shortDate(MORNING_MS, 'Asia/Kolkata', 'en', MORNING_MS)).toBe('20 Nov');
    expect(shortDate(MORNING_MS - 400 * 86_400_000, 'Asia/Kolkata', 'en', MORNING_MS)).toMatch(/2025$/);
  });

  it('says zone and offset in full', () => {
    expect(absolute(MORNING_MS, 'Asia/Kolkata', 'en')).toBe(
      'Fri, 20 Nov 2026, 09:02:14 · Asia/Kolkata (UTC+5:30)',
    );
  });

  it('speaks Hindi', () => {
    expect(longDate('2026-11-20', 'hi')).toContain('नवंबर');
  });
});

describe('countdown', () => {
  it.each([
    [552_000, '9:12'],
    [59_400, '1:00'],
    [5_000, '0:05'],
    [-1, '0:00'],
  ])('%d ms left read as %s', (leftMs, text) => {
    expect(countdown(leftMs)).toBe(text);
  });
});

describe('months', () => {
  it('begins weeks on Monday', () => {
    const grid = monthGrid('2026-11');
    expect(grid.lead).toBe(6);
    expect(grid.dates).toHaveLength(30);
    expect(grid.dates[0]).toBe('2026-11-01');
    expect(weekdayNames('en')[0]).toBe('Mon');
  });

  it('steps over the year', () => {
    expect(shiftMonth('2026-12', 1)).toBe('2027-01');
    expect(shiftMonth('2026-01', -1)).toBe('2025-12');
  });
});
