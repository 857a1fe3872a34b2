// Punches of one day become work sessions. A directed punch is what it says; a neutral one is OUT if a session is open,
// else IN. Nothing is guessed: what finds no partner stays unpaired and is reported.
import type { Interval } from './interval.js';
import type { CountedPunch, Punch } from './punch.js';
import type { WorkDay } from './work-day.js';

const MIN_MS = 60_000;
/** How long after the end of a day's window the day may still change. */
const SETTLING_MS = 120 * MIN_MS;

export interface Pairing {
  /** What each punch was taken as, in the order of the punches. */
  readonly roles: readonly ('in' | 'out')[];
  readonly isPaired: readonly boolean[];
  /** Closed sessions in time order. */
  readonly sessions: readonly Interval[];
  /** The last punch is an unpaired IN that may still find its OUT. */
  readonly isLastOpen: boolean;
}

/** When it is, and how long a session may be. */
export interface PairingRule {
  readonly asOfMs: number;
  readonly maxSessionMs: number;
}

/** Whether punches may still come for the day. */
export const isSettling = (day: WorkDay, { asOfMs }: PairingRule): boolean =>
  asOfMs < day.window.toMs + SETTLING_MS;

/** Whether a last IN of the day may still find its OUT. */
export const mayStayOpen = (day: WorkDay, inMs: number, rule: PairingRule): boolean =>
  isSettling(day, rule) || rule.asOfMs < inMs + rule.maxSessionMs;

const isNearerToEnd = ({ dueTime }: WorkDay, atMs: number): boolean =>
  Math.abs(atMs - dueTime.toMs) < Math.abs(atMs - dueTime.fromMs);

/** The only punch of a fixed date, neutral and nearer to the shift's end than to its start. */
export function isLoneNearEnd(day: WorkDay, punches: readonly Punch[]): boolean {
  const [only] = punches;
  return (
    day.kind === 'fixed' && punches.length === 1 && only?.direction === null && isNearerToEnd(day, only.atMs)
  );
}

export function pairPunches(day: WorkDay, punches: readonly CountedPunch[], rule: PairingRule): Pairing {
  const roles: ('in' | 'out')[] = [];
  const isPaired: boolean[] = [];
  const sessions: Interval[] = [];
  const [first] = punches;
  if (first !== undefined && isLoneNearEnd(day, punches) && !mayStayOpen(day, first.atMs, rule)) {
    return { roles: ['out'], isPaired: [false], sessions, isLastOpen: false };
  }
  let openAt = -1;
  for (const [at, punch] of punches.entries()) {
    const role = punch.direction ?? (openAt >= 0 ? 'out' : 'in');
    roles.push(role);
    isPaired.push(false);
    if (role === 'in') {
      openAt = at;
      continue;
    }
    const open = punches[openAt];
    if (open !== undefined && punch.atMs - open.atMs <= rule.maxSessionMs) {
      isPaired[openAt] = true;
      isPaired[at] = true;
      sessions.push({ fromMs: open.atMs, toMs: punch.atMs });
    }
    openAt = -1;
  }
  const last = punches.at(-1);
  const isLastOpen =
    openAt >= 0 && openAt === punches.length - 1 && last !== undefined && mayStayOpen(day, last.atMs, rule);
  return { roles, isPaired, sessions, isLastOpen };
}

/** What is open after a punch, given what was open before it. */
export function openAfter(open: CountedPunch | null, punch: CountedPunch): CountedPunch | null {
  return punch.direction === 'in' || (punch.direction === null && open === null) ? punch : null;
}
