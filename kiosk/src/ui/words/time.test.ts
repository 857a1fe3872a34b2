import { describe, expect, it } from 'vitest';
import { clockTime, hourOfDay, longDate, splitMinutes } from './time.js';

const AT = Date.UTC(2026, 10, 20, 3, 32);

describe('splitMinutes', () => {
  it.each([
    [460, { hours: 7, minutes: 40 }],
    [59, { hours: 0, minutes: 59 }],
    [60, { hours: 1, minutes: 0 }],
    [0, { hours: 0, minutes: 0 }],
    [-5, { hours: 0, minutes: 0 }],
    [Number.NaN, { hours: 0, minutes: 0 }],
  ])('%s minutes', (workedMin, expected) => {
    expect(splitMinutes(workedMin)).toEqual(expected);
  });
});

describe('times of the site', () => {
  it('writes 24 hours in the site zone with digits everyone reads', () => {
    expect(clockTime(AT, 'en', 'Asia/Kolkata')).toBe('09:02');
    expect(clockTime(AT, 'hi', 'Asia/Kolkata')).toBe('09:02');
    expect(clockTime(Date.UTC(2026, 10, 20, 18, 30), 'en', 'Asia/Kolkata')).toBe('00:00');
  });
  it('falls back to UTC for a zone it does not know', () => {
    expect(clockTime(AT, 'en', 'Mars/Base')).toBe('03:32');
    expect(clockTime(AT, 'en', null)).toBe('03:32');
  });
  it('names the day in the language of the screen', () => {
    expect(longDate(AT, 'en', 'Asia/Kolkata')).toBe('Friday 20 November');
    expect(longDate(AT, 'hi', 'Asia/Kolkata')).toContain('शुक्रवार');
  });
  it('knows the hour for light and dark', () => {
    expect(hourOfDay(AT, 'Asia/Kolkata')).toBe(9);
    expect(hourOfDay(Date.UTC(2026, 10, 20, 18, 45), 'Asia/Kolkata')).toBe(0);
  });
});
