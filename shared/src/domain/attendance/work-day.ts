// The days of a person as stretches of real time: what each date is, when its shift lies, and the window in which punches
// belong to it. A working day belongs to its shift, not to midnight (Factories Act s.57).
import { InvariantError } from '../../result/result.js';
import type { DayNumber } from '../schedule/calendar.js';
import { type RosteredDate, rosteredOn } from '../schedule/roster.js';
import type { FixedShift, Shift } from '../schedule/shift.js';
import { instantOnDate } from '../schedule/zone-rules.js';
import type { Interval } from './interval.js';
import type { CountedPunch } from './punch.js';
import { type Leave, type Policy, type Terms, policyOn } from './scenario.js';

const DAY_MIN = 1440;
const MIN_MS = 60_000;

export interface DayLeave {
  readonly kind: string;
  readonly half: 'first' | 'second' | null;
}

/** One date with what it is and the punches that came to belong to it. Built and filled within one computation. */
export interface WorkDay {
  readonly date: DayNumber;
  readonly isEmployed: boolean;
  /** `H` holiday, `WO` weekly off or OFF date; null on a working date. */
  readonly off: 'H' | 'WO' | null;
  readonly kind: 'fixed' | 'flexible' | 'off';
  readonly shiftId: string;
  /** Gives the break even where the date is off. */
  readonly shift: Shift;
  readonly leave: DayLeave | null;
  /** The policy that holds on the date. */
  readonly policy: Policy;
  /** The fixed shift's own stretch; of other days the window. */
  readonly shiftTime: Interval;
  /** The stretch that is due, as moved by a half leave. */
  readonly dueTime: Interval;
  window: { fromMs: number; toMs: number };
  /** In time order. */
  readonly punches: CountedPunch[];
  /** The IN that is open after all of them; null when there is none. */
  openIn: CountedPunch | null;
  /** A neutral punch closed a session of more than 12 hours over this day: it is never counted as an absence. */
  isDoubtful: boolean;
  readonly longSessionsAtMs: number[];
}

/** Minutes after the first midnight at which a fixed shift ends. */
export const endMinOf = (shift: FixedShift): number =>
  shift.endOfDayMin > shift.startOfDayMin ? shift.endOfDayMin : shift.endOfDayMin + DAY_MIN;

function leaveOn(leaves: readonly Leave[], date: DayNumber): DayLeave | null {
  let half: DayLeave | null = null;
  let isBothHalves = false;
  for (const leave of leaves) {
    if (date < leave.from || date > leave.to) continue;
    if (leave.half === null) return { kind: leave.kind, half: null };
    if (half === null) half = { kind: leave.kind, half: leave.half };
    else if (half.half !== leave.half) isBothHalves = true;
  }
  return half !== null && isBothHalves ? { kind: half.kind, half: null } : half;
}

/** A half leave moves the start (first half) or the end (second half) to the middle of the shift by elapsed time. */
function dueTimeOf({ fromMs, toMs }: Interval, leave: DayLeave | null): Interval {
  const middleMs = fromMs + (toMs - fromMs) / 2;
  if (leave?.half === 'first') return { fromMs: middleMs, toMs };
  if (leave?.half === 'second') return { fromMs, toMs: middleMs };
  return { fromMs, toMs };
}

function shiftOf(terms: Terms, id: string): Shift {
  const shift = terms.shifts.get(id);
  if (shift === undefined) throw new InvariantError('roster names a shift that does not exist');
  return shift;
}

/** Start of the flexible day that follows `date`: that of the next date's shift when it is flexible, else its own. */
function nextDayStartMin(terms: Terms, date: DayNumber, ownMin: number): number {
  const next = rosteredOn(terms.roster, date + 1);
  const shift = shiftOf(terms, next.shift);
  const isFlexible = !next.isOff && !terms.holidays.has(date + 1) && shift.kind === 'flexible';
  return isFlexible ? shift.dayStartMin : ownMin;
}

