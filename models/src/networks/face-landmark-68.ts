// face-api's full 68-point landmark network: four dense blocks of separable convolutions and one linear layer.

import { GraphBuilder, type Value } from '../onnx/graph.js';
import type { Weights } from '../source-weights.js';
import { separableConv, standardConv } from './layers.js';

const MEAN_RGB = [122.782, 117.001, 104.298] as const;
const BLOCKS = 4;

/** Input `image` [N,3,112,112] RGB 0..255; output `points` [N,136] as x0,y0,x1,y1,… in parts of the side. */
export function buildFaceLandmark68(weights: Weights): Uint8Array {
  const graph = new GraphBuilder('face_landmark_68');
  const image = graph.input('image', ['batch', 3, 112, 112]);
  // The first layer's zero border means "the mean colour", so the mean is subtracted before it, not folded into it.
  const mean = graph.constant(Float32Array.from(MEAN_RGB), [1, 3, 1, 1]);
  let x = graph.operator('Sub', [image, mean]);
  for (let block = 0; block < BLOCKS; block += 1) x = denseBlock(graph, x, weights, block);
  x = graph.operator('AveragePool', [x], { kernel_shape: [7, 7], strides: [2, 2] });
  const flat = graph.operator('Flatten', [x], { axis: 1 });
  const matrix = weights.get('fc/weights');
  const bias = weights.get('fc/bias');
  const points = graph.operator('Gemm', [
    flat,
    graph.constant(matrix.data, matrix.shape),
    graph.constant(bias.data, bias.shape),
  ]);
  graph.output('points', points, ['batch', 136]);
  return graph.encode();
}

function denseBlock(graph: GraphBuilder, x: Value, weights: Weights, block: number): Value {
  const prefix = `dense${String(block)}`;
  const separable = (input: Value, layer: number, stride: number): Value =>
    separableConv(graph, input, weights, {
      prefix: `${prefix}/conv${String(layer)}`,
      stride,
      padding: 'same',
    });
  const out1 = graph.relu(block === 0 ? firstConv(graph, x, weights) : separable(x, 0, 2));
  const out2 = separable(out1, 1, 1);
  const sum2 = graph.add(out1, out2);
  const out3 = separable(graph.relu(sum2), 2, 1);
  const sum3 = graph.add(sum2, out3);
  const out4 = separable(graph.relu(sum3), 3, 1);
  return graph.relu(graph.add(sum3, out4));
}

function firstConv(graph: GraphBuilder, x: Value, weights: Weights): Value {
  const filters = weights.get('dense0/conv0/filters');
  const scaled = { shape: filters.shape, data: filters.data.map((value) => value / 255) };
  return graph.conv(x, {
    ...standardConv(scaled, weights.get('dense0/conv0/bias')),
    stride: 2,
    padding: 'same',
  });
}
