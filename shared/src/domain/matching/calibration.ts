// How often two different people come out as near as a given distance, for the embeddings that the tablets make.
// Measured by `hazri face calibrate` on the LFW development subset and kept with its evidence in models/manifest.json,
// section "matching". Never used for embeddings of another model id.

/** One point of the tail: the share of comparisons of different people that lie nearer than `distance`. */
export interface TailPoint {
  /** Euclidean distance between embeddings of unit length, 0 to 2. */
  readonly distance: number;
  /** False match rate, 0 to 1. */
  readonly fmr: number;
}

/** The impostor tail of one embedding pipeline, ascending by distance. */
export interface Calibration {
  readonly modelId: string;
  /** Comparisons of different people that the rates rest on. */
  readonly pairs: number;
  readonly people: number;
  readonly tail: readonly TailPoint[];
}

/** Not measured: fewer than a handful of pairs came so near. Flatter than the measured slope, because look-alikes and
 *  relatives make the far tail heavier than strangers do. */
const BEYOND_MEASUREMENT: TailPoint = { distance: 0.2, fmr: 1e-7 };

/** A fused template (mean of two or three pictures) against another person's single picture. */
export const calibration: Calibration = {
  modelId: 'resnet29-b413e420-aligned1',
  pairs: 924008,
  people: 960,
  tail: [
    BEYOND_MEASUREMENT,
    { distance: 0.3, fmr: 2.706e-5 },
    { distance: 0.31, fmr: 6.277e-5 },
    { distance: 0.32, fmr: 0.0001136 },
    { distance: 0.33, fmr: 0.0002348 },
    { distance: 0.34, fmr: 0.0004307 },
    { distance: 0.35, fmr: 0.0008322 },
    { distance: 0.36, fmr: 0.00155 },
    { distance: 0.37, fmr: 0.00272 },
    { distance: 0.38, fmr: 0.004551 },
    { distance: 0.39, fmr: 0.007476 },
    { distance: 0.4, fmr: 0.01195 },
    { distance: 0.41, fmr: 0.01844 },
    { distance: 0.42, fmr: 0.02799 },
    { distance: 0.43, fmr: 0.0409 },
    { distance: 0.44, fmr: 0.05829 },
    { distance: 0.45, fmr: 0.08041 },
    { distance: 0.46, fmr: 0.1079 },
    { distance: 0.47, fmr: 0.1409 },
    { distance: 0.48, fmr: 0.1793 },
  ],
};
