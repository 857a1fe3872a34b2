// The attendance engine: one person's period from punches to days. Pure: the same scenario gives the same result, on any
// machine. It reads no clock and no zone data but what it is given.
import { dateAt } from '../schedule/zone-rules.js';
import { type Breach, breachesOf } from './packs/apply.js';
import { type OutsidePunch, assignPunches } from './assign.js';
import type { ComputedDay } from './computed-day.js';
import type { DayException, DayResult } from './day-result.js';
import { NO_MINUTES, minutesOf } from './minutes.js';
import { type Pairing, pairPunches } from './pairing.js';
import { type CountedPunch, judgeDuplicates } from './punch.js';
import type { Scenario } from './scenario.js';
import { pairingRuleOf, statusOf } from './status.js';
import { type WorkDay, workDays } from './work-day.js';

/** Dates on either side of the period whose windows and punches reach into it. */
const EDGE_DAYS = 3;

export interface Computation {
  /** One per date of the period, in order. */
  readonly days: readonly ComputedDay[];
  readonly duplicates: readonly CountedPunch[];
  /** What the rule pack found; each is an exception of its day as well. */
  readonly breaches: readonly Breach[];
}

/** Exceptions of the punches that lay outside every window, by date. */
function outsideExceptions(
  scenario: Scenario,
  outside: readonly OutsidePunch[],
): Map<number, DayException[]> {
  const byDate = new Map<number, DayException[]>();
  for (const { punch, day } of outside) {
    const date = day?.date ?? dateAt(scenario.zone, punch.atMs);
    const own = byDate.get(date) ?? [];
    own.push({ code: 'OUTSIDE_WINDOW', atMs: punch.atMs });
    if (day === null) own.push(...qualityExceptions([punch]));
    byDate.set(date, own);
  }
  return byDate;
}

function qualityExceptions(punches: readonly CountedPunch[]): DayException[] {
  const found: DayException[] = [];
  for (const { quality, atMs } of punches) {
    if (quality !== 'trusted') found.push({ code: `TIME_${quality.toUpperCase()}`, atMs });
  }
  return found;
}

/** By time, then by code; one without an instant last. */
function byTime(a: DayException, b: DayException): number {
  const difference = (a.atMs ?? Infinity) - (b.atMs ?? Infinity);
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  return a.code < b.code ? -1 : a.code > b.code ? 1 : 0;
}

/** Unpaired punches of the day; an open last IN is none of them. */
function missingOf({ punches }: WorkDay, { roles, isPaired, isLastOpen }: Pairing): DayException[] {
  const missing: DayException[] = [];
  for (const [at, punch] of punches.entries()) {
    if (isPaired[at] === true || (isLastOpen && at === punches.length - 1)) continue;
    missing.push({ code: roles[at] === 'in' ? 'MISSING_OUT' : 'MISSING_IN', atMs: punch.atMs });
  }
  return missing;
}

const LOP_BY_STATUS: Readonly<Record<string, number>> = { A: 1, HD: 0.5 };

const lopOf = (status: string): number => LOP_BY_STATUS[status] ?? (status.startsWith('HD+L:') ? 0.5 : 0);

function resultOf(scenario: Scenario, day: WorkDay, outside: readonly DayException[]): ComputedDay {
  const { punches } = day;
  const pairing = pairPunches(day, punches, pairingRuleOf(scenario));
  const minutes = day.isEmployed ? minutesOf(scenario, day, pairing) : NO_MINUTES;
  const missing = missingOf(day, pairing);
  const status = statusOf(scenario, day, {
    pairing,
    workedMin: minutes.workedMin,
    hasUnpaired: missing.length > 0,
  });
  const exceptions = [...missing, ...outside, ...qualityExceptions(punches)];
  for (const atMs of day.longSessionsAtMs) exceptions.push({ code: 'LONG_SESSION', atMs });
  if (status.startsWith('L:') && minutes.workedMin > 0)
    exceptions.push({ code: 'WORKED_ON_LEAVE', atMs: null });
  const isWorkingDate = day.isEmployed && day.off === null;
  const result: DayResult = {
    date: day.date,
    status,
    shift: isWorkingDate ? day.shiftId : null,
    isWorkingDate,
    firstInMs: punches[pairing.roles.indexOf('in')]?.atMs ?? null,
    lastOutMs: punches[pairing.roles.lastIndexOf('out')]?.atMs ?? null,
    ...minutes,
    lopDays: lopOf(status),
    exceptions: exceptions.length > 1 ? exceptions.sort(byTime) : exceptions,
  };
  return { day, pairing, result };
}

function withBreaches(days: readonly ComputedDay[], breaches: readonly Breach[]): readonly ComputedDay[] {
  if (breaches.length === 0) return days;
  return days.map((computed) => {
    const own = breaches.filter(({ date }) => date === computed.day.date);
    if (own.length === 0) return computed;
    const found = own.map(({ code }) => ({ code, atMs: null }));
    const exceptions = [...computed.result.exceptions, ...found].sort(byTime);
    return { ...computed, result: { ...computed.result, exceptions } };
  });
}

const NONE: readonly DayException[] = [];

export function computeAttendance(scenario: Scenario): Computation {
  const { period, policy } = scenario;
  const rule = pairingRuleOf(scenario);
  const { counted, duplicates } = judgeDuplicates(scenario.punches, {
    asOfMs: scenario.asOfMs,
    duplicateWithinMs: policy.duplicateWithinSec * 1000,
  });
  const all = workDays(scenario, period.from - EDGE_DAYS, period.to + EDGE_DAYS);
  const outside = outsideExceptions(scenario, assignPunches(scenario, all, counted, rule));
  const days = all
    .slice(EDGE_DAYS, all.length - EDGE_DAYS)
    .map((day) => resultOf(scenario, day, outside.get(day.date) ?? NONE));
  const breaches = breachesOf(scenario.pack, days);
  return { days: withBreaches(days, breaches), duplicates, breaches };
}
