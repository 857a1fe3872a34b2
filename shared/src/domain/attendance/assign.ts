// Which day each punch belongs to. Windows decide; a punch that closes the session of an earlier day goes there, so that
// a night worker's OUT never becomes the next day's IN, and a forgotten OUT never swallows the next day.
import { dateAt } from '../schedule/zone-rules.js';
import { type PairingRule, mayStayOpen, openAfter, pairPunches } from './pairing.js';
import { type CountedPunch, comparePunches } from './punch.js';
import type { Terms } from './scenario.js';
import type { WorkDay } from './work-day.js';

const MIN_MS = 60_000;
/** How far outside every window a punch may lie to be given to the nearest, and how late an IN continues a day. */
const NEAR_MS = 120 * MIN_MS;
/** Beyond this a session that a neutral punch closed over days is reported. */
const LONG_MS = 720 * MIN_MS;
/** Windows reach at most this many dates away from their own. */
const REACH_DAYS = 3;

/** A punch outside every window, with the day that it was given to, if any. */
export interface OutsidePunch {
  readonly punch: CountedPunch;
  readonly day: WorkDay | null;
}

interface Work {
  readonly days: readonly WorkDay[];
  readonly counted: readonly CountedPunch[];
  readonly rule: PairingRule;
  readonly zone: Terms['zone'];
}

/** Index of the date's day; it may lie outside the list. */
const indexOf = ({ days }: Work, date: number): number => date - (days[0]?.date ?? 0);

function near(work: Work, atMs: number): { first: number; last: number } {
  const middle = indexOf(work, dateAt(work.zone, atMs));
  return {
    first: Math.max(0, middle - REACH_DAYS),
    last: Math.min(work.days.length - 1, middle + REACH_DAYS),
  };
}

/** The day whose window holds the instant and that it belongs to unless it closes an earlier one. */
function homeOf(work: Work, atMs: number): WorkDay | null {
  const { first, last } = near(work, atMs);
  let fixed: WorkDay | null = null;
  let other: WorkDay | null = null;
  for (let at = first; at <= last; at += 1) {
    const day = work.days[at];
    if (day === undefined || atMs < day.window.fromMs || atMs >= day.window.toMs) continue;
    if (day.kind === 'fixed') fixed ??= day;
    else other = day;
  }
  return fixed !== null && (other === null || atMs < fixed.shiftTime.toMs) ? fixed : other;
}

function nearestWithin(work: Work, atMs: number): WorkDay | null {
  const { first, last } = near(work, atMs);
  let nearest: WorkDay | null = null;
  let nearestMs = NEAR_MS + 1;
  for (let at = first; at <= last; at += 1) {
    const day = work.days[at];
    if (day === undefined) continue;
    const awayMs = atMs < day.window.fromMs ? day.window.fromMs - atMs : atMs - day.window.toMs;
    if (awayMs < nearestMs) {
      nearest = day;
      nearestMs = awayMs;
    }
  }
  return nearest;
}

interface OpenSession {
  readonly day: WorkDay;
  readonly inMs: number;
}

/** The latest open IN among the days before `before` that a punch at `atMs` could close. */
function openSessionBefore(work: Work, before: number, atMs: number): OpenSession | null {
  let latest: OpenSession | null = null;
  for (let at = Math.min(before, work.days.length) - 1; at >= 0 && at >= before - 2 * REACH_DAYS; at -= 1) {
    const day = work.days[at];
    const open = day === undefined ? null : day.openIn;
    if (day === undefined || open === null) continue;
    const ageMs = atMs - open.atMs;
    if (ageMs < 0 || ageMs > work.rule.maxSessionMs) continue;
    if (latest === null || open.atMs > latest.inMs) latest = { day, inMs: open.atMs };
  }
  return latest;
}

/** The counted punch after one of them. */
const nextAfter = (work: Work, punch: CountedPunch): CountedPunch | undefined =>
  work.counted[work.counted.indexOf(punch) + 1];

/** A last IN that the next counted punch may close, or that is open, is as good as paired. */
function isLastInAccounted(work: Work, day: WorkDay, last: CountedPunch): boolean {
  if (mayStayOpen(day, last.atMs, work.rule)) return true;
  const next = nextAfter(work, last);
  return next !== undefined && next.direction !== 'in' && next.atMs - last.atMs <= work.rule.maxSessionMs;
}

function unpairedCount(work: Work, day: WorkDay, punches: readonly CountedPunch[]): number {
  const { roles, isPaired } = pairPunches(day, punches, work.rule);
  let count = isPaired.filter((paired) => !paired).length;
  const last = punches.at(-1);
  const isLoose = roles.at(-1) === 'in' && isPaired.at(-1) === false;
  if (last !== undefined && isLoose && isLastInAccounted(work, day, last)) count -= 1;
  return count;
}

/** How long the session would be that the punch opens if it closes none. */
function wouldOpenMs(work: Work, day: WorkDay, punches: readonly CountedPunch[]): number {
  const [first, second] = punches;
  if (first === undefined || first.direction === 'out') return Infinity;
  const partner = second ?? nextAfter(work, first);
  if (partner === undefined || partner.direction === 'in') return Infinity;
  const lengthMs = partner.atMs - first.atMs;
  return lengthMs <= work.rule.maxSessionMs ? lengthMs : Infinity;
}

