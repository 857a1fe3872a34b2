// The written result of a period (docs/attendance/contract.md): days, summary and payroll events as plain JSON. Key order
// and formats are part of the promise that the same input gives the same bytes.
import type { Computation } from '../attendance/compute.js';
import type { ComputedDay } from '../attendance/computed-day.js';
import { type TraceEntry, explainDay } from '../attendance/explain.js';
import { noticesOf } from '../attendance/notices.js';
import { rateOn as packRateOn } from '../attendance/packs/apply.js';
import type { Scenario } from '../attendance/scenario.js';
import { type DayNumber, formatDate } from '../schedule/calendar.js';
import { formatInstant } from '../schedule/zone-rules.js';
import { type PayrollEvent, type PeriodSummary, type RateOn, payrollEvents, summarise } from './summary.js';

/** Grows with every change of a rule, so that a result names the rules it came from. */
export const ENGINE_VERSION = 1;

interface ReportedDay {
  readonly date: string;
  readonly status: string;
  readonly shift: string | null;
  readonly firstIn: string | null;
  readonly lastOut: string | null;
  readonly workedMin: number;
  readonly breakMin: number;
  readonly lateMin: number;
  readonly earlyOutMin: number;
  readonly overtimeMin: number;
  readonly nightMin: number;
  readonly lopDays: number;
  readonly exceptions: readonly { readonly code: string; readonly at?: string }[];
  readonly trace?: readonly TraceEntry[];
}

export interface PeriodReport {
  readonly days: readonly ReportedDay[];
  readonly summary: PeriodSummary;
  readonly payrollEvents: readonly (Omit<PayrollEvent, 'days'> & { readonly days: readonly string[] })[];
  /** These two only in an explained report. */
  readonly notices?: readonly { readonly code: string; readonly date: string }[];
  readonly computedWith?: { readonly engine: number; readonly pack: string; readonly tzdb: string };
}

function reportDay(
  scenario: Scenario,
  computation: Computation,
  computed: ComputedDay,
  isExplained: boolean,
): ReportedDay {
  const { result } = computed;
  const at = (ms: number | null): string | null => (ms === null ? null : formatInstant(scenario.zone, ms));
  return {
    date: formatDate(result.date),
    status: result.status,
    shift: result.shift,
    firstIn: at(result.firstInMs),
    lastOut: at(result.lastOutMs),
    workedMin: result.workedMin,
    breakMin: result.breakMin,
    lateMin: result.lateMin,
    earlyOutMin: result.earlyOutMin,
    overtimeMin: result.overtimeMin,
    nightMin: result.nightMin,
    lopDays: result.lopDays,
    exceptions: result.exceptions.map(({ code, atMs }) =>
      atMs === null ? { code } : { code, at: formatInstant(scenario.zone, atMs) },
    ),
    ...(isExplained ? { trace: explainDay(scenario, computed, computation) } : {}),
  };
}

/** Only overtime has a rate of its own. */
export const rateOn =
  ({ pack }: Scenario): RateOn =>
  (code, date) =>
    code === 'OVERTIME_MIN' ? packRateOn(pack, date) : null;

const dates = (days: readonly DayNumber[]): string[] => days.map(formatDate);

export function periodReport(
  scenario: Scenario,
  computation: Computation,
  isExplained: boolean,
): PeriodReport {
  const results = computation.days.map(({ result }) => result);
  const report: PeriodReport = {
    days: computation.days.map((day) => reportDay(scenario, computation, day, isExplained)),
    summary: summarise(results, scenario.policy),
    payrollEvents: payrollEvents(results, scenario.policy, rateOn(scenario)).map((event) => ({
      ...event,
      days: dates(event.days),
    })),
  };
  if (!isExplained) return report;
  const { id, version } = scenario.pack.pack;
  const pack = `${id}@${String(version)}`;
  const notices = noticesOf(scenario, computation).map(({ code, date }) => ({
    code,
    date: formatDate(date),
  }));
  return { ...report, notices, computedWith: { engine: ENGINE_VERSION, pack, tzdb: scenario.zone.tzdb } };
}
