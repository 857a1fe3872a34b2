// After an outage: what HR could put right for everybody it touched. Proposals only; each one goes through approval.
import type { Computation } from './compute.js';
import type { ComputedDay } from './computed-day.js';
import { type Interval, overlaps } from './interval.js';
import type { Correction, Punch } from './punch.js';

const atTablet = (atMs: number, direction: 'in' | 'out'): Punch => ({
  atMs,
  direction,
  device: '',
  quality: 'unverified',
});

/** The punches that the outage may have swallowed: at the ends of the shift, where those ends lie within it. */
function missingPunches({ day, pairing }: ComputedDay, outage: Interval): Punch[] {
  const covers = (atMs: number): boolean => atMs >= outage.fromMs && atMs < outage.toMs;
  const { fromMs, toMs } = day.dueTime;
  const add: Punch[] = [];
  if (!pairing.roles.includes('in') && covers(fromMs)) add.push(atTablet(fromMs, 'in'));
  if (!pairing.roles.includes('out') && covers(toMs)) add.push(atTablet(toMs, 'out'));
  return add;
}

/** One proposal per working date whose shift begins or ends within the outage and lacks that punch. */
export function repairsAfter(outage: Interval, { days }: Computation): Correction[] {
  return days
    .filter(({ day }) => day.isEmployed && day.kind === 'fixed' && overlaps(day.window, outage))
    .map((computed) => ({ date: computed.day.date, add: missingPunches(computed, outage), void: [] }))
    .filter(({ add }) => add.length > 0);
}