/** The punches that would stay with `home`, from `first` on, as windows have it. */
function punchesFrom(work: Work, home: WorkDay, first: CountedPunch): CountedPunch[] {
  const own: CountedPunch[] = [];
  for (let at = work.counted.indexOf(first); at < work.counted.length; at += 1) {
    const punch = work.counted[at];
    if (punch === undefined || (punch.forcedDate === null && punch.atMs >= home.window.toMs)) break;
    if (punch.forcedDate === null && homeOf(work, punch.atMs) === home) own.push(punch);
  }
  return inTimeOrder(work, [...own, ...home.punches]);
}

const inTimeOrder = (work: Work, punches: readonly CountedPunch[]): CountedPunch[] =>
  punches.length < 2 ? [...punches] : work.counted.filter((punch) => punches.includes(punch));

/** Whether the first punch of `home` rather closes the open session of an earlier day. */
function closes(work: Work, punch: CountedPunch, home: WorkDay, open: OpenSession): boolean {
  const own = punchesFrom(work, home, punch);
  const rest = own.filter((one) => one !== punch);
  const earlier = open.day.punches;
  const closing =
    unpairedCount(work, open.day, inTimeOrder(work, [...earlier, punch])) + unpairedCount(work, home, rest);
  const staying = unpairedCount(work, open.day, earlier) + unpairedCount(work, home, own);
  if (closing !== staying) return closing < staying;
  return punch.atMs - open.inMs <= wouldOpenMs(work, home, own);
}

/** Keeps the day's punches in time order; a correction may have put a later one there already. */
function put(day: WorkDay, punch: CountedPunch): void {
  let at = day.punches.length;
  for (; at > 0; at -= 1) {
    const before = day.punches[at - 1];
    if (before === undefined || comparePunches(before, punch) <= 0) break;
  }
  const isLast = at === day.punches.length;
  day.punches.splice(at, 0, punch);
  day.openIn = isLast
    ? openAfter(day.openIn, punch)
    : day.punches.reduce<CountedPunch | null>(openAfter, null);
}

function close(punch: CountedPunch, open: OpenSession, other: WorkDay | null): void {
  put(open.day, punch);
  if (punch.direction !== null || punch.atMs - open.inMs <= LONG_MS) return;
  open.day.longSessionsAtMs.push(punch.atMs);
  open.day.isDoubtful = true;
  if (other !== null) other.isDoubtful = true;
}

/** An IN soon after the previous flexible day's last OUT continues that day. */
function continuedDay(work: Work, punch: CountedPunch, home: WorkDay): WorkDay | null {
  if (home.kind !== 'flexible' || punch.direction === 'out') return null;
  for (let at = indexOf(work, home.date) - 1; at >= 0; at -= 1) {
    const day = work.days[at];
    if (day?.kind !== 'flexible') {
      if (day === undefined || home.date - day.date >= REACH_DAYS) return null;
      continue;
    }
    if (punch.direction === null && day.openIn !== null) return null;
    const { roles } = pairPunches(day, day.punches, work.rule);
    const lastOut = day.punches[roles.lastIndexOf('out')];
    return lastOut !== undefined && punch.atMs - lastOut.atMs <= NEAR_MS ? day : null;
  }
  return null;
}

function assignOutside(work: Work, punch: CountedPunch): WorkDay | null {
  const nearest = nearestWithin(work, punch.atMs);
  const until = indexOf(work, dateAt(work.zone, punch.atMs)) + REACH_DAYS + 1;
  const open = punch.direction === 'in' ? null : openSessionBefore(work, until, punch.atMs);
  if (open !== null) {
    close(punch, open, nearest);
    return open.day;
  }
  if (nearest !== null) put(nearest, punch);
  return nearest;
}

function assignInside(work: Work, punch: CountedPunch, home: WorkDay): void {
  const [earliest] = home.punches;
  const isFirst = earliest === undefined || earliest.atMs > punch.atMs;
  if (!isFirst || (home.kind === 'fixed' && punch.atMs >= home.shiftTime.fromMs)) {
    put(home, punch);
    return;
  }
  const open =
    punch.direction === 'in' ? null : openSessionBefore(work, indexOf(work, home.date), punch.atMs);
  if (open !== null && closes(work, punch, home, open)) close(punch, open, home);
  else put(continuedDay(work, punch, home) ?? home, punch);
}

/** Gives every counted punch to its day; returns those that lay outside every window. */
export function assignPunches(
  terms: Terms,
  days: readonly WorkDay[],
  counted: readonly CountedPunch[],
  rule: PairingRule,
): readonly OutsidePunch[] {
  const work: Work = { days, counted, rule, zone: terms.zone };
  const outside: OutsidePunch[] = [];
  for (const punch of counted) {
    const forced = punch.forcedDate === null ? undefined : days[indexOf(work, punch.forcedDate)];
    if (forced !== undefined) put(forced, punch);
  }
  for (const punch of counted) {
    if (punch.forcedDate !== null) continue;
    const home = homeOf(work, punch.atMs);
    if (home === null) outside.push({ punch, day: assignOutside(work, punch) });
    else assignInside(work, punch, home);
  }
  return outside;
}
