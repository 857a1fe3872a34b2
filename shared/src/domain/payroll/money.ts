// Money is integer paise. Nothing is ever lost to rounding: a whole that is divided is divided into parts that sum to it.

/**
 * Divides `totalPaise` (an integer, also negative) in proportion to `weights` (not negative, not all 0). Each part is an
 * integer, the parts sum to the total, and equal weights differ by one paisa at most; the largest remainders get the
 * paise that are left, earlier ones first.
 */
export function allocate(totalPaise: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (!Number.isSafeInteger(totalPaise) || !(sum > 0) || weights.some((weight) => weight < 0)) return [];
  const sign = totalPaise < 0 ? -1 : 1;
  const exact = weights.map((weight) => (Math.abs(totalPaise) * weight) / sum);
  const parts = exact.map(Math.floor);
  let leftPaise = Math.abs(totalPaise) - parts.reduce((total, part) => total + part, 0);
  const byRemainder = exact
    .map((value, at) => ({ at, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.at - b.at);
  for (const { at } of byRemainder) {
    if (leftPaise <= 0) break;
    parts[at] = (parts[at] ?? 0) + 1;
    leftPaise -= 1;
  }
  return parts.map((part) => (part === 0 ? 0 : sign * part));
}

/**
 * `amountPaise` times `numerator` / `denominator` (integers, denominator positive), rounded half away from zero; exact
 * for any size that is a safe integer.
 */
export function shareOf(amountPaise: number, numerator: number, denominator: number): number {
  const product = BigInt(amountPaise) * BigInt(numerator);
  const divisor = BigInt(denominator);
  const size = product < 0n ? -product : product;
  const rounded = (2n * size + divisor) / (2n * divisor);
  return Number(product < 0n ? -rounded : rounded);
}

/** Pay for overtime: minutes at a multiple (in hundredths: 200 is twice) of an hourly wage. */
export const overtimePaise = (hourlyPaise: number, minutes: number, rateHundredths: number): number =>
  shareOf(hourlyPaise, minutes * rateHundredths, 60 * 100);
