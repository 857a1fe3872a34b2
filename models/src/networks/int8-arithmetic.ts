// 8-bit integers in ONNX's QDQ form: every activation is quantised to uint8 and written back to float32, which the
// runtime turns into integer kernels. Weights are symmetric int8, one scale per output channel.

import { convAttributes, type Convolution, type GraphBuilder, type Value } from '../onnx/graph.js';
import { AVERAGE_POOL, MAX_POOL, type Arithmetic } from './arithmetic.js';

/** Least and largest value of one activation. */
export type Range = readonly [low: number, high: number];

/** Processors without a fused multiply-add of bytes sum two products in 16 bits; larger weights would overflow there,
 *  and the same face would get other numbers on another tablet. */
const LARGEST_WEIGHT = 63;
const LARGEST_ACTIVATION = 255;
/** The picture is bytes already: nothing is lost. */
const PICTURE: Range = [0, LARGEST_ACTIVATION];

/** How a value is written as an integer. */
interface Quantised {
  readonly scale: number;
  readonly zero: number;
}

/** `ranges` holds one entry per activation of the network, in the order of the calls. */
export function int8Arithmetic(graph: GraphBuilder, ranges: readonly Range[]): Arithmetic {
  const scales = new Map<Value, number>();
  let calls = 0;

  const requantise = (x: Value, { scale, zero }: Quantised): Value => {
    const operands = [graph.constant(Float32Array.of(scale), []), graph.bytes('uint8', [zero], [])];
    const stored = graph.operator('QuantizeLinear', [x, ...operands]);
    const value = graph.operator('DequantizeLinear', [stored, ...operands]);
    scales.set(value, scale);
    return value;
  };
  const next = (x: Value): Value => {
    const range = ranges[calls] ?? PICTURE;
    calls += 1;
    return requantise(x, quantisationOf(range));
  };
  const conv = (x: Value, layer: Convolution): Value =>
    graph.operator('Conv', [x, ...quantisedLayer(graph, layer, scales.get(x) ?? 1)], convAttributes(layer));
  /** Pooling changes no range; what is pooled is never negative. */
  const pooled = (x: Value, type: string, attributes: typeof MAX_POOL | typeof AVERAGE_POOL): Value =>
    requantise(graph.operator(type, [x], attributes), { scale: scales.get(x) ?? 1, zero: 0 });
  return {
    start: (image) => requantise(image, quantisationOf(PICTURE)),
    conv: (x, layer) => next(conv(x, layer)),
    rectifiedConv: (x, layer) => next(graph.relu(conv(x, layer))),
    rectifiedSum: (a, b) => next(graph.relu(graph.add(a, b))),
    maxPool: (x) => pooled(x, 'MaxPool', MAX_POOL),
    averagePool: (x) => pooled(x, 'AveragePool', AVERAGE_POOL),
    mean: (x) => graph.operator('GlobalAveragePool', [x]),
  };
}

function quantisationOf([low, high]: Range): Quantised {
  const scale = (high - low) / LARGEST_ACTIVATION;
  return { scale, zero: Math.round(-low / scale) };
}

/** Weights and bias as constants in integers, each with the node that writes them back. */
function quantisedLayer(graph: GraphBuilder, layer: Convolution, inputScale: number): Value[] {
  const [outputs] = layer.shape;
  const perOutput = layer.weights.length / outputs;
  const scales = new Float32Array(outputs);
  const stored = new Int8Array(layer.weights.length);
  const bias = new Int32Array(outputs);
  for (let out = 0; out < outputs; out += 1) {
    const row = layer.weights.subarray(out * perOutput, (out + 1) * perOutput);
    const largest = row.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const scale = Math.fround(largest > 0 ? largest / LARGEST_WEIGHT : 1);
    scales[out] = scale;
    row.forEach((value, at) => (stored[out * perOutput + at] = Math.round(value / scale)));
    bias[out] = Math.round((layer.bias?.[out] ?? 0) / (scale * inputScale));
  }
  const zeros = Array.from<number>({ length: outputs }).fill(0);
  const perChannel = { axis: 0 };
  const weightValue = graph.operator(
    'DequantizeLinear',
    [
      graph.bytes('int8', stored, layer.shape),
      graph.constant(scales, [outputs]),
      graph.bytes('int8', zeros, [outputs]),
    ],
    perChannel,
  );
  const biasScales = scales.map((scale) => scale * inputScale);
  const biasValue = graph.operator(
    'DequantizeLinear',
    [graph.words(bias, [outputs]), graph.constant(biasScales, [outputs])],
    perChannel,
  );
  return [weightValue, biasValue];
}