function times(
  terms: Terms,
  date: DayNumber,
  shift: Shift | null,
): { shiftTime: Interval; window: Interval } {
  const at = (minutes: number): number => instantOnDate(terms.zone, date, minutes);
  if (shift === null) {
    const day = { fromMs: at(0), toMs: at(DAY_MIN) };
    return { shiftTime: day, window: day };
  }
  if (shift.kind === 'flexible') {
    const endMin = nextDayStartMin(terms, date, shift.dayStartMin) + DAY_MIN;
    const day = { fromMs: at(shift.dayStartMin), toMs: at(endMin) };
    return { shiftTime: day, window: day };
  }
  const shiftTime = { fromMs: at(shift.startOfDayMin), toMs: at(endMinOf(shift)) };
  const window = {
    fromMs: shiftTime.fromMs - shift.captureBeforeMin * MIN_MS,
    toMs: shiftTime.toMs + shift.captureAfterMin * MIN_MS,
  };
  return { shiftTime, window };
}

function workDayOn(terms: Terms, date: DayNumber): WorkDay {
  const rostered: RosteredDate = rosteredOn(terms.roster, date);
  const shift = shiftOf(terms, rostered.shift);
  const off = terms.holidays.has(date) ? 'H' : rostered.isOff ? 'WO' : null;
  const leave = off === null ? leaveOn(terms.leaves, date) : null;
  const { shiftTime, window } = times(terms, date, off === null ? shift : null);
  return {
    date,
    isEmployed:
      (terms.joined === null || date >= terms.joined) && (terms.left === null || date <= terms.left),
    off,
    kind: off === null ? shift.kind : 'off',
    shiftId: rostered.shift,
    shift,
    leave,
    policy: policyOn(terms, date),
    shiftTime,
    dueTime: off === null && shift.kind === 'fixed' ? dueTimeOf(shiftTime, leave) : shiftTime,
    window: { ...window },
    punches: [],
    openIn: null,
    isDoubtful: false,
    longSessionsAtMs: [],
  };
}

/** Fixed windows that overlap are divided midway between the first shift's end and the second's start. */
function divideWindows(days: readonly WorkDay[]): void {
  const whole = days.map((day) => ({ ...day.window }));
  for (const [at, first] of days.entries()) {
    if (first.kind !== 'fixed') continue;
    for (let next = at + 1; next < Math.min(days.length, at + 4); next += 1) {
      const second = days[next];
      const [one, two] = [whole[at], whole[next]];
      if (second?.kind !== 'fixed' || one === undefined || two === undefined) continue;
      const shared = { fromMs: Math.max(one.fromMs, two.fromMs), toMs: Math.min(one.toMs, two.toMs) };
      if (shared.fromMs >= shared.toMs) continue;
      const middleMs = (first.shiftTime.toMs + second.shiftTime.fromMs) / 2;
      const cutMs = Math.min(Math.max(middleMs, shared.fromMs), shared.toMs);
      first.window.toMs = Math.min(first.window.toMs, cutMs);
      second.window.fromMs = Math.max(second.window.fromMs, cutMs);
    }
  }
}

/** The days from `from` to `to`, both included, with divided windows and no punches yet. */
export function workDays(terms: Terms, from: DayNumber, to: DayNumber): WorkDay[] {
  const days: WorkDay[] = [];
  for (let date = from; date <= to; date += 1) days.push(workDayOn(terms, date));
  divideWindows(days);
  return days;
}

/** The stretches of the shift that are due, without the pauses of a split one. */
export function duePieces(terms: Terms, day: WorkDay): readonly Interval[] {
  if (day.shift.kind !== 'fixed' || day.kind !== 'fixed' || day.shift.pauses.length === 0)
    return [day.dueTime];
  const pieces: Interval[] = [];
  let { fromMs } = day.dueTime;
  for (const pause of day.shift.pauses) {
    const pauseFromMs = instantOnDate(terms.zone, day.date, pause.fromMin);
    const pauseToMs = instantOnDate(terms.zone, day.date, pause.toMin);
    if (pauseToMs <= fromMs || pauseFromMs >= day.dueTime.toMs) continue;
    if (pauseFromMs > fromMs) pieces.push({ fromMs, toMs: pauseFromMs });
    fromMs = Math.max(fromMs, pauseToMs);
  }
  if (fromMs < day.dueTime.toMs) pieces.push({ fromMs, toMs: day.dueTime.toMs });
  return pieces;
}
