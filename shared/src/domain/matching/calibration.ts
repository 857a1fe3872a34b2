// How often two different people come as near as a distance, per recognition model, measured on impostor pairs.
// Distances are those of unit-length embeddings. A change of network, weights or preprocessing needs a new table.

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

/** Raw face-api distances on LFW, brought to unit length by their mean ratio, until the aligned pipeline is measured. */
export const IMPOSTOR_TAILS: readonly ImpostorTail[] = [
  {
    modelId: 'face-api-recognition-aligned-1',
    pairs: 15_400_000,
    people: 5749,
    points: [
      { distance: 0.28, falseMatchRate: 4.0e-6 },
      { distance: 0.315, falseMatchRate: 3.8e-5 },
      { distance: 0.34, falseMatchRate: 1.0e-4 },
      { distance: 0.35, falseMatchRate: 2.5e-4 },
      { distance: 0.385, falseMatchRate: 1.3e-3 },
      { distance: 0.42, falseMatchRate: 6.2e-3 },
    ],
  },
];

/** The table of a model; undefined means that its embeddings must not be matched. */
export function impostorTailOf(modelId: string): ImpostorTail | undefined {
  return IMPOSTOR_TAILS.find((tail) => tail.modelId === modelId);
}
