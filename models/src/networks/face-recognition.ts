// face-api's FaceRecognitionNet: dlib's 29-layer residual network that turns a 150×150 face into 128 numbers.
// Scales and offsets of every layer are folded into its convolution.

import { GraphBuilder, type Convolution, type Value } from '../onnx/graph.js';
import type { Weights } from '../source-weights.js';
import { foldNormalisation, standardConv } from './layers.js';

const MEAN_RGB = [122.782, 117.001, 104.298] as const;

type Block =
  | { readonly name: string; readonly kind: 'same' }
  | { readonly name: string; readonly kind: 'down'; readonly widen: number; readonly shrinksMore: boolean };

const same = (name: string): Block => ({ name, kind: 'same' });

/** In order. `widen` is how many zero channels the shortcut gains; `shrinksMore` marks blocks whose main path
 *  ends one row and one column smaller than the shortcut, so that a zero row and column are appended. */
const BLOCKS: readonly Block[] = [
  same('conv32_1'),
  same('conv32_2'),
  same('conv32_3'),
  { name: 'conv64_down', kind: 'down', widen: 32, shrinksMore: false },
  same('conv64_1'),
  same('conv64_2'),
  same('conv64_3'),
  { name: 'conv128_down', kind: 'down', widen: 64, shrinksMore: false },
  same('conv128_1'),
  same('conv128_2'),
  { name: 'conv256_down', kind: 'down', widen: 128, shrinksMore: true },
  same('conv256_1'),
  same('conv256_2'),
  { name: 'conv256_down_out', kind: 'down', widen: 0, shrinksMore: true },
];

/** Input `chip` [N,3,150,150] RGB 0..255; output `embedding` [N,128], not of unit length. */
export function buildFaceRecognition(weights: Weights): Uint8Array {
  const graph = new GraphBuilder('face_recognition');
  const chip = graph.input('chip', ['batch', 3, 150, 150]);
  const first = foldNormalisation(scaledConv(weights, 'conv32_down'), { mean: MEAN_RGB, divisor: 255 });
  let x = graph.relu(graph.conv(chip, { ...first, stride: 2 }));
  x = graph.operator('MaxPool', [x], { kernel_shape: [3, 3], strides: [2, 2] });
  for (const block of BLOCKS) x = residual(graph, x, weights, block);
  x = graph.operator('GlobalAveragePool', [x]);
  x = graph.operator('Flatten', [x], { axis: 1 });
  const matrix = weights.get('fc');
  x = graph.operator('MatMul', [x, graph.constant(matrix.data, matrix.shape)]);
  graph.output('embedding', x, ['batch', 128]);
  return graph.encode();
}

function residual(graph: GraphBuilder, x: Value, weights: Weights, block: Block): Value {
  const conv1 = scaledConv(weights, `${block.name}/conv1`);
  const conv2 = scaledConv(weights, `${block.name}/conv2`);
  if (block.kind === 'same') {
    const hidden = graph.relu(graph.conv(x, { ...conv1, padding: 1 }));
    return graph.relu(graph.add(graph.conv(hidden, { ...conv2, padding: 1 }), x));
  }
  const hidden = graph.relu(graph.conv(x, { ...conv1, stride: 2 }));
  let main = graph.conv(hidden, { ...conv2, padding: 1 });
  if (block.shrinksMore) main = pad(graph, main, [0, 0, 0, 0, 0, 0, 1, 1]);
  let shortcut = graph.operator('AveragePool', [x], { kernel_shape: [2, 2], strides: [2, 2] });
  if (block.widen > 0) shortcut = pad(graph, shortcut, [0, 0, 0, 0, 0, block.widen, 0, 0]);
  return graph.relu(graph.add(main, shortcut));
}

function pad(graph: GraphBuilder, x: Value, amounts: readonly number[]): Value {
  return graph.operator('Pad', [x, graph.integers(amounts)]);
}

function scaledConv(weights: Weights, prefix: string): Convolution {
  return standardConv(weights.get(`${prefix}/conv/filters`), weights.get(`${prefix}/conv/bias`), {
    scale: weights.get(`${prefix}/scale/weights`).data,
    offset: weights.get(`${prefix}/scale/biases`).data,
  });
}
