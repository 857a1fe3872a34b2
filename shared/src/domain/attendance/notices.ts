// Settings and punches that make no sense together. They change nothing that is computed; each has a stable code for HR.
import type { DayNumber } from '../schedule/calendar.js';
import type { Computation } from './compute.js';
import type { Scenario } from './scenario.js';
import { type WorkDay, workDays } from './work-day.js';

export type NoticeCode =
  | 'SHIFTS_OVERLAP'
  | 'SHIFT_LONGER_THAN_WINDOW'
  | 'SHIFT_LONGER_THAN_SESSION'
  | 'LEAVE_ON_HOLIDAY'
  | 'LEAVE_ON_DAY_OFF'
  | 'PUNCH_BEFORE_JOINING'
  | 'PUNCH_AFTER_LEAVING'
  | 'PUNCHES_TOO_MANY';

export interface Notice {
  readonly code: NoticeCode;
  readonly date: DayNumber;
}

const MIN_MS = 60_000;
/** More punches than this in a day are a fault of a tablet or a prank. */
const PUNCHES_AT_MOST = 60;

function ofSchedule({ policy }: Scenario, day: WorkDay, next: WorkDay | undefined): NoticeCode[] {
  const found: NoticeCode[] = [];
  if (day.kind !== 'fixed') return found;
  const { shiftTime, window } = day;
  if (next?.kind === 'fixed' && next.shiftTime.fromMs < shiftTime.toMs) found.push('SHIFTS_OVERLAP');
  if (window.fromMs > shiftTime.fromMs || window.toMs < shiftTime.toMs)
    found.push('SHIFT_LONGER_THAN_WINDOW');
  if (shiftTime.toMs - shiftTime.fromMs > policy.maxSessionMin * MIN_MS)
    found.push('SHIFT_LONGER_THAN_SESSION');
  return found;
}

function ofLeave({ leaves }: Scenario, { date, off }: WorkDay): NoticeCode[] {
  if (off === null || !leaves.some(({ from, to }) => from <= date && date <= to)) return [];
  return [off === 'H' ? 'LEAVE_ON_HOLIDAY' : 'LEAVE_ON_DAY_OFF'];
}

function ofPunches({ joined, left }: Scenario, { date, punches }: WorkDay): NoticeCode[] {
  const found: NoticeCode[] = [];
  if (punches.length === 0) return found;
  if (joined !== null && date < joined) found.push('PUNCH_BEFORE_JOINING');
  if (left !== null && date > left) found.push('PUNCH_AFTER_LEAVING');
  if (punches.length > PUNCHES_AT_MOST) found.push('PUNCHES_TOO_MANY');
  return found;
}

/** By date, then in the order of the checks. */
export function noticesOf(scenario: Scenario, { days }: Computation): readonly Notice[] {
  const scheduled = workDays(scenario, scenario.period.from - 1, scenario.period.to + 1);
  return days.flatMap(({ day }, at) => {
    const planned = scheduled[at + 1] ?? day;
    const codes = [
      ...ofSchedule(scenario, planned, scheduled[at + 2]),
      ...ofLeave(scenario, day),
      ...ofPunches(scenario, day),
    ];
    return codes.map((code) => ({ code, date: day.date }));
  });
}
