// A measured tail as a curve: which value goes with a rate, between the measured points and beyond them.
import { InvariantError } from '../../result/result.js';

/** One measured point: the value, and the rate at which it is reached or passed. */
export interface CurvePoint {
  readonly value: number;
  /** Above 0, at most 1. */
  readonly rate: number;
}

/** How many of the rarest points say how the tail goes on below them. */
const POINTS_FOR_SLOPE = 5;

/** The value at this rate: log-linear between points and beyond the rarest; the last value above the most frequent. */
export function valueAtRate(points: readonly CurvePoint[], rate: number): number {
  const [first, second] = points;
  const last = points.at(-1);
  if (first === undefined || second === undefined || last === undefined) {
    throw new InvariantError('a calibration knows at least two rates');
  }
  const logRate = Math.log(rate);
  if (rate <= first.rate) return first.value + (logRate - Math.log(first.rate)) / slopeAtStart(points);
  const at = points.findIndex((point) => point.rate >= rate);
  const to = points[at];
  const from = points[at - 1];
  return to === undefined || from === undefined ? last.value : between(from, to, logRate);
}

/** Nats per unit of value over the rarest points, by least squares. */
function slopeAtStart(known: readonly CurvePoint[]): number {
  const points = known.slice(0, POINTS_FOR_SLOPE);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = points.map(({ value }) => value);
  const y = points.map(({ rate }) => Math.log(rate));
  const [meanX, meanY] = [mean(x), mean(y)];
  const covariance = mean(x.map((value, at) => (value - meanX) * ((y[at] ?? 0) - meanY)));
  return covariance / mean(x.map((value) => (value - meanX) ** 2));
}

function between(from: CurvePoint, to: CurvePoint, logRate: number): number {
  const low = Math.log(from.rate);
  const high = Math.log(to.rate);
  return from.value + ((logRate - low) / (high - low)) * (to.value - from.value);
}
