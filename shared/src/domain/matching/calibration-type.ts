// What is known of one embedding pipeline: how near strangers come, and what a likeness must be relieved of so that it
// can be compared between people.

/** One point of the one-to-one tail: the share of comparisons of different people that lie nearer than `distance`. */
export interface TailPoint {
  /** Euclidean distance between embeddings of unit length, 0 to 2. */
  readonly distance: number;
  /** False match rate, 0 to 1. */
  readonly fmr: number;
}

/** How high strangers score in galleries of one size. */
export interface ScoreTail {
  /** People in the gallery. */
  readonly people: number;
  /** Attempts by strangers that the rates rest on. */
  readonly attempts: number;
  /** Rarest first: the share of attempts, per person of the gallery, that reach `score`. */
  readonly points: readonly { readonly score: number; readonly rate: number }[];
}

/** What is known of one embedding pipeline. */
export interface Calibration {
  readonly modelId: string;
  readonly people: number;
  /** Comparisons of a fused template with another person's picture that `tail` rests on. */
  readonly pairs: number;
  /** Ascending by distance. */
  readonly tail: readonly TailPoint[];
  /** How crowded it is around an embedding, as a direction: 128 numbers; its dot product is taken off a likeness. */
  readonly crowding: readonly number[];
  /** How much nearer to strangers the mean of one, two, three and more templates lies; taken off a likeness. */
  readonly fused: readonly number[];
  /** The runner-up's usual likeness in a gallery of 50. */
  readonly usualRival: number;
  /** Ascending by gallery size, beginning with a gallery of one. */
  readonly tails: readonly ScoreTail[];
}
