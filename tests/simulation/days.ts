// Many simulated days from consecutive seeds; stops at the first broken promise and says how to see it again.
import { expect } from 'vitest';
import { howMany, replayOf, scale } from '../support/torture-scale.js';
import { type Day, Fleet } from './fleet.js';

export const TABLETS = 50;
export const OPERATIONS = scale.isLong ? 2_000 : 500;
const HALF_OF_THE_DAYS = howMany(1_000, 25_000);
const SAY_EVERY_MS = 60_000;

/** Every second seed from `offset` on, so that two workers share the days. */
export async function runHalfOfTheDays(offset: 0 | 1): Promise<void> {
  if (scale.onlySeed !== null && offset === 1) return;
  const totals = { days: 0, told: 0, stored: 0, erased: 0, heldBack: 0 };
  let saidAtMs = performance.now();
  for (let at = 0; at < HALF_OF_THE_DAYS; at += 1) {
    const seed = scale.firstSeed + 2 * at + offset;
    add(totals, await keptDay(seed));
    if (performance.now() - saidAtMs < SAY_EVERY_MS) continue;
    saidAtMs = performance.now();
    console.log(`seed ${String(seed)}:`, totals);
  }
  console.log(`${String(TABLETS)} tablets, ${String(OPERATIONS)} operations a day:`, totals);
}

async function keptDay(seed: number): Promise<Day> {
  const day = await new Fleet(seed, TABLETS).run(OPERATIONS);
  expect(day.broken, `seed ${String(seed)}; again: ${replayOf('simulation', seed)}`).toEqual([]);
  return day;
}

function add(totals: Record<'days' | 'told' | 'stored' | 'erased' | 'heldBack', number>, day: Day): void {
  totals.days += 1;
  totals.told += day.told;
  totals.stored += day.stored;
  totals.erased += day.erased;
  totals.heldBack += day.heldBack;
}
