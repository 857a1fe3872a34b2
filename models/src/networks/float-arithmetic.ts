// Plain float32, the arithmetic of the published weights.

import type { GraphBuilder } from '../onnx/graph.js';
import { AVERAGE_POOL, MAX_POOL, type Arithmetic } from './arithmetic.js';

export function floatArithmetic(graph: GraphBuilder): Arithmetic {
  return {
    start: (image) => image,
    conv: (x, layer) => graph.conv(x, layer),
    rectifiedConv: (x, layer) => graph.relu(graph.conv(x, layer)),
    rectifiedSum: (a, b) => graph.relu(graph.add(a, b)),
    maxPool: (x) => graph.operator('MaxPool', [x], MAX_POOL),
    averagePool: (x) => graph.operator('AveragePool', [x], AVERAGE_POOL),
    mean: (x) => graph.operator('GlobalAveragePool', [x]),
  };
}
