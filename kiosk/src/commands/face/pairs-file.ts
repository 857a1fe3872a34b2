// Reads LFW's pairs format: a first line "folds<TAB>pairs per fold and kind", then per pair either
// "name<TAB>i<TAB>j" (same person) or "name<TAB>i<TAB>other<TAB>j" (different people).

import { UserError } from '@hazri/shared/result';

/** Two pictures and whether they show one person. */
interface Pair {
  readonly first: string;
  readonly second: string;
  readonly isSame: boolean;
  /** Counted from 0. */
  readonly fold: number;
}

export interface PairsFile {
  readonly folds: number;
  readonly pairs: readonly Pair[];
}

/** Errors: PAIRS_FORMAT. */
export function parsePairs(text: string): PairsFile {
  const [header = '', ...lines] = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const numbers = header.trim().split(/\s+/).map(Number);
  const folds = numbers.length > 1 ? numbers[0] : 1;
  const perKind = numbers.at(-1);
  if (!isCount(folds) || !isCount(perKind)) throw malformed(1);
  if (lines.length !== folds * perKind * 2) {
    throw new UserError('PAIRS_FORMAT', 'The number of pairs is not the one that the first line promises.');
  }
  const pairs = lines.map((line, index) => parseLine(line, index + 2, Math.floor(index / (2 * perKind))));
  return { folds, pairs };
}

function parseLine(line: string, number: number, fold: number): Pair {
  const parts = line.trim().split(/\t+|\s+/);
  const [name = '', first, third = '', fourth] = parts;
  if (parts.length === 3) {
    return { first: picture(name, first, number), second: picture(name, third, number), isSame: true, fold };
  }
  if (parts.length === 4) {
    return {
      first: picture(name, first, number),
      second: picture(third, fourth, number),
      isSame: false,
      fold,
    };
  }
  throw malformed(number);
}

function picture(name: string, index: string | undefined, line: number): string {
  if (name === '' || name.includes('/') || index === undefined || !/^\d+$/.test(index)) throw malformed(line);
  return `${name}/${name}_${index.padStart(4, '0')}.jpg`;
}

function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value > 0;
}

function malformed(line: number): UserError {
  return new UserError('PAIRS_FORMAT', `Line ${String(line)} is not in the pairs format.`);
}
