// Verification figures from distances of labelled pairs. Pure.

/** A compared pair. */
export interface ComparedPair {
  readonly distance: number;
  readonly isSame: boolean;
  /** Counted from 0. */
  readonly fold: number;
}

/** What `hazri face pairs` reports; shares from 0 to 1. */
export interface VerificationReport {
  /** Mean over folds, each judged with the threshold that is best on all the others. */
  readonly accuracy: number;
  /** Sample standard deviation of the folds' accuracies. */
  readonly accuracySd: number;
  /** Accuracy of each fold. */
  readonly folds: readonly number[];
  /** Share of same-person pairs accepted where at most this share of different-people pairs is. */
  readonly tarAtFmr: Readonly<Record<string, number>>;
  /** Where as many same-person pairs are missed as different-people pairs are accepted. */
  readonly eer: number;
}

const FMRS: readonly string[] = ['0.01', '0.001'];

export function verify(pairs: readonly ComparedPair[], folds: number): VerificationReport {
  const accuracies = Array.from({ length: folds }, (_, fold) => {
    const held = pairs.filter((pair) => pair.fold === fold);
    const others = folds > 1 ? pairs.filter((pair) => pair.fold !== fold) : held;
    return accuracyAt(held, bestThreshold(others));
  });
  const accuracy = mean(accuracies);
  const squares = accuracies.reduce((sum, value) => sum + (value - accuracy) ** 2, 0);
  return {
    accuracy,
    accuracySd: folds > 1 ? Math.sqrt(squares / (folds - 1)) : 0,
    folds: accuracies,
    tarAtFmr: Object.fromEntries(FMRS.map((fmr) => [fmr, tarAt(pairs, Number(fmr))])),
    eer: equalErrorRate(pairs),
  };
}

function accuracyAt(pairs: readonly ComparedPair[], threshold: number): number {
  const right = pairs.filter(({ distance, isSame }) => distance < threshold === isSame).length;
  return pairs.length === 0 ? 0 : right / pairs.length;
}

/** The distance below which calling pairs the same is right most often; the middle between two neighbours. */
function bestThreshold(pairs: readonly ComparedPair[]): number {
  const sorted = [...pairs].sort((a, b) => a.distance - b.distance);
  let right = sorted.filter(({ isSame }) => !isSame).length;
  let best = { right, threshold: 0 };
  sorted.forEach((pair, index) => {
    right += pair.isSame ? 1 : -1;
    if (right <= best.right) return;
    const next = sorted[index + 1]?.distance ?? pair.distance + 1e-6;
    best = { right, threshold: (pair.distance + next) / 2 };
  });
  return best.threshold;
}

function tarAt(pairs: readonly ComparedPair[], fmr: number): number {
  const impostors = distances(pairs, false);
  const genuine = distances(pairs, true);
  const threshold = impostors[Math.floor(fmr * impostors.length)] ?? Infinity;
  return genuine.length === 0
    ? 0
    : genuine.filter((distance) => distance < threshold).length / genuine.length;
}

function equalErrorRate(pairs: readonly ComparedPair[]): number {
  const impostors = distances(pairs, false);
  const genuine = distances(pairs, true);
  if (impostors.length === 0 || genuine.length === 0) return 0;
  let accepted = 0;
  for (const [index, distance] of genuine.entries()) {
    while (accepted < impostors.length && (impostors[accepted] ?? Infinity) <= distance) accepted += 1;
    const missed = 1 - (index + 1) / genuine.length;
    const fmr = accepted / impostors.length;
    if (fmr >= missed) return (fmr + missed) / 2;
  }
  return accepted / impostors.length;
}

function distances(pairs: readonly ComparedPair[], isSame: boolean): number[] {
  return pairs
    .filter((pair) => pair.isSame === isSame)
    .map(({ distance }) => distance)
    .sort((a, b) => a - b);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
