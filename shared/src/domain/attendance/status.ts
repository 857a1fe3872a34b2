// The status of a date: the first of the rules that applies.
import type { DayStatus } from './day-result.js';
import { type Interval, minutesBetween, without } from './interval.js';
import { type Pairing, isSettling } from './pairing.js';
import type { Scenario } from './scenario.js';
import { type WorkDay, duePieces } from './work-day.js';

/** An outage shorter than this cannot have hidden a day's work. */
const OUTAGE_AT_LEAST_MIN = 15;

export interface Thresholds {
  readonly scheduledMin: number;
  /** From here on the day is present; null for an open shift, where any work is enough. */
  readonly presentMin: number | null;
  /** From here on it is a half day; null with a half leave, which knows no half of the half. */
  readonly halfMin: number | null;
}

function scheduledMinOf(scenario: Scenario, day: WorkDay): number {
  const { shift } = day;
  if (shift.kind === 'flexible') return shift.targetMin ?? 0;
  const unpaidMin = shift.paidBreak ? 0 : shift.breakMin;
  if (shift.pauses.length === 0) return minutesBetween(day.shiftTime.fromMs, day.shiftTime.toMs) - unpaidMin;
  const whole = duePieces(scenario, { ...day, dueTime: day.shiftTime });
  return whole.reduce((sum, { fromMs, toMs }) => sum + minutesBetween(fromMs, toMs), 0) - unpaidMin;
}

/** Shares of the scheduled net time of the very date, so that a night shortened by the clocks is fair. */
export function thresholdsOf(scenario: Scenario, day: WorkDay): Thresholds {
  const { fullDayMin, halfDayMin } = day.policy;
  const scheduledMin = scheduledMinOf(scenario, day);
  const isOpenShift = day.shift.kind === 'flexible' && day.shift.targetMin === null;
  if (day.leave !== null) {
    const quarter = isOpenShift ? null : scheduledMin / 4;
    return { scheduledMin, presentMin: halfDayMin ?? quarter, halfMin: null };
  }
  const presentMin = fullDayMin ?? (isOpenShift ? null : (scheduledMin * 7) / 8);
  return { scheduledMin, presentMin, halfMin: halfDayMin ?? (isOpenShift ? null : scheduledMin / 2) };
}

/** Whole minutes of the outages inside `stretch` and outside the sessions. */
function hiddenMin(outages: readonly Interval[], stretch: Interval, sessions: readonly Interval[]): number {
  let sum = 0;
  for (const outage of outages) {
    const fromMs = Math.max(outage.fromMs, stretch.fromMs);
    const toMs = Math.min(outage.toMs, stretch.toMs);
    if (fromMs >= toMs) continue;
    for (const piece of without({ fromMs, toMs }, sessions)) sum += minutesBetween(piece.fromMs, piece.toMs);
  }
  return sum;
}

function isUnverified(scenario: Scenario, day: WorkDay, pairing: Pairing, hasUnpaired: boolean): boolean {
  const { outages } = scenario;
  if (outages.length === 0) return false;
  const due = day.kind === 'fixed' ? duePieces(scenario, day) : [day.window];
  let hidden = 0;
  for (const piece of due) hidden += hiddenMin(outages, piece, pairing.sessions);
  if (hidden >= OUTAGE_AT_LEAST_MIN) return true;
  return hasUnpaired && hiddenMin(outages, day.window, []) >= OUTAGE_AT_LEAST_MIN;
}

/** Status of a date that has no shift or no work due; null when work decides. */
function statusWithoutWork({ isEmployed, off, leave }: WorkDay): DayStatus | null {
  if (!isEmployed) return 'NE';
  if (off !== null) return off;
  return leave?.half === null ? `L:${leave.kind}` : null;
}

/** What an unpaired punch makes of the day; null where it is as if it were not there. */
function statusOfUnpaired({ policy }: WorkDay): DayStatus | null {
  if (policy.missingPunch === 'exception') return 'EX';
  return policy.missingPunch === 'half' ? 'HD' : null;
}

function statusByWork(
  scenario: Scenario,
  day: WorkDay,
  { pairing, workedMin, hasUnpaired }: { pairing: Pairing; workedMin: number; hasUnpaired: boolean },
): DayStatus {
  const { presentMin, halfMin } = thresholdsOf(scenario, day);
  if (presentMin === null ? workedMin > 0 : workedMin >= presentMin) return 'P';
  if (isSettling(day, pairingRuleOf(scenario)) || pairing.isLastOpen) return 'OPEN';
  if (isUnverified(scenario, day, pairing, hasUnpaired)) return 'UNVERIFIED';
  const ofUnpaired = hasUnpaired ? statusOfUnpaired(day) : null;
  if (ofUnpaired !== null) return ofUnpaired;
  if (day.leave !== null) return `HD+L:${day.leave.kind}`;
  return halfMin !== null && workedMin >= halfMin ? 'HD' : 'A';
}

export const pairingRuleOf = ({ asOfMs, policy }: Scenario): { asOfMs: number; maxSessionMs: number } => ({
  asOfMs,
  maxSessionMs: policy.maxSessionMin * 60_000,
});

export function statusOf(
  scenario: Scenario,
  day: WorkDay,
  work: { pairing: Pairing; workedMin: number; hasUnpaired: boolean },
): DayStatus {
  const status = statusWithoutWork(day) ?? statusByWork(scenario, day, work);
  return day.isDoubtful && (status === 'A' || status === 'HD') ? 'EX' : status;
}
