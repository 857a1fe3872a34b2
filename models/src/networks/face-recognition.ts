// face-api's FaceRecognitionNet: dlib's 29-layer residual network that turns a 150×150 face into 128 numbers.
// Scales and offsets of every layer are folded into its convolution. Appending zeros is written as a convolution too:
// a Pad makes the runtime leave its blocked layout and come back at every block, and never fuse the additions.
// The arithmetic comes in from outside, so that every pack is the same network.

import { GraphBuilder, type Convolution, type Value } from '../onnx/graph.js';
import type { Weights } from '../source-weights.js';
import type { Arithmetic } from './arithmetic.js';
import { floatArithmetic } from './float-arithmetic.js';
import { int8Arithmetic } from './int8-arithmetic.js';
import { foldNormalisation, standardConv } from './layers.js';
import { RECOGNITION_RANGES } from './recognition-ranges.js';

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
  return describeNetwork(graph, weights, floatArithmetic(graph));
}

/** The same network in 8-bit integers: a quarter of the size. Same input and output as `buildFaceRecognition`. */
export function buildFaceRecognitionInt8(weights: Weights): Uint8Array {
  const graph = new GraphBuilder('face_recognition_int8');
  return describeNetwork(graph, weights, int8Arithmetic(graph, RECOGNITION_RANGES));
}

function describeNetwork(graph: GraphBuilder, weights: Weights, arithmetic: Arithmetic): Uint8Array {
  const chip = arithmetic.start(graph.input('chip', ['batch', 3, 150, 150]));
  const first = foldNormalisation(scaledConv(weights, 'conv32_down'), { mean: MEAN_RGB, divisor: 255 });
  let x = arithmetic.maxPool(arithmetic.rectifiedConv(chip, { ...first, stride: 2 }));
  for (const block of BLOCKS) x = residual(arithmetic, x, weights, block);
  const flat = graph.operator('Flatten', [arithmetic.mean(x)], { axis: 1 });
  const matrix = weights.get('fc');
  const embedding = graph.operator('MatMul', [flat, graph.constant(matrix.data, matrix.shape)]);
  graph.output('embedding', embedding, ['batch', 128]);
  return graph.encode();
}

function residual(arithmetic: Arithmetic, x: Value, weights: Weights, block: Block): Value {
  const conv1 = scaledConv(weights, `${block.name}/conv1`);
  const conv2 = scaledConv(weights, `${block.name}/conv2`);
  if (block.kind === 'same') {
    const hidden = arithmetic.rectifiedConv(x, { ...conv1, padding: 1 });
    return arithmetic.rectifiedSum(arithmetic.conv(hidden, { ...conv2, padding: 1 }), x);
  }
  const hidden = arithmetic.rectifiedConv(x, { ...conv1, stride: 2 });
  const channels = conv2.shape[0];
  let main = arithmetic.conv(hidden, { ...conv2, padding: 1 });
  if (block.shrinksMore) main = arithmetic.conv(main, { ...eachChannel(channels), padding: [0, 0, 1, 1] });
  let shortcut = arithmetic.averagePool(x);
  if (block.widen > 0) shortcut = arithmetic.conv(shortcut, widening(channels - block.widen, channels));
  return arithmetic.rectifiedSum(main, shortcut);
}

/** Every channel as it is. With a one-sided border it appends zero rows and columns. */
function eachChannel(channels: number): Convolution {
  return { weights: new Float32Array(channels).fill(1), shape: [channels, 1, 1, 1], groups: channels };
}

/** The first `from` of `to` channels as they are, zero in the rest. */
function widening(from: number, to: number): Convolution {
  const weights = new Float32Array(to * from);
  for (let channel = 0; channel < from; channel += 1) weights[channel * from + channel] = 1;
  return { weights, shape: [to, from, 1, 1] };
}

function scaledConv(weights: Weights, prefix: string): Convolution {
  return standardConv(weights.get(`${prefix}/conv/filters`), weights.get(`${prefix}/conv/bias`), {
    scale: weights.get(`${prefix}/scale/weights`).data,
    offset: weights.get(`${prefix}/scale/biases`).data,
  });
}
