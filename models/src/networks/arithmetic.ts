// What a network is made of, whatever it calculates in: a pack is one arithmetic applied to one description.

import type { Convolution, Value } from '../onnx/graph.js';

/** Operators over activations; each call adds nodes to one graph, in a fixed order. */
export interface Arithmetic {
  /** Takes the picture, float32 0..255, into the arithmetic. */
  start(image: Value): Value;
  conv(x: Value, layer: Convolution): Value;
  /** A convolution whose negative results become zero. */
  rectifiedConv(x: Value, layer: Convolution): Value;
  /** A sum whose negative results become zero. */
  rectifiedSum(a: Value, b: Value): Value;
  /** Largest of 3×3, every second row and column. */
  maxPool(x: Value): Value;
  /** Mean of 2×2, every second row and column. */
  averagePool(x: Value): Value;
  /** Mean of each channel, as float32 again. */
  mean(x: Value): Value;
}

export const MAX_POOL = { kernel_shape: [3, 3], strides: [2, 2] } as const;
export const AVERAGE_POOL = { kernel_shape: [2, 2], strides: [2, 2] } as const;
