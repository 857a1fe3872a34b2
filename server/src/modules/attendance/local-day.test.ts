// Local days: their bounds in any zone, also where a day is not 24 hours long.
import { describe, expect, it } from 'vitest';
import { localDateAndTime, localDay, localDayAt } from './local-day.js';

const HOUR = 3_600_000;

describe('localDayAt', () => {
  it('begins at local midnight', () => {
    const atMs = Date.UTC(2026, 10, 20, 18, 30);
    expect(localDayAt(atMs, 'Asia/Kolkata')).toEqual({
      date: '2026-11-21',
      startMs: Date.UTC(2026, 10, 20, 18, 30),
      endMs: Date.UTC(2026, 10, 21, 18, 30),
    });
    expect(localDayAt(atMs - 1, 'Asia/Kolkata').date).toBe('2026-11-20');
    expect(localDayAt(atMs, 'UTC').date).toBe('2026-11-20');
  });

  it('knows days of 23 and 25 hours', () => {
    const lengths = ['2026-03-29', '2026-10-25'].map((date) => {
      const { startMs, endMs } = localDay(date, 'Europe/Berlin');
      return (endMs - startMs) / HOUR;
    });
    expect(lengths).toEqual([23, 25]);
  });

  it('remembers a day without mixing zones', () => {
    const atMs = Date.UTC(2026, 0, 1, 20);
    expect(localDayAt(atMs, 'Asia/Kathmandu').date).toBe('2026-01-02');
    expect(localDayAt(atMs, 'America/New_York').date).toBe('2026-01-01');
    expect(localDayAt(atMs, 'Asia/Kathmandu').date).toBe('2026-01-02');
  });

  it('refuses dates and zones that do not exist', () => {
    expect(() => localDay('2026-02-30', 'UTC')).toThrow('does not exist');
    expect(() => localDayAt(0, 'Mars/Olympus')).toThrow('does not exist');
  });

  it('writes date and time of the zone', () => {
    expect(localDateAndTime(Date.UTC(2026, 10, 20, 3, 32, 7), 'Asia/Kolkata')).toEqual({
      date: '2026-11-20',
      time: '09:02:07',
    });
  });
});
