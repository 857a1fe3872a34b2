// What must hold for every scenario, not only for those somebody thought of.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeAttendance } from '../../shared/dist/domain/attendance/compute.js';
import { minutesBetween } from '../../shared/dist/domain/attendance/interval.js';
import type { Scenario } from '../../shared/dist/domain/attendance/scenario.js';
import { periodReport } from '../../shared/dist/domain/payroll/period-report.js';
import { type ZoneRules, offsetAt } from '../../shared/dist/domain/schedule/zone-rules.js';
import { parseScenario, toScenario } from '../../server/dist/commands/attendance/read-scenario.js';
import { zoneRules } from '../../server/dist/platform/clock/zone-rules.js';

const DAY_MS = 86_400_000;
const MIN_MS = 60_000;
const first = Date.UTC(2026, 2, 1);

const fixed = (start: string, end: string, captureBeforeMin: number, captureAfterMin: number): object => ({
  kind: 'fixed',
  start,
  end,
  breakMin: 45,
  paidBreak: false,
  graceInMin: 10,
  graceOutMin: 5,
  captureBeforeMin,
  captureAfterMin,
});
const shifts = {
  G: fixed('09:30', '18:30', 120, 240),
  N: fixed('22:00', '06:00', 120, 240),
  W: fixed('14:00', '23:00', 600, 700),
  F: { kind: 'flexible', dayStart: '05:00', targetMin: 480, breakMin: 30, paidBreak: false },
  O: { kind: 'open', dayStart: '03:00', breakMin: 0, paidBreak: true },
};
const zones = ['Asia/Kolkata', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia'];

const punch = fc.record(
  {
    at: fc
      .integer({ min: -2 * 24 * 60, max: 13 * 24 * 60 })
      .map((minute) => new Date(first + minute * MIN_MS).toISOString()),
    direction: fc.constantFrom('in', 'out'),
    device: fc.constantFrom('D1', 'D2', 'D3'),
    quality: fc.constantFrom('trusted', 'bounded', 'unverified', 'tampered'),
  },
  { requiredKeys: ['at'] },
);

const document = fc.record({
  zone: fc.constantFrom(...zones),
  pack: fc.constantFrom('none', 'in-factories-act', 'international'),
  asOf: fc
    .integer({ min: 0, max: 20 * 24 * 60 })
    .map((minute) => new Date(first + minute * MIN_MS).toISOString()),
  period: fc.constant({ from: '2026-03-01', to: '2026-03-12' }),
  shifts: fc.constant(shifts),
  roster: fc.record({
    default: fc.constantFrom('G', 'N', 'W', 'F', 'O'),
    weeklyOff: fc.subarray(['SUN', 'WED', 'SAT']),
    rotation: fc.option(
      fc.record({
        anchor: fc.constant('2026-03-03'),
        pattern: fc.array(fc.constantFrom('G', 'N', 'W', 'F', 'O', 'OFF'), { minLength: 1, maxLength: 5 }),
      }),
    ),
  }),
  holidays: fc.subarray(['2026-03-04', '2026-03-05', '2026-03-09']),
  leaves: fc.array(
    fc.record({
      from: fc.constant('2026-03-06'),
      to: fc.constantFrom('2026-03-06', '2026-03-07', '2026-03-10'),
      kind: fc.constantFrom('CL', 'SL'),
      half: fc.constantFrom('first', 'second', null),
    }),
    { maxLength: 2 },
  ),
  policy: fc.record({
    duplicateWithinSec: fc.constantFrom(0, 60, 300),
    maxSessionMin: fc.constantFrom(480, 960, 1200),
    missingPunch: fc.constantFrom('exception', 'half', 'absent'),
  }),
  punches: fc.array(punch, { maxLength: 60 }),
  outages: fc.constant([{ from: '2026-03-03T03:00:00Z', to: '2026-03-03T05:00:00Z' }]),
});
type Document = typeof document extends fc.Arbitrary<infer T> ? T : never;

const report = (json: unknown, isExplained = false): string => {
  const scenario = toScenario(parseScenario(json));
  return JSON.stringify(periodReport(scenario, computeAttendance(scenario), isExplained));
};

describe('for every scenario', () => {
  it('the order of arrival does not matter', () => {
    fc.assert(
      fc.property(document, fc.infiniteStream(fc.nat()), (json, keys) => {
        const shuffled = json.punches
          .map((one) => ({ one, key: Number(keys.next().value) }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        expect(report({ ...json, punches: shuffled })).toBe(report(json));
      }),
      { numRuns: 150 },
    );
  });

  it('a replayed punch changes nothing', () => {
    fc.assert(
      fc.property(document, fc.nat(), (json, which) => {
        const again = json.punches.filter((_one, at) => (at + which) % 3 === 0);
        expect(report({ ...json, punches: [...json.punches, ...again] })).toBe(report(json));
      }),
      { numRuns: 150 },
    );
  });

  it('computing again gives the same bytes, explained or not', () => {
    fc.assert(
      fc.property(document, fc.boolean(), (json, isExplained) => {
        expect(report(json, isExplained)).toBe(report(structuredClone(json), isExplained));
      }),
      { numRuns: 100 },
    );
  });

  it('every counted punch has its day or its exception, and the parts are the total', () => {
    fc.assert(
      fc.property(document, (json: Document) => {
        const scenario = toScenario(parseScenario(json));
        const { days } = computeAttendance(scenario);
        const { summary, payrollEvents } = periodReport(scenario, computeAttendance(scenario), false);
        for (const { pairing, result } of days) {
          const gross = pairing.sessions.reduce((sum, one) => sum + minutesBetween(one.fromMs, one.toMs), 0);
          if (result.status !== 'NE') expect(result.workedMin).toBeLessThanOrEqual(gross);
          expect(Math.min(result.workedMin, result.overtimeMin, result.nightMin, result.lateMin)).toBe(
            Math.max(0, Math.min(result.workedMin, result.overtimeMin, result.nightMin, result.lateMin)),
          );
          expect(result.nightMin).toBeLessThanOrEqual(gross);
          const unpaired = pairing.isPaired.filter((isPaired) => !isPaired).length;
          const missing = result.exceptions.filter(({ code }) => code.startsWith('MISSING_')).length;
          expect(unpaired - missing).toBe(pairing.isLastOpen ? 1 : 0);
          for (const { fromMs, toMs } of pairing.sessions)
            expect(toMs - fromMs).toBeLessThanOrEqual(scenario.policy.maxSessionMin * MIN_MS);
        }
        const workedOnShifts = days
          .filter(({ result }) => result.isWorkingDate)
          .reduce((sum, { result }) => sum + result.workedMin - result.overtimeMin, 0);
        const of = (code: string): number =>
          payrollEvents
            .filter((event) => event.code === code)
            .reduce((sum, event) => sum + event.quantity, 0);
        expect(of('REGULAR_MIN')).toBe(workedOnShifts);
        expect(of('OVERTIME_MIN')).toBe(summary.overtimeMin);
        expect(of('NIGHT_MIN')).toBe(summary.nightMin);
        expect(of('LOP_DAYS')).toBe(summary.lopDays);
        expect(summary.payableDays).toBe(summary.employedDays - summary.lopDays - summary.lateLopDays);
        expect(summary.workedMin).toBe(days.reduce((sum, { result }) => sum + result.workedMin, 0));
      }),
      { numRuns: 150 },
    );
  });

  it('a policy that changes next month touches nothing before', () => {
    fc.assert(
      fc.property(document, fc.integer({ min: 2, max: 12 }), (json, day) => {
        const from = `2026-03-${String(day).padStart(2, '0')}`;
        const policy = {
          fullDayMin: 600,
          halfDayMin: 500,
          overtime: { before: true },
          missingPunch: 'absent',
        };
        const changed = JSON.parse(report({ ...json, policyChanges: [{ from, policy }] })) as Report;
        const before = JSON.parse(report(json)) as Report;
        for (const one of before.days.filter(({ date }) => date < from))
          expect(changed.days.find(({ date }) => date === one.date)).toEqual(one);
      }),
      { numRuns: 100 },
    );
  });
});

interface Report {
  readonly days: readonly { readonly date: string }[];
}

const anyDay = toScenario(
  parseScenario({
    zone: 'UTC',
    asOf: '2026-03-01T00:00:00Z',
    period: { from: '2026-03-01', to: '2026-03-01' },
    shifts: { O: { kind: 'open', dayStart: '00:00', breakMin: 0, paidBreak: true } },
    roster: { default: 'O' },
    punches: [],
  }),
);

/** Worked minutes of a person whose day begins six hours before an instant, in and out four hours around it. */
function workedAround(zone: ZoneRules, aroundMs: number): number {
  const dayStartMs = aroundMs - 6 * 60 * MIN_MS;
  const localMs = dayStartMs + offsetAt(zone, dayStartMs);
  const date = Math.floor(localMs / DAY_MS);
  const at = (atMs: number): Scenario['punches'][number] => ({
    atMs,
    direction: null,
    device: '',
    quality: 'trusted',
    forcedDate: null,
  });
  const { days } = computeAttendance({
    ...anyDay,
    zone,
    asOfMs: aroundMs + 10 * DAY_MS,
    period: { from: date, to: date },
    shifts: new Map([
      [
        'O',
        {
          kind: 'flexible',
          dayStartMin: Math.floor((localMs - date * DAY_MS) / MIN_MS),
          targetMin: null,
          breakMin: 0,
          paidBreak: true,
        },
      ],
    ]),
    punches: [at(aroundMs - 240 * MIN_MS), at(aroundMs + 240 * MIN_MS + 30_000)],
  });
  return days[0]?.result.workedMin ?? -1;
}

/** Local time minus UTC in milliseconds, as Intl writes it out: `GMT+05:30`. */
function offsetsOf(name: string): (atMs: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  return (atMs) => {
    const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(format.format(atMs)) ?? [];
    const size = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * MIN_MS;
    return sign === '-' ? -size : size;
  };
}

describe('over every change of the clocks from 2020 to 2035', () => {
  it('worked minutes are the difference in UTC, in every zone', () => {
    let transitions = 0;
    for (const name of Intl.supportedValuesOf('timeZone')) {
      const zone = zoneRules(name, Date.UTC(2020, 0, 1), Date.UTC(2036, 0, 1));
      for (const atMs of zone.startsMs.slice(1)) {
        transitions += 1;
        expect(workedAround(zone, atMs), `${name} ${new Date(atMs).toISOString()}`).toBe(480);
      }
    }
    expect(transitions).toBeGreaterThan(2000);
  });

  it('the table of a zone says what the library of the platform says', () => {
    const [fromMs, toMs] = [Date.UTC(1975, 0, 1), Date.UTC(2036, 0, 1)];
    for (const name of [...zones, 'Africa/Casablanca', 'Asia/Kathmandu', 'America/St_Johns', 'UTC']) {
      const table = zoneRules(name, fromMs, toMs);
      const zone = offsetsOf(name);
      for (let atMs = fromMs; atMs < toMs; atMs += 37 * DAY_MS + 12_345_678)
        expect(offsetAt(table, atMs), `${name} ${String(atMs)}`).toBe(zone(atMs));
      for (const startMs of table.startsMs.slice(1)) expect(zone(startMs) === zone(startMs - 1)).toBe(false);
    }
  });
});
