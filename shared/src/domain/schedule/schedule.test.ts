// Dates, zones and the guess of a shift.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDate, occurrenceInMonth, parseDate, parseTimeOfDay, weekdayOf } from './calendar.js';
import { detectShift } from './detect-shift.js';
import type { FixedShift } from './shift.js';
import {
  type ZoneRules,
  dateAt,
  formatInstant,
  instantOf,
  movedZone,
  offsetAt,
  parseInstant,
} from './zone-rules.js';

const HOUR = 3_600_000;
/** Two hours ahead from 1:00 UTC of 1 January 2026, one hour again from 1:00 UTC of 2 January. */
const springForward = Date.UTC(2026, 0, 1, 1);
const fallBack = Date.UTC(2026, 0, 2, 1);
const zone: ZoneRules = {
  zone: 'Test/Zone',
  tzdb: 'test',
  startsMs: [-Infinity, springForward, fallBack],
  offsetsMs: [HOUR, 2 * HOUR, HOUR],
};
const local = (text: string): number => Date.parse(`${text}Z`);

describe('dates', () => {
  it('are only those of the calendar', () => {
    expect(parseDate('2028-02-29')).not.toBeNull();
    for (const wrong of ['2026-02-29', '2026-13-01', '2026-1-01', '0001-01-01', '2026-03-01T00:00', ''])
      expect(parseDate(wrong), wrong).toBeNull();
  });

  it('know their weekday and which one of the month it is', () => {
    const date = parseDate('2026-03-14') ?? NaN;
    expect([weekdayOf(date), occurrenceInMonth(date)]).toEqual([6, 2]);
    expect(weekdayOf(parseDate('1969-12-28') ?? NaN)).toBe(0);
  });

  it('are written as they are read', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 200_000 }), (date) => {
        expect(parseDate(formatDate(date))).toBe(date);
      }),
    );
  });

  it('have times of day of two digits', () => {
    expect(parseTimeOfDay('23:59')).toBe(1439);
    for (const wrong of ['24:00', '9:30', '09:60', '0930']) expect(parseTimeOfDay(wrong)).toBeNull();
  });
});

describe('local times', () => {
  it('in a gap are the first instant after it', () => {
    expect(instantOf(zone, local('2026-01-01T02:30'))).toBe(springForward);
    expect(instantOf(zone, local('2026-01-01T01:59'))).toBe(springForward - 60_000);
    expect(instantOf(zone, local('2026-01-01T03:00'))).toBe(springForward);
  });

  it('that come twice are the first', () => {
    expect(instantOf(zone, local('2026-01-02T02:30'))).toBe(fallBack - HOUR / 2);
    expect(instantOf(zone, local('2026-01-02T03:00'))).toBe(fallBack + HOUR);
  });

  it('come back from their instant', () => {
    fc.assert(
      fc.property(fc.integer({ min: springForward - 50 * HOUR, max: fallBack + 50 * HOUR }), (atMs) => {
        const wall = atMs + offsetAt(zone, atMs);
        expect([atMs, atMs - HOUR]).toContain(instantOf(zone, wall));
        expect(dateAt(zone, atMs)).toBe(Math.floor(wall / (24 * HOUR)));
        expect(parseInstant(formatInstant(zone, atMs))).toBe(atMs);
      }),
    );
  });

  it('are written with the offset of their moment', () => {
    expect(formatInstant(zone, springForward)).toBe('2026-01-01T03:00:00+02:00');
    expect(formatInstant(zone, springForward - 1)).toBe('2026-01-01T01:59:59.999+01:00');
  });

  it('follow a site that moves to another zone', () => {
    const east: ZoneRules = { zone: 'East', tzdb: 'test', startsMs: [-Infinity], offsetsMs: [5 * HOUR] };
    const moved = movedZone(zone, east, 20_454);
    expect(formatInstant(moved, Date.UTC(2025, 11, 31, 18, 59))).toBe('2025-12-31T19:59:00+01:00');
    expect(formatInstant(moved, Date.UTC(2025, 11, 31, 19))).toBe('2026-01-01T00:00:00+05:00');
    expect(moved.startsMs).toEqual([-Infinity, Date.UTC(2025, 11, 31, 19)]);
    const back = movedZone(east, zone, 20_455);
    expect(formatInstant(back, fallBack)).toBe('2026-01-02T02:00:00+01:00');
    expect(back.startsMs).toEqual([-Infinity, Date.UTC(2026, 0, 1, 22), fallBack]);
  });

  it('without an offset are no instant', () => {
    for (const wrong of ['2026-03-02T09:31:00', '2026-02-30T09:31:00Z', '2026-03-02', '2026-03-02T24:00:00Z'])
      expect(parseInstant(wrong), wrong).toBeNull();
    expect(parseInstant('2026-03-02T09:31+05:30')).toBe(Date.UTC(2026, 2, 2, 4, 1));
  });
});

describe('detecting a shift', () => {
  const shift = (startOfDayMin: number, endOfDayMin: number): FixedShift => ({
    kind: 'fixed',
    startOfDayMin,
    endOfDayMin,
    breakMin: 0,
    paidBreak: true,
    graceInMin: 0,
    graceOutMin: 0,
    captureBeforeMin: 0,
    captureAfterMin: 0,
    pauses: [],
  });
  const candidates = new Map([
    ['M', shift(360, 840)],
    ['E', shift(840, 1320)],
    ['N', shift(1320, 360)],
  ]);
  const utc: ZoneRules = { zone: 'UTC', tzdb: 'test', startsMs: [-Infinity], offsetsMs: [0] };
  const at = (hour: number): number => hour * HOUR;

  it('finds the one whose ends are near, also over midnight', () => {
    expect(detectShift(utc, 0, candidates, [at(6.2), at(14)])?.shift).toBe('M');
    expect(detectShift(utc, 0, candidates, [at(21.9), at(30.1)])).toEqual({ shift: 'N', confidence: 0.98 });
  });

  it('is less sure between two, without an OUT, and silent when none fits', () => {
    const between = detectShift(utc, 0, candidates, [at(10), at(18)]);
    expect(between).toBeNull();
    expect(detectShift(utc, 0, candidates, [at(9), at(17)])).toEqual({ shift: 'M', confidence: 0.25 });
    expect(detectShift(utc, 0, candidates, [at(6), null])).toEqual({ shift: 'M', confidence: 0.5 });
  });
});
