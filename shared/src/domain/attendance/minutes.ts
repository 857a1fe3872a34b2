// The minutes of a day: worked and break, late and early, overtime, night. Each is a pure function of the day's sessions.
import { dateAt, instantOnDate } from '../schedule/zone-rules.js';
import type { DayMinutes } from './day-result.js';
import { type Interval, minutesBetween, overlaps, sharedMin } from './interval.js';
import { type Pairing, isLoneNearEnd } from './pairing.js';
import type { OvertimePolicy, Scenario } from './scenario.js';
import type { WorkDay } from './work-day.js';

/** Work that needs no break: so much of a session day stays untouched by the deduction. */
const UNBROKEN_MIN = 300;
const DAY_MIN = 1440;

export const NO_MINUTES: DayMinutes = {
  workedMin: 0,
  breakMin: 0,
  lateMin: 0,
  earlyOutMin: 0,
  overtimeMin: 0,
  nightMin: 0,
};

function workedOf(
  { shift }: WorkDay,
  sessions: readonly Interval[],
): { workedMin: number; breakMin: number } {
  let grossMin = 0;
  let gapMin = 0;
  let lastMs: number | null = null;
  for (const { fromMs, toMs } of sessions) {
    grossMin += minutesBetween(fromMs, toMs);
    if (lastMs !== null) gapMin += minutesBetween(lastMs, fromMs);
    lastMs = toMs;
  }
  const restMin = shift.paidBreak ? 0 : Math.max(0, shift.breakMin - gapMin);
  const deductedMin = Math.max(0, Math.min(restMin, grossMin - UNBROKEN_MIN));
  return { workedMin: grossMin - deductedMin, breakMin: gapMin + deductedMin };
}

const isExcused = (scenario: Scenario, stretch: Interval): boolean =>
  scenario.outages.some((outage) => overlaps(outage, stretch));

function lateOf(scenario: Scenario, day: WorkDay, { roles, isPaired, isLastOpen }: Pairing): number {
  const [first] = day.punches;
  if (first === undefined || day.shift.kind !== 'fixed' || roles[0] !== 'in') return 0;
  if (isPaired[0] !== true && !(isLastOpen && day.punches.length === 1)) return 0;
  const stretch = { fromMs: day.dueTime.fromMs, toMs: first.atMs };
  const lateMin = minutesBetween(stretch.fromMs, stretch.toMs);
  if (lateMin <= day.shift.graceInMin || isLoneNearEnd(day, day.punches)) return 0;
  return isExcused(scenario, stretch) ? 0 : lateMin;
}

function earlyOutOf(scenario: Scenario, day: WorkDay, { roles, isPaired }: Pairing): number {
  const last = day.punches.at(-1);
  if (last === undefined || day.shift.kind !== 'fixed') return 0;
  if (roles.at(-1) !== 'out' || isPaired.at(-1) !== true || day.dueTime.toMs > scenario.asOfMs) return 0;
  const stretch = { fromMs: last.atMs, toMs: day.dueTime.toMs };
  const earlyMin = minutesBetween(stretch.fromMs, stretch.toMs);
  if (earlyMin <= day.shift.graceOutMin) return 0;
  return isExcused(scenario, stretch) ? 0 : earlyMin;
}

/** What of some minutes counts as overtime: nothing below the block, the rest rounded down. */
export function creditedMin(minutes: number, { minBlockMin, roundDownMin }: OvertimePolicy): number {
  if (minutes < minBlockMin) return 0;
  return roundDownMin === 0 ? minutes : minutes - (minutes % roundDownMin);
}

function overtimeOf(day: WorkDay, { sessions }: Pairing, workedMin: number): number {
  const rule = day.policy.overtime;
  if (day.off !== null) return rule.onOff ? creditedMin(workedMin, rule) : 0;
  if (day.shift.kind === 'flexible') {
    if (!rule.after || day.shift.targetMin === null) return 0;
    return creditedMin(Math.max(0, workedMin - day.shift.targetMin), rule);
  }
  let afterMin = 0;
  let beforeMin = 0;
  for (const session of sessions) {
    afterMin += sharedMin(session, { fromMs: day.shiftTime.toMs, toMs: Infinity });
    beforeMin += sharedMin(session, { fromMs: -Infinity, toMs: day.shiftTime.fromMs });
  }
  return (rule.after ? creditedMin(afterMin, rule) : 0) + (rule.before ? creditedMin(beforeMin, rule) : 0);
}

function nightOf({ zone }: Scenario, { policy }: WorkDay, sessions: readonly Interval[]): number {
  const { fromMin, toMin } = policy.nightWindow;
  const first = sessions[0];
  const last = sessions.at(-1);
  if (fromMin === toMin || first === undefined || last === undefined) return 0;
  let nightMin = 0;
  for (let date = dateAt(zone, first.fromMs) - 1; ; date += 1) {
    const fromMs = instantOnDate(zone, date, fromMin);
    if (fromMs >= last.toMs) return nightMin;
    const toMs = instantOnDate(zone, date, toMin > fromMin ? toMin : toMin + DAY_MIN);
    if (toMs <= first.fromMs) continue;
    for (const session of sessions) nightMin += sharedMin(session, { fromMs, toMs });
  }
}

export function minutesOf(scenario: Scenario, day: WorkDay, pairing: Pairing): DayMinutes {
  const { sessions } = pairing;
  const isTimed = day.kind === 'fixed' && (day.leave === null || day.leave.half !== null);
  const { workedMin, breakMin } = workedOf(day, sessions);
  return {
    workedMin,
    breakMin,
    lateMin: isTimed ? lateOf(scenario, day, pairing) : 0,
    earlyOutMin: isTimed ? earlyOutOf(scenario, day, pairing) : 0,
    overtimeMin: overtimeOf(day, pairing, workedMin),
    nightMin: nightOf(scenario, day, sessions),
  };
}
