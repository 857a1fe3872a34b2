// The second half of the simulated days.
import { describe, it } from 'vitest';
import { runHalfOfTheDays } from './days.js';

describe('a simulated fleet', () => {
  it(
    'loses no punch, doubles none and keeps the order of each tablet',
    () => runHalfOfTheDays(1),
    24 * 3_600_000,
  );
});
