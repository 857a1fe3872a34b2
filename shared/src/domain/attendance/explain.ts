// Why a day is what it is, rule by rule, in words. Written from the finished result, so that explaining never changes it.
import { dateAt, offsetAt } from '../schedule/zone-rules.js';
import type { Computation } from './compute.js';
import type { ComputedDay } from './computed-day.js';
import { type Params, RULES, type RuleName } from './explain-words.js';
import { minutesBetween, overlaps } from './interval.js';
import { isLoneNearEnd } from './pairing.js';
import { BREACHES } from './packs/breach-words.js';
import type { CountedPunch } from './punch.js';
import type { Scenario } from './scenario.js';
import { thresholdsOf } from './status.js';

export interface TraceEntry {
  readonly rule: string;
  readonly pack: string;
  readonly version: number;
  readonly source: string;
  readonly text: { readonly en: string; readonly hi: string };
}

type Say = (rule: RuleName, params?: Params) => void;

interface Explained {
  readonly scenario: Scenario;
  readonly computed: ComputedDay;
  readonly say: Say;
  /** `18:35` on the wall of the site. */
  readonly clock: (atMs: number) => string;
}

function explainDate({ computed: { day }, say, clock }: Explained): void {
  if (!day.isEmployed) say('NOT_EMPLOYED');
  if (day.off === 'H') say('HOLIDAY');
  if (day.off === 'WO') say('WEEKLY_OFF');
  if (day.off === null && day.kind === 'fixed') {
    const { fromMs, toMs } = day.shiftTime;
    say('SHIFT', { shift: day.shiftId, from: clock(fromMs), to: clock(toMs) });
  }
  if (day.off === null && day.kind === 'flexible') say('FLEXIBLE_DAY', { shift: day.shiftId });
  if (day.off === null) say('WINDOW', { from: clock(day.window.fromMs), to: clock(day.window.toMs) });
  if (day.leave?.half === null) say('LEAVE', { kind: day.leave.kind });
  else if (day.leave !== null) {
    const { fromMs, toMs } = day.dueTime;
    say('HALF_LEAVE', { kind: day.leave.kind, from: clock(fromMs), to: clock(toMs) });
  }
}

function explainPunches(
  { scenario, computed, say, clock }: Explained,
  duplicates: readonly CountedPunch[],
): void {
  const { day, pairing, result } = computed;
  for (const punch of duplicates) {
    if (dateAt(scenario.zone, punch.atMs) === day.date) say('DUPLICATE', { at: clock(punch.atMs) });
  }
  for (const punch of day.punches) {
    if (punch.forcedDate !== null) say('CORRECTION', { at: clock(punch.atMs) });
    else if (dateAt(scenario.zone, punch.atMs) !== day.date) say('DAY_OF_SHIFT', { at: clock(punch.atMs) });
  }
  if (isLoneNearEnd(day, day.punches) && pairing.roles[0] === 'out') say('LONE_PUNCH');
  for (const { code, atMs } of result.exceptions) {
    if (code in RULES) say(code as RuleName, { at: atMs === null ? '' : clock(atMs) });
  }
}

function explainMinutes({ computed: { day, pairing, result }, say, clock }: Explained): void {
  for (const { fromMs, toMs } of pairing.sessions)
    say('SESSION', { from: clock(fromMs), to: clock(toMs), minutes: minutesBetween(fromMs, toMs) });
  if (result.breakMin > 0) say(day.shift.paidBreak ? 'PAID_BREAK' : 'BREAK', { minutes: result.breakMin });
  if (result.lateMin > 0) say('LATE', { minutes: result.lateMin });
  if (result.earlyOutMin > 0) say('EARLY_OUT', { minutes: result.earlyOutMin });
  if (
    result.lateMin === 0 &&
    day.kind === 'fixed' &&
    day.shift.kind === 'fixed' &&
    result.firstInMs !== null
  ) {
    const arrivedMin = minutesBetween(day.dueTime.fromMs, result.firstInMs);
    if (arrivedMin > 0 && arrivedMin <= day.shift.graceInMin)
      say('GRACE', { minutes: arrivedMin, grace: day.shift.graceInMin });
  }
  if (result.overtimeMin > 0) {
    const { minBlockMin, roundDownMin } = day.policy.overtime;
    say(day.off === null ? 'OVERTIME' : 'OVERTIME_OFF', {
      minutes: result.overtimeMin,
      block: minBlockMin,
      round: roundDownMin,
    });
  }
  if (result.nightMin > 0) say('NIGHT', { minutes: result.nightMin });
}

function explainStatus({ scenario, computed: { day, result }, say }: Explained): void {
  const { status, workedMin } = result;
  if (day.isEmployed && day.off === null && day.leave?.half !== null) {
    const { presentMin, scheduledMin } = thresholdsOf(scenario, day);
    say('THRESHOLD', { worked: workedMin, need: Math.ceil(presentMin ?? 1), scheduled: scheduledMin });
  }
  if (status === 'UNVERIFIED' || scenario.outages.some((outage) => overlaps(outage, day.window)))
    say('OUTAGE');
  if (status === 'OPEN') say('STILL_OPEN');
  say('STATUS', { status, lop: result.lopDays });
}

/** Hours and minutes of a local time. */
function clockText(localMs: number): string {
  const minutes = ((Math.floor(localMs / 60_000) % 1440) + 1440) % 1440;
  const two = (value: number): string => (value < 10 ? `0${String(value)}` : String(value));
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

export function explainDay(
  scenario: Scenario,
  computed: ComputedDay,
  { duplicates, breaches }: Pick<Computation, 'duplicates' | 'breaches'>,
): readonly TraceEntry[] {
  const trace: TraceEntry[] = [];
  const explained: Explained = {
    scenario,
    computed,
    clock: (atMs) => clockText(atMs + offsetAt(scenario.zone, atMs)),
    say: (rule, params = {}) => {
      const { source, en, hi } = RULES[rule];
      trace.push({ rule, pack: 'none', version: 1, source, text: { en: en(params), hi: hi(params) } });
    },
  };
  explainDate(explained);
  explainPunches(explained, duplicates);
  explainMinutes(explained);
  explainStatus(explained);
  const { id, version } = scenario.pack.pack;
  for (const { date, code, rule, measured } of breaches) {
    if (date !== computed.day.date) continue;
    const text = BREACHES[code](measured, rule.value);
    trace.push({ rule: code, pack: id, version, source: rule.source, text });
  }
  return trace;
}
