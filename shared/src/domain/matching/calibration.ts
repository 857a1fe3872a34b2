// How often two different people come as near as a distance, per recognition model, measured on impostor pairs.
// Distances are those of unit-length embeddings. A change of network, weights or preprocessing needs a new table.
// Made by `hazri face calibrate` on the LFW development subset; the evidence is in models/manifest.json, "matching".

export interface TailPoint {
  /** Euclidean distance of unit vectors. */
  readonly distance: number;
  /** Share of impostor pairs at or below this distance. */
  readonly falseMatchRate: number;
}

export interface ImpostorTail {
  readonly modelId: string;
  /** How many impostor pairs the table rests on, and of how many people. */
  readonly pairs: number;
  readonly people: number;
  /** Rising distances, rising rates; at least two. */
  readonly points: readonly TailPoint[];
}

/** Not measured: fewer than a handful of pairs came so near. Flatter than the measured slope, because look-alikes and
 *  relatives make the far tail heavier than strangers do. */
const BEYOND_MEASUREMENT: TailPoint = { distance: 0.2, falseMatchRate: 1e-7 };

/** A fused template (mean of two or three pictures) against another person's single picture. */
export const IMPOSTOR_TAILS: readonly ImpostorTail[] = [
  {
    modelId: 'resnet29-b413e420-aligned1',
    pairs: 924008,
    people: 960,
    points: [
      BEYOND_MEASUREMENT,
      { distance: 0.3, falseMatchRate: 2.706e-5 },
      { distance: 0.31, falseMatchRate: 6.277e-5 },
      { distance: 0.32, falseMatchRate: 0.0001136 },
      { distance: 0.33, falseMatchRate: 0.0002348 },
      { distance: 0.34, falseMatchRate: 0.0004307 },
      { distance: 0.35, falseMatchRate: 0.0008322 },
      { distance: 0.36, falseMatchRate: 0.00155 },
      { distance: 0.37, falseMatchRate: 0.00272 },
      { distance: 0.38, falseMatchRate: 0.004551 },
      { distance: 0.39, falseMatchRate: 0.007476 },
      { distance: 0.4, falseMatchRate: 0.01195 },
      { distance: 0.41, falseMatchRate: 0.01844 },
      { distance: 0.42, falseMatchRate: 0.02799 },
      { distance: 0.43, falseMatchRate: 0.0409 },
      { distance: 0.44, falseMatchRate: 0.05829 },
      { distance: 0.45, falseMatchRate: 0.08041 },
      { distance: 0.46, falseMatchRate: 0.1079 },
      { distance: 0.47, falseMatchRate: 0.1409 },
      { distance: 0.48, falseMatchRate: 0.1793 },
    ],
  },
];

/** The table of a model; undefined means that its embeddings must not be matched. */
export function impostorTailOf(modelId: string): ImpostorTail | undefined {
  return IMPOSTOR_TAILS.find((tail) => tail.modelId === modelId);
}
