// How often two different people come out as near as a given distance, for the embeddings that the tablets make.
// Measured by `hazri face calibrate` on the LFW development subset and kept with its evidence in models/manifest.json,
// section "matching"; a test compares the two. Never used for embeddings of another model id.

/** One point of the tail: the share of pairs of different people that lie nearer than `distance`. */
export interface TailPoint {
  /** Euclidean distance between embeddings of unit length, 0 to 2. */
  readonly distance: number;
  /** False match rate, 0 to 1. */
  readonly fmr: number;
}

/** The impostor tail of one embedding pipeline, ascending by distance. */
export interface Calibration {
  readonly modelId: string;
  /** Pairs of different people that the rates rest on; rates below a few divided by this are not known. */
  readonly pairs: number;
  readonly people: number;
  readonly tail: readonly TailPoint[];
}

export const calibration: Calibration = {
  modelId: 'resnet29-b413e420-aligned1',
  pairs: 2020823,
  people: 960,
  tail: [
    { distance: 0.27, fmr: 2.969e-6 },
    { distance: 0.28, fmr: 3.464e-6 },
    { distance: 0.29, fmr: 3.959e-6 },
    { distance: 0.3, fmr: 1.089e-5 },
    { distance: 0.31, fmr: 2.227e-5 },
    { distance: 0.32, fmr: 3.86e-5 },
    { distance: 0.33, fmr: 7.571e-5 },
    { distance: 0.34, fmr: 0.0001445 },
    { distance: 0.35, fmr: 0.0002741 },
    { distance: 0.36, fmr: 0.0005038 },
    { distance: 0.37, fmr: 0.0009189 },
    { distance: 0.38, fmr: 0.001633 },
    { distance: 0.39, fmr: 0.002812 },
    { distance: 0.4, fmr: 0.004654 },
    { distance: 0.41, fmr: 0.007589 },
    { distance: 0.42, fmr: 0.01219 },
    { distance: 0.43, fmr: 0.01892 },
    { distance: 0.44, fmr: 0.02853 },
    { distance: 0.45, fmr: 0.04176 },
    { distance: 0.46, fmr: 0.05931 },
    { distance: 0.47, fmr: 0.08197 },
    { distance: 0.48, fmr: 0.1103 },
    { distance: 0.49, fmr: 0.1445 },
    { distance: 0.5, fmr: 0.1846 },
  ],
};
