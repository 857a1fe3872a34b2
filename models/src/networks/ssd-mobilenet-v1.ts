// face-api's SSD on MobileNet v1, the careful detector. Box decoding against the stored anchors is in the graph;
// suppression of overlapping boxes is the engine's work.

import { GraphBuilder, type Value } from '../onnx/graph.js';
import type { Weights } from '../source-weights.js';
import { depthwiseConv, standardConv } from './layers.js';

const EPSILON = 0.0010000000474974513;
const HALVING_LAYERS: readonly number[] = [2, 4, 6, 12];
const PAIRS = 13;
const TAP_LAYER = 11;
const ANCHORS = 5118;

/** Input `image` [1,3,512,512] RGB 0..255; outputs `boxes` [5118,4] as top, left, bottom, right in parts of the
 *  side, and `scores` [5118] from 0 to 1. */
export function buildSsdMobilenetV1(weights: Weights): Uint8Array {
  const graph = new GraphBuilder('ssd_mobilenet_v1');
  const image = graph.input('image', [1, 3, 512, 512]);
  const half = graph.constant(Float32Array.of(127.5), [1]);
  const one = graph.constant(Float32Array.of(1), [1]);
  const normalised = graph.operator('Sub', [graph.operator('Div', [image, half]), one]);
  const features = mobilenet(graph, normalised, weights);
  const { encodings, classes } = predictions(graph, features, weights);
  decode(graph, encodings, classes, weights);
  return graph.encode();
}

function clipped(graph: GraphBuilder, x: Value): Value {
  const [low, high] = [graph.constant(Float32Array.of(0), []), graph.constant(Float32Array.of(6), [])];
  return graph.operator('Clip', [x, low, high]);
}

/** Which tensors a layer has, and its step. */
interface Layer {
  readonly weights: Weights;
  readonly prefix: string;
  readonly stride: number;
}

function pointwise(graph: GraphBuilder, x: Value, { weights, prefix, stride }: Layer): Value {
  const layer = standardConv(
    weights.get(`${prefix}/weights`),
    weights.get(`${prefix}/convolution_bn_offset`),
  );
  return clipped(graph, graph.conv(x, { ...layer, stride, padding: 'same' }));
}

function depthwise(graph: GraphBuilder, x: Value, { weights, prefix, stride }: Layer): Value {
  const normalisation = (name: string): Float32Array => weights.get(`${prefix}/BatchNorm/${name}`).data;
  const [gamma, beta] = [normalisation('gamma'), normalisation('beta')];
  const [mean, variance] = [normalisation('moving_mean'), normalisation('moving_variance')];
  const scale = gamma.map((value, channel) => value / Math.sqrt((variance[channel] ?? 0) + EPSILON));
  const offset = beta.map((value, channel) => value - (mean[channel] ?? 0) * (scale[channel] ?? 0));
  const layer = depthwiseConv(weights.get(`${prefix}/depthwise_weights`), { scale, offset });
  return clipped(graph, graph.conv(x, { ...layer, stride, padding: 'same' }));
}

function mobilenet(graph: GraphBuilder, image: Value, weights: Weights): { tap: Value; last: Value } {
  let x = pointwise(graph, image, { weights, prefix: 'MobilenetV1/Conv2d_0_pointwise', stride: 2 });
  let tap = x;
  for (let layer = 1; layer <= PAIRS; layer += 1) {
    const prefix = `MobilenetV1/Conv2d_${String(layer)}`;
    const stride = HALVING_LAYERS.includes(layer) ? 2 : 1;
    x = depthwise(graph, x, { weights, prefix: `${prefix}_depthwise`, stride });
    x = pointwise(graph, x, { weights, prefix: `${prefix}_pointwise`, stride: 1 });
    if (layer === TAP_LAYER) tap = x;
  }
  return { tap, last: x };
}

function predictions(
  graph: GraphBuilder,
  features: { tap: Value; last: Value },
  weights: Weights,
): { encodings: Value; classes: Value } {
  const levels = [features.tap, features.last];
  let x = features.last;
  for (let layer = 0; layer < 8; layer += 1) {
    const stride = layer % 2 === 1 ? 2 : 1;
    x = pointwise(graph, x, { weights, prefix: `Prediction/Conv2d_${String(layer)}_pointwise`, stride });
    if (stride === 2) levels.push(x);
  }
  const head = (level: Value, index: number, kind: string, size: number): Value => {
    const prefix = `Prediction/BoxPredictor_${String(index)}/${kind}`;
    const layer = standardConv(weights.get(`${prefix}/weights`), weights.get(`${prefix}/biases`));
    const rows = graph.operator('Transpose', [graph.conv(level, layer)], { perm: [0, 2, 3, 1] });
    return graph.operator('Reshape', [rows, graph.integers([-1, size])]);
  };
  const join = (kind: string, size: number): Value =>
    graph.operator(
      'Concat',
      levels.map((level, index) => head(level, index, kind, size)),
      { axis: 0 },
    );
  return { encodings: join('BoxEncodingPredictor', 4), classes: join('ClassPredictor', 3) };
}

/** Encoding: dy/10, dx/10 in anchor sizes and ln(height)/5, ln(width)/5; anchors are top, left, bottom, right. */
function decode(graph: GraphBuilder, encodings: Value, classes: Value, weights: Weights): void {
  const anchors = weights.get('Output/extra_dim').data;
  const sizes = new Float32Array(ANCHORS * 2);
  const centres = new Float32Array(ANCHORS * 2);
  for (let index = 0; index < ANCHORS * 2; index += 1) {
    const at = (index >> 1) * 4 + (index & 1);
    sizes[index] = (anchors[at + 2] ?? 0) - (anchors[at] ?? 0);
    centres[index] = (anchors[at] ?? 0) + (sizes[index] ?? 0) / 2;
  }
  const size = graph.constant(sizes, [ANCHORS, 2]);
  const scalar = (value: number): Value => graph.constant(Float32Array.of(value), [1]);
  const split = graph.operators('Split', [encodings, graph.integers([2, 2])], 2, { axis: 1 });
  const [shift = '', growth = ''] = split;
  const moved = graph.operator('Mul', [graph.operator('Div', [shift, scalar(10)]), size]);
  const centre = graph.add(moved, graph.constant(centres, [ANCHORS, 2]));
  const grown = graph.operator('Exp', [graph.operator('Div', [growth, scalar(5)])]);
  const reach = graph.operator('Div', [graph.operator('Mul', [grown, size]), scalar(2)]);
  const corners = [graph.operator('Sub', [centre, reach]), graph.add(centre, reach)];
  graph.output('boxes', graph.operator('Concat', corners, { axis: 1 }), [ANCHORS, 4]);
  const face = graph.operator('Gather', [classes, graph.integers([1])], { axis: 1 });
  const flat = graph.operator('Reshape', [graph.operator('Sigmoid', [face]), graph.integers([-1])]);
  graph.output('scores', flat, [ANCHORS]);
}
