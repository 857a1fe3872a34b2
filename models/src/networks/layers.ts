// The few layer shapes that face-api's networks are made of, with its tensors turned into ONNX order.
// Constant factors around a convolution are folded into it here and nowhere else.

import type { Convolution, GraphBuilder, Value } from '../onnx/graph.js';
import type { Weight, Weights } from '../source-weights.js';

type FourDimensions = readonly [number, number, number, number];

/** What to multiply each output channel by and add to it after the convolution. */
export interface Folding {
  readonly scale?: ArrayLike<number>;
  readonly offset?: ArrayLike<number>;
}

/** What happens to the input first: `(x − mean) / divisor`; only valid where no zero border is added. */
export interface InputNormalisation {
  readonly mean: readonly [number, number, number];
  readonly divisor: number;
}

/** Turns `[height, width, in, out]` into a convolution `[out, in, height, width]` with its factors folded in. */
export function standardConv(filters: Weight, bias: Weight | undefined, folding: Folding = {}): Convolution {
  const [height, width, inputs, outputs] = fourDimensions(filters);
  const weights = new Float32Array(filters.data.length);
  const folded = new Float32Array(outputs);
  for (let out = 0; out < outputs; out += 1) {
    const scale = folding.scale?.[out] ?? 1;
    folded[out] = (bias?.data[out] ?? 0) * scale + (folding.offset?.[out] ?? 0);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        for (let input = 0; input < inputs; input += 1) {
          const from = ((y * width + x) * inputs + input) * outputs + out;
          const to = ((out * inputs + input) * height + y) * width + x;
          weights[to] = (filters.data[from] ?? 0) * scale;
        }
      }
    }
  }
  return { weights, shape: [outputs, inputs, height, width], bias: folded };
}

/** Turns `[height, width, channels, 1]` into a grouped convolution `[channels, 1, height, width]`. */
export function depthwiseConv(filters: Weight, folding: Folding = {}): Convolution {
  const [height, width, channels] = fourDimensions(filters);
  const weights = new Float32Array(filters.data.length);
  const taps = height * width;
  for (let channel = 0; channel < channels; channel += 1) {
    const scale = folding.scale?.[channel] ?? 1;
    for (let tap = 0; tap < taps; tap += 1) {
      weights[channel * taps + tap] = (filters.data[tap * channels + channel] ?? 0) * scale;
    }
  }
  const shape: FourDimensions = [channels, 1, height, width];
  const layer = { weights, shape, groups: channels };
  return folding.offset ? { ...layer, bias: Float32Array.from(folding.offset) } : layer;
}

/** Moves an input normalisation into the first convolution. */
export function foldNormalisation(layer: Convolution, normalisation: InputNormalisation): Convolution {
  const [outputs, inputs, height, width] = layer.shape;
  const taps = height * width;
  const weights = new Float32Array(layer.weights.length);
  const bias = Float32Array.from(layer.bias ?? new Float32Array(outputs));
  for (let out = 0; out < outputs; out += 1) {
    let shift = 0;
    for (let input = 0; input < inputs; input += 1) {
      for (let tap = 0; tap < taps; tap += 1) {
        const at = (out * inputs + input) * taps + tap;
        const value = (layer.weights[at] ?? 0) / normalisation.divisor;
        weights[at] = value;
        shift += value * (normalisation.mean[input] ?? 0);
      }
    }
    bias[out] = (bias[out] ?? 0) - shift;
  }
  return { ...layer, weights, bias };
}

/** A depthwise and a pointwise convolution with nothing between them, as face-api's separable layers are. */
export function separableConv(
  graph: GraphBuilder,
  x: Value,
  weights: Weights,
  layer: { readonly prefix: string; readonly stride: number; readonly padding: number | 'same' },
): Value {
  const depthwise = depthwiseConv(weights.get(`${layer.prefix}/depthwise_filter`));
  const pointwise = standardConv(
    weights.get(`${layer.prefix}/pointwise_filter`),
    weights.get(`${layer.prefix}/bias`),
  );
  const filtered = graph.conv(x, { ...depthwise, stride: layer.stride, padding: layer.padding });
  return graph.conv(filtered, pointwise);
}

function fourDimensions(weight: Weight): FourDimensions {
  const [a = 0, b = 0, c = 0, d = 0] = weight.shape;
  return [a, b, c, d];
}
