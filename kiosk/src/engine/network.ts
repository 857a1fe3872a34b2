// A neural network as the engine sees it: numbers in, numbers out. What runs it is injected.

/** One network with one input. Implementations must not keep `input` after the promise settles. */
export interface Network {
  /** `input` is row-major float32 of shape `dims`; the answer holds one array per output, in declared order. */
  run(input: Float32Array, dims: readonly number[]): Promise<readonly Float32Array[]>;
  /** Waits for the runs that are under way. */
  close(): Promise<void>;
}
