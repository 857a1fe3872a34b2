// Whether a scan means IN or OUT, and how much of a day was worked: the plain rule of one open session per person.
// Shifts, rounding and overtime are the rules engine's; this only follows what the person did at the tablets.

/** A punch that counts (not undone), as the rule sees it. */
export interface PunchPoint {
  readonly direction: 'in' | 'out';
  /** UTC epoch milliseconds. */
  readonly atMs: number;
}

export interface SessionRule {
  /** A scan this near to a counted punch is the same act again. */
  readonly duplicateWithinMs: number;
  /** An IN without an OUT for longer than this was forgotten; the next scan is an IN. */
  readonly maxSessionMs: number;
}

export type ScanMeaning<Punch extends PunchPoint> =
  | { readonly kind: 'punch'; readonly direction: 'in' | 'out' }
  | { readonly kind: 'duplicate'; readonly of: Punch };

/**
 * What a scan at `atMs` means among the person's punches, in any order. Only punches before it decide the direction,
 * so a scan that arrives late is judged as it would have been at its time.
 */
export function meaningOfScan<Punch extends PunchPoint>(
  punches: readonly Punch[],
  atMs: number,
  rule: SessionRule,
): ScanMeaning<Punch> {
  const nearest = [...punches].sort((a, b) => Math.abs(a.atMs - atMs) - Math.abs(b.atMs - atMs))[0];
  if (nearest !== undefined && Math.abs(nearest.atMs - atMs) < rule.duplicateWithinMs) {
    return { kind: 'duplicate', of: nearest };
  }
  const before = latestBefore(punches, atMs);
  const isOpen = before?.direction === 'in' && atMs - before.atMs <= rule.maxSessionMs;
  return { kind: 'punch', direction: isOpen ? 'out' : 'in' };
}

function latestBefore<Punch extends PunchPoint>(punches: readonly Punch[], atMs: number): Punch | undefined {
  let latest: Punch | undefined;
  for (const punch of punches) {
    if (punch.atMs <= atMs && (latest === undefined || punch.atMs > latest.atMs)) latest = punch;
  }
  return latest;
}

export interface WorkSession {
  readonly inMs: number;
  /** Null while the person is in, or when the OUT was forgotten. */
  readonly outMs: number | null;
}

/** Pairs each IN with the OUT that follows it within the longest session. An OUT without its IN starts nothing. */
export function workSessions(
  punches: readonly PunchPoint[],
  rule: Pick<SessionRule, 'maxSessionMs'>,
): WorkSession[] {
  const sessions: WorkSession[] = [];
  let openInMs: number | null = null;
  for (const punch of [...punches].sort((a, b) => a.atMs - b.atMs)) {
    const isWithin = openInMs !== null && punch.atMs - openInMs <= rule.maxSessionMs;
    if (punch.direction === 'in') {
      if (openInMs !== null) sessions.push({ inMs: openInMs, outMs: null });
      openInMs = punch.atMs;
    } else if (openInMs !== null) {
      sessions.push({ inMs: openInMs, outMs: isWithin ? punch.atMs : null });
      openInMs = null;
    }
  }
  if (openInMs !== null) sessions.push({ inMs: openInMs, outMs: null });
  return sessions;
}

/** Whole minutes of the sessions; an open one counts up to `untilMs` while it is not too long to be one. */
export function workedMin(
  sessions: readonly WorkSession[],
  untilMs: number,
  rule: Pick<SessionRule, 'maxSessionMs'>,
): number {
  let totalMs = 0;
  for (const { inMs, outMs } of sessions) {
    if (outMs !== null) totalMs += outMs - inMs;
    else if (untilMs > inMs && untilMs - inMs <= rule.maxSessionMs) totalMs += untilMs - inMs;
  }
  return Math.floor(totalMs / 60_000);
}

/** Whether the person is in at `atMs`. */
export function openSession(
  punches: readonly PunchPoint[],
  atMs: number,
  rule: Pick<SessionRule, 'maxSessionMs'>,
): WorkSession | undefined {
  const last = workSessions(
    punches.filter((punch) => punch.atMs <= atMs),
    rule,
  ).at(-1);
  return last?.outMs === null && atMs - last.inMs <= rule.maxSessionMs ? last : undefined;
}
