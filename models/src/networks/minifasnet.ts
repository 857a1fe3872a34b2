// MiniFASNetV2 and V1SE of Silent-Face-Anti-Spoofing (Apache-2.0): small residual networks of separable convolutions
// that tell a face from a picture of one. Batch normalisation is folded into the convolution before it; widths are
// those of the weights, so that one description serves both.

import { GraphBuilder, type Convolution, type Value } from '../onnx/graph.js';
import type { Weights } from '../source-weights.js';

/** PyTorch's default, which the published training used. */
const EPSILON = 1e-5;
const STAGES = [
  { enter: 'conv_23', blocks: 'conv_3', count: 4 },
  { enter: 'conv_34', blocks: 'conv_4', count: 6 },
  { enter: 'conv_45', blocks: 'conv_5', count: 2 },
] as const;

/** Which of the two networks. */
export interface MinifasnetVariant {
  readonly name: string;
  /** The last block of every stage weighs its channels by squeeze and excitation. */
  readonly hasExcitation: boolean;
}

/** Input `crop` [N,3,80,80] BGR 0..255; output `logits` [N,3], of which the second is "live". */
export function buildMinifasnet(weights: Weights, variant: MinifasnetVariant): Uint8Array {
  const graph = new GraphBuilder(variant.name);
  const layers = new Layers(graph, weights);
  let x = layers.activated(graph.input('crop', ['batch', 3, 80, 80]), 'conv1', { stride: 2, padding: 1 });
  x = layers.activated(x, 'conv2_dw', { padding: 1 });
  for (const { enter, blocks, count } of STAGES) {
    x = layers.bottleneck(x, enter, 2);
    for (let block = 0; block < count; block += 1) {
      const prefix = `${blocks}.model.${String(block)}`;
      const projected = layers.bottleneck(x, prefix, 1);
      const isLast = block === count - 1;
      const weighed =
        isLast && variant.hasExcitation ? layers.excited(projected, `${prefix}.se_module`) : projected;
      x = graph.add(x, weighed);
    }
  }
  x = layers.activated(x, 'conv_6_sep');
  x = layers.normalised(x, 'conv_6_dw');
  graph.output('logits', layers.classifier(graph.operator('Flatten', [x], { axis: 1 })), ['batch', 3]);
  return graph.encode();
}

interface Place {
  readonly stride?: number;
  readonly padding?: number;
}

class Layers {
  constructor(
    private readonly graph: GraphBuilder,
    private readonly weights: Weights,
  ) {}

  /** Expand, filter each channel, project; no activation at the end. */
  bottleneck(x: Value, prefix: string, stride: number): Value {
    const expanded = this.activated(x, `${prefix}.conv`);
    const filtered = this.activated(expanded, `${prefix}.conv_dw`, { stride, padding: 1 });
    return this.normalised(filtered, `${prefix}.project`);
  }

  /** Convolution, batch normalisation, PReLU. */
  activated(x: Value, prefix: string, place: Place = {}): Value {
    const slope = this.weights.get(`${prefix}.prelu.weight`);
    const channels = slope.data.length;
    return this.graph.operator('PRelu', [
      this.normalised(x, prefix, place),
      this.graph.constant(slope.data, [channels, 1, 1]),
    ]);
  }

  /** Convolution and batch normalisation. */
  normalised(x: Value, prefix: string, place: Place = {}): Value {
    return this.graph.conv(x, { ...this.folded(`${prefix}.conv`, `${prefix}.bn`), ...place });
  }

  /** Weighs channels by what their averages say. */
  excited(x: Value, prefix: string): Value {
    const { graph } = this;
    const squeezed = graph.operator('GlobalAveragePool', [x]);
    const hidden = graph.relu(graph.conv(squeezed, this.folded(`${prefix}.fc1`, `${prefix}.bn1`)));
    const gate = graph.operator('Sigmoid', [
      graph.conv(hidden, this.folded(`${prefix}.fc2`, `${prefix}.bn2`)),
    ]);
    return graph.operator('Mul', [x, gate]);
  }

  /** Linear layer, batch normalisation, linear layer. */
  classifier(x: Value): Value {
    const { graph } = this;
    const { scale, offset } = this.normalisation('bn');
    const linear = this.weights.get('linear.weight');
    const [outputs = 0, inputs = 0] = linear.shape;
    const folded = linear.data.map((value, at) => value * (scale[Math.floor(at / inputs)] ?? 0));
    const features = graph.operator(
      'Gemm',
      [x, graph.constant(folded, [outputs, inputs]), graph.constant(offset, [outputs])],
      { transB: 1 },
    );
    const classes = this.weights.get('prob.weight');
    return graph.operator('Gemm', [features, graph.constant(classes.data, classes.shape)], { transB: 1 });
  }

  private folded(convolution: string, normalisation: string): Convolution {
    const { shape, data } = this.weights.get(`${convolution}.weight`);
    const [outputs = 0, inputs = 0, height = 0, width = 0] = shape;
    const { scale, offset } = this.normalisation(normalisation);
    const taps = inputs * height * width;
    return {
      weights: data.map((value, at) => value * (scale[Math.floor(at / taps)] ?? 0)),
      shape: [outputs, inputs, height, width],
      bias: offset,
      groups: inputs === 1 ? outputs : 1,
    };
  }

  private normalisation(prefix: string): { scale: Float32Array; offset: Float32Array } {
    const read = (name: string): Float32Array => this.weights.get(`${prefix}.${name}`).data;
    const [gain, shift, mean, variance] = [
      read('weight'),
      read('bias'),
      read('running_mean'),
      read('running_var'),
    ];
    const scale = gain.map((value, at) => value / Math.sqrt((variance[at] ?? 0) + EPSILON));
    return { scale, offset: shift.map((value, at) => value - (mean[at] ?? 0) * (scale[at] ?? 0)) };
  }
}
