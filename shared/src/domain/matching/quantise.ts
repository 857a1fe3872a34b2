// An embedding as 128 eight-bit codes with a scale, and how far the codes can be from the truth. The bound is what makes
// a search over codes exact: a row may be skipped only when not even its upper bound could win.
import { EMBEDDING_DIMENSIONS } from './unit-embedding.js';

const LARGEST_CODE = 127;
/** Covers the rounding of the arithmetic itself, which the bound does not model. */
const ARITHMETIC_SLACK = 1e-6;

export interface Quantised {
  /** x ≈ scale · code */
  readonly scale: number;
  /** ‖x − scale · codes‖ */
  readonly residual: number;
  /** ‖scale · codes‖ */
  readonly length: number;
}

/** Writes the codes of `embedding` (unit length) to `codes` from `at` on. */
export function quantise(embedding: Float32Array, codes: Int8Array, at: number): Quantised {
  let largest = 0;
  for (const value of embedding) largest = Math.max(largest, Math.abs(value));
  const scale = largest / LARGEST_CODE;
  let residual = 0;
  let length = 0;
  for (let column = 0; column < EMBEDDING_DIMENSIONS; column += 1) {
    const value = embedding[column] ?? 0;
    const code = Math.round(value / scale);
    codes[at + column] = code;
    residual += (value - scale * code) ** 2;
    length += (scale * code) ** 2;
  }
  return { scale, residual: Math.sqrt(residual), length: Math.sqrt(length) };
}

/**
 * The true dot product of the probe with a unit row never lies above
 * `probe.scale · row.scale · integerDot + slack.perResidual · row.residual + slack.constant`.
 * With x = x̂ + r and y = ŷ + s: x·y − x̂·ŷ = x̂·s + r·y ≤ ‖x̂‖‖s‖ + ‖r‖‖y‖ (Cauchy–Schwarz), and ‖y‖ = 1.
 */
export function slackOf(probe: Quantised): { perResidual: number; constant: number } {
  return { perResidual: probe.length, constant: probe.residual + ARITHMETIC_SLACK };
}
