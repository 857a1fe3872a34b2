// Settings that contradict each other are named, and the computation goes on.
import { describe, expect, it } from 'vitest';
import { formatDate } from '../schedule/calendar.js';
import type { FixedShift } from '../schedule/shift.js';
import { computeAttendance } from './compute.js';
import { noticesOf } from './notices.js';
import { NO_PACK } from './packs/packs.js';
import { repairsAfter } from './repair.js';
import type { Scenario } from './scenario.js';

const MIN = 60_000;
const monday = 20_514;
const shift = (startOfDayMin: number, endOfDayMin: number): FixedShift => ({
  kind: 'fixed',
  startOfDayMin,
  endOfDayMin,
  breakMin: 0,
  paidBreak: true,
  graceInMin: 0,
  graceOutMin: 0,
  captureBeforeMin: 120,
  captureAfterMin: 120,
  pauses: [],
});
const scenario: Scenario = {
  zone: { zone: 'UTC', tzdb: 'test', startsMs: [-Infinity], offsetsMs: [0] },
  joined: null,
  left: null,
  asOfMs: (monday + 10) * 1440 * MIN,
  period: { from: monday, to: monday + 1 },
  shifts: new Map([
    ['D', shift(540, 1080)],
    ['N', shift(1320, 420)],
    ['L', shift(360, 350)],
  ]),
  roster: { defaultShift: 'D', weeklyOffs: [], dates: new Map(), rotation: null, swaps: [] },
  holidays: new Set(),
  leaves: [],
  policy: {
    fullDayMin: null,
    halfDayMin: null,
    duplicateWithinSec: 60,
    maxSessionMin: 960,
    overtime: { before: false, after: true, onOff: true, minBlockMin: 30, roundDownMin: 15 },
    nightWindow: { fromMin: 1320, toMin: 360 },
    lateRule: null,
    missingPunch: 'exception',
  },
  policyChanges: [],
  punches: [],
  outages: [],
  pack: { pack: NO_PACK, overlay: [], carriedOvertimeMin: 0, consents: new Set() },
};
const punchAt = (day: number, minute: number): Scenario['punches'][number] => ({
  atMs: (day * 1440 + minute) * MIN,
  direction: null,
  device: '',
  quality: 'trusted',
  forcedDate: null,
});
const codes = (changes: Partial<Scenario>): string[] => {
  const given = { ...scenario, ...changes };
  return noticesOf(given, computeAttendance(given)).map(({ code, date }) => `${formatDate(date)} ${code}`);
};
const roster = (...names: string[]): Partial<Scenario> => ({
  roster: { ...scenario.roster, dates: new Map(names.map((name, at) => [monday + at, name])) },
});

describe('notices', () => {
  it('are none for settings that fit', () => {
    expect(codes({ punches: [punchAt(monday, 540), punchAt(monday, 1080)] })).toEqual([]);
  });

  it('name shifts that overlap, and windows that the division made too short', () => {
    expect(codes(roster('L', 'L'))).toContain('2026-03-02 SHIFT_LONGER_THAN_SESSION');
    const early = { shifts: new Map([...scenario.shifts, ['E', shift(300, 780)]]) };
    expect(codes({ ...early, ...roster('N', 'E') })).toEqual([
      '2026-03-02 SHIFTS_OVERLAP',
      '2026-03-02 SHIFT_LONGER_THAN_WINDOW',
      '2026-03-03 SHIFT_LONGER_THAN_WINDOW',
    ]);
  });

  it('name leave on days that are off', () => {
    const leaves = [{ from: monday, to: monday + 1, kind: 'CL', half: null }];
    expect(codes({ leaves, holidays: new Set([monday]), ...roster('D', 'OFF') })).toEqual([
      '2026-03-02 LEAVE_ON_HOLIDAY',
      '2026-03-03 LEAVE_ON_DAY_OFF',
    ]);
  });

  it('name punches outside employment', () => {
    const punches = [punchAt(monday, 540), punchAt(monday + 1, 540)];
    expect(codes({ punches, joined: monday + 1 })).toEqual(['2026-03-02 PUNCH_BEFORE_JOINING']);
    expect(codes({ punches, left: monday })).toEqual(['2026-03-03 PUNCH_AFTER_LEAVING']);
  });

  it('name a flood of punches', () => {
    const punches = Array.from({ length: 1000 }, (_one, at) => punchAt(monday, 450 + at * 0.5));
    expect(codes({ punches })).toEqual(['2026-03-02 PUNCHES_TOO_MANY']);
  });
});

describe('repairs after an outage', () => {
  const outage = (from: number, to: number) => ({
    fromMs: (monday * 1440 + from) * MIN,
    toMs: (monday * 1440 + to) * MIN,
  });

  it('propose the punches that it may have swallowed', () => {
    const given = { ...scenario, punches: [punchAt(monday, 1080)] };
    const proposed = repairsAfter(outage(500, 600), computeAttendance(given));
    expect(proposed).toEqual([
      {
        date: monday,
        add: [{ atMs: (monday * 1440 + 540) * MIN, direction: 'in', device: '', quality: 'unverified' }],
        void: [],
      },
    ]);
  });

  it('propose nothing where nothing is missing or nobody was due', () => {
    const whole = { ...scenario, punches: [punchAt(monday, 540), punchAt(monday, 1080)] };
    expect(repairsAfter(outage(500, 600), computeAttendance(whole))).toEqual([]);
    expect(repairsAfter(outage(700, 800), computeAttendance(scenario))).toEqual([]);
  });
});
