// How much the reliability suites do. `npm test` runs the short form from fixed seeds; `npm run torture` the long one from
// a seed that it prints, and the same seed again does the same.

export interface TortureScale {
  readonly isLong: boolean;
  readonly firstSeed: number;
  /** One seed alone, to look at what went wrong. */
  readonly onlySeed: number | null;
}

function numberOf(name: string): number | null {
  const text = process.env[name];
  return text === undefined || text === '' ? null : Number(text);
}

/** A small count for all suites, where they only have to notice that something is broken. */
const count = numberOf('HAZRI_TORTURE_COUNT');
const onlySeed = numberOf('HAZRI_TORTURE_ONLY_SEED');

export const scale: TortureScale = {
  isLong: process.env['HAZRI_TORTURE'] === 'long',
  firstSeed: onlySeed ?? numberOf('HAZRI_TORTURE_SEED') ?? 1,
  onlySeed,
};

/** The count for this run: `short` inside `npm test`, `long` for the long run, one for a single seed. */
export function howMany(short: number, long: number): number {
  if (scale.onlySeed !== null) return 1;
  if (count !== null) return count;
  return scale.isLong ? long : short;
}

/** What a person types to see the same again. */
export function replayOf(suite: string, seed: number): string {
  const form = scale.isLong ? '' : ' --short';
  return `npm run torture --${form} --only ${suite} --seed ${String(seed)}`;
}
