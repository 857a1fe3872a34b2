// Which movements are asked for, and in which order: drawn anew for every attempt, so that no recording can know them.

export const ACTIONS = ['left', 'right', 'up', 'down', 'mouth', 'smile'] as const;

/** What a person is asked to do; left and right are the person's own. */
export type Action = (typeof ACTIONS)[number];

/** Randomness for what must not be guessed; an implementation outside tests is a cryptographic one. */
export interface RandomSource {
  /** A whole number from 0 to `limit − 1`, all equally likely. */
  below(limit: number): number;
}

/** Movements asked for in one try. */
const LENGTH = 3;

const isTurn = (action: Action): boolean => action === 'left' || action === 'right';

/** Every sequence that may be drawn: no movement twice, at least one turn to a side and at least one other. */
export const SEQUENCES: readonly (readonly Action[])[] = permutations(ACTIONS, LENGTH).filter(
  (sequence) => sequence.some(isTurn) && !sequence.every(isTurn),
);

/** Draws a sequence, never the `previous` one. */
export function drawSequence(random: RandomSource, previous: readonly Action[] | null): readonly Action[] {
  const last = previous?.join();
  const possible = SEQUENCES.filter((sequence) => sequence.join() !== last);
  return possible[random.below(possible.length)] ?? [];
}

function permutations(actions: readonly Action[], length: number): Action[][] {
  if (length === 0) return [[]];
  return actions.flatMap((first) =>
    permutations(
      actions.filter((action) => action !== first),
      length - 1,
    ).map((rest) => [first, ...rest]),
  );
}
