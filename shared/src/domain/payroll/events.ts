// Payroll events are emitted once and never taken back: what changes afterwards goes out as a difference, and what
// touches a locked period becomes an adjustment of the next open one, with its reason.
import type { DayNumber } from '../schedule/calendar.js';
import type { PeriodSummary, PayrollEvent } from './summary.js';

/** One figure of one person and period, as a payroll takes it. */
export interface PayFigure {
  readonly code: string;
  /** Minutes or days. */
  readonly quantity: number;
  readonly rate: number | null;
}

/** How half days of loss become the whole days that the provident fund asks for. */
export type NcpRounding = 'down' | 'up' | 'half-up';

/** Days without contribution: whole calendar days, by a stated rule. */
export function ncpDaysOf(lopDays: number, rounding: NcpRounding): number {
  if (rounding === 'down') return Math.floor(lopDays);
  return rounding === 'up' ? Math.ceil(lopDays) : Math.floor(lopDays + 0.5);
}

/** All figures of a period: the events with their rates, payable and NCP days, lates, encashed leave days. */
export function payFigures(
  summary: PeriodSummary,
  events: readonly PayrollEvent[],
  { ncpRounding, encashedDays }: { readonly ncpRounding: NcpRounding; readonly encashedDays: number },
): PayFigure[] {
  const lopDays = summary.lopDays + summary.lateLopDays;
  const figures: PayFigure[] = [
    { code: 'PAYABLE_DAYS', quantity: summary.payableDays, rate: null },
    { code: 'NCP_DAYS', quantity: ncpDaysOf(lopDays, ncpRounding), rate: null },
    { code: 'LATE_COUNT', quantity: summary.lateCount, rate: null },
    { code: 'ENCASHED_DAYS', quantity: encashedDays, rate: null },
    ...events.map(({ code, quantity, rate }) => ({ code, quantity, rate })),
  ];
  return figures.filter(({ quantity }) => quantity !== 0);
}

const keyOf = ({ code, rate }: PayFigure): string => `${code}@${String(rate)}`;

/** Sum of everything emitted so far, by code and rate. */
export function totalOf(figures: readonly PayFigure[]): PayFigure[] {
  const totals = new Map<string, PayFigure>();
  for (const figure of figures) {
    const before = totals.get(keyOf(figure))?.quantity ?? 0;
    totals.set(keyOf(figure), { ...figure, quantity: before + figure.quantity });
  }
  return [...totals.values()];
}

/** What has to be emitted so that everything emitted sums to `current`; empty when nothing changed. */
export function deltaOf(emitted: readonly PayFigure[], current: readonly PayFigure[]): PayFigure[] {
  const before = emitted.map((figure) => ({ ...figure, quantity: -figure.quantity }));
  return totalOf([...current, ...before]).filter(({ quantity }) => quantity !== 0);
}

export type AdjustmentReason = 'late-punch' | 'correction' | 'leave-changed' | 'policy-corrected';

/** A change of a locked period, paid in a later one. */
export interface Adjustment extends PayFigure {
  readonly reason: AdjustmentReason;
  /** First date of the locked period that it belongs to. */
  readonly ofPeriodFrom: DayNumber;
  /** First date of the open period that pays it. */
  readonly paidInFrom: DayNumber;
}

/** The locked figures stay as they are; each difference is an adjustment of the open period. */
export function adjustmentsOf(
  locked: readonly PayFigure[],
  recomputed: readonly PayFigure[],
  about: Omit<Adjustment, keyof PayFigure>,
): Adjustment[] {
  return deltaOf(locked, recomputed).map((figure) => ({ ...figure, ...about }));
}
