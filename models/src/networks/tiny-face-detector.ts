// face-api's TinyFaceDetector: a tiny YOLO v2 of separable convolutions, 32 pixels to the cell, five anchors.
// The graph ends at the raw 25 channels; turning them into boxes is the engine's work.

import { GraphBuilder, type Value } from '../onnx/graph.js';
import type { Weights } from '../source-weights.js';
import { foldNormalisation, separableConv, standardConv } from './layers.js';

const MEAN_RGB = [117.001, 114.697, 97.404] as const;
const SEPARABLE_LAYERS = 5;
const LEAK = 0.10000000149011612;

/** Input `image` [1,3,H,W] RGB 0..255, sides multiples of 32; output `cells` [1,25,H/32,W/32], unsquashed. */
export function buildTinyFaceDetector(weights: Weights): Uint8Array {
  const graph = new GraphBuilder('tiny_face_detector');
  const image = graph.input('image', [1, 3, 'height', 'width']);
  const first = standardConv(weights.get('conv0/filters'), weights.get('conv0/bias'));
  let x = leaky(graph, graph.conv(image, foldNormalisation(first, { mean: MEAN_RGB, divisor: 255 })));
  x = pool(graph, x, 2);
  for (let layer = 1; layer <= SEPARABLE_LAYERS; layer += 1) {
    x = leaky(
      graph,
      separableConv(graph, x, weights, { prefix: `conv${String(layer)}`, stride: 1, padding: 1 }),
    );
    x = pool(graph, x, layer === SEPARABLE_LAYERS ? 1 : 2);
  }
  const last = standardConv(weights.get('conv8/filters'), weights.get('conv8/bias'));
  graph.output('cells', graph.conv(x, last), [1, 25, 'rows', 'columns']);
  return graph.encode();
}

function leaky(graph: GraphBuilder, x: Value): Value {
  return graph.operator('LeakyRelu', [x], { alpha: { float: LEAK } });
}

function pool(graph: GraphBuilder, x: Value, stride: number): Value {
  return graph.operator('MaxPool', [x], {
    kernel_shape: [2, 2],
    strides: [stride, stride],
    auto_pad: 'SAME_UPPER',
  });
}
