// The first half of the simulated days; the other half stands in a file of its own so that two workers share them.
import { describe, expect, it } from 'vitest';
import { scale } from '../support/torture-scale.js';
import { OPERATIONS, TABLETS, runHalfOfTheDays } from './days.js';
import { Fleet } from './fleet.js';

describe('a simulated fleet', () => {
  it(
    'loses no punch, doubles none and keeps the order of each tablet',
    () => runHalfOfTheDays(0),
    24 * 3_600_000,
  );

  it('replays a seed byte for byte, and another seed gives another day', async () => {
    const day = (seed: number) => new Fleet(seed, TABLETS).run(OPERATIONS);
    const once = await day(scale.firstSeed);
    expect(await day(scale.firstSeed)).toEqual(once);
    expect((await day(scale.firstSeed + 1)).digest).not.toBe(once.digest);
  });
});
