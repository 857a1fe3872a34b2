// What a rule pack finds in computed days. It only reports: no minute and no status changes because of a pack.
import type { DayNumber } from '../../schedule/calendar.js';
import type { ComputedDay } from '../computed-day.js';
import { minutesBetween } from '../interval.js';
import type { PackInUse } from './in-use.js';
import { type PackRule, type PackRuleName, ruleInForce } from './pack.js';

export const BREACH_CODES = {
  DAY_HOURS: 'OVER_DAY_HOURS',
  WEEK_HOURS: 'OVER_WEEK_HOURS',
  SPREAD_OVER: 'OVER_SPREAD',
  BREAK_AFTER: 'BREAK_MISSING',
  REST_BETWEEN: 'REST_TOO_SHORT',
  DAYS_IN_A_ROW: 'NO_DAY_OFF',
  QUARTER_OVERTIME: 'OVER_QUARTER_OVERTIME',
  OVERTIME_CONSENT: 'OVERTIME_WITHOUT_CONSENT',
} as const satisfies Partial<Record<PackRuleName, string>>;

/** A rule of a pack that a day breaks. */
export interface Breach {
  readonly date: DayNumber;
  readonly code: (typeof BREACH_CODES)[keyof typeof BREACH_CODES];
  readonly rule: PackRule;
  /** In the unit of the rule. */
  readonly measured: number;
}

/** A break shorter than this is none. */
const BREAK_AT_LEAST_MIN = 30;

type Limited = Exclude<PackRuleName, 'OVERTIME_RATE'>;

/** Running sums from day to day. */
interface Running {
  weekMin: number;
  quarter: number;
  quarterOvertimeMin: number;
  daysInARow: number;
  lastOutMs: number | null;
}

export const rateOn = ({ pack, overlay }: PackInUse, date: DayNumber): number | null =>
  ruleInForce('OVERTIME_RATE', date, [overlay, pack.rules])?.value ?? null;

const quarterOf = (date: DayNumber): number => {
  const at = new Date(date * 86_400_000);
  return at.getUTCFullYear() * 4 + Math.floor(at.getUTCMonth() / 3);
};

function advance(running: Running, { day, result }: ComputedDay, weekStartsOn: number): void {
  if ((((day.date + 4) % 7) + 7) % 7 === weekStartsOn) running.weekMin = 0;
  if (quarterOf(day.date) !== running.quarter) {
    running.quarter = quarterOf(day.date);
    running.quarterOvertimeMin = 0;
  }
  running.weekMin += result.workedMin;
  running.quarterOvertimeMin += result.overtimeMin;
  running.daysInARow = result.workedMin > 0 ? running.daysInARow + 1 : 0;
}

/** What of a day is held against each limit. */
function measure(running: Running, { pairing, result }: ComputedDay): Readonly<Record<Limited, number>> {
  const first = pairing.sessions[0];
  const last = pairing.sessions.at(-1);
  const grossMin = pairing.sessions.reduce((sum, { fromMs, toMs }) => sum + minutesBetween(fromMs, toMs), 0);
  return {
    DAY_HOURS: result.workedMin,
    WEEK_HOURS: running.weekMin,
    SPREAD_OVER: first === undefined || last === undefined ? 0 : minutesBetween(first.fromMs, last.toMs),
    BREAK_AFTER: result.breakMin >= BREAK_AT_LEAST_MIN ? 0 : grossMin,
    REST_BETWEEN:
      first === undefined || running.lastOutMs === null
        ? Infinity
        : minutesBetween(running.lastOutMs, first.fromMs),
    DAYS_IN_A_ROW: running.daysInARow,
    QUARTER_OVERTIME: running.quarterOvertimeMin,
    OVERTIME_CONSENT: result.overtimeMin,
  };
}

function isBroken(name: Limited, measured: number, limit: number, isAgreed: boolean): boolean {
  if (name === 'REST_BETWEEN') return measured < limit;
  if (name === 'OVERTIME_CONSENT') return measured > 0 && limit > 0 && !isAgreed;
  return measured > limit;
}

/** In date order; several of one date in the order of `BREACH_CODES`. Days must be consecutive dates. */
export function breachesOf(use: PackInUse, days: readonly ComputedDay[]): readonly Breach[] {
  if (use.pack.rules.length === 0 && use.overlay.length === 0) return [];
  const breaches: Breach[] = [];
  const running: Running = {
    weekMin: 0,
    quarter: quarterOf(days[0]?.day.date ?? 0),
    quarterOvertimeMin: use.carriedOvertimeMin,
    daysInARow: 0,
    lastOutMs: null,
  };
  for (const computed of days) {
    const { date } = computed.day;
    advance(running, computed, use.pack.weekStartsOn);
    const measured = measure(running, computed);
    for (const [name, code] of Object.entries(BREACH_CODES) as [Limited, Breach['code']][]) {
      const rule = ruleInForce(name, date, [use.overlay, use.pack.rules]);
      if (rule === null || computed.result.workedMin === 0) continue;
      if (!isBroken(name, measured[name], rule.value, use.consents.has(date))) continue;
      breaches.push({ date, code, rule, measured: measured[name] });
    }
    running.lastOutMs = computed.pairing.sessions.at(-1)?.toMs ?? running.lastOutMs;
  }
  return breaches;
}
