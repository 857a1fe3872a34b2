import { describe, expect, it } from 'vitest';
import type { Convolution } from '../onnx/graph.js';
import { depthwiseConv, foldNormalisation, standardConv } from './layers.js';

/** Applies a convolution to one patch of its own size, `[channels, height, width]`. */
function apply(layer: Convolution, patch: readonly number[]): number[] {
  const [outputs, inputs, height, width] = layer.shape;
  const length = inputs * height * width;
  return Array.from({ length: outputs }, (_, out) => {
    let sum = layer.bias?.[out] ?? 0;
    for (let at = 0; at < length; at += 1) sum += (layer.weights[out * length + at] ?? 0) * (patch[at] ?? 0);
    return sum;
  });
}

describe('standardConv', () => {
  it('turns height, width, in, out into out, in, height, width', () => {
    const filters = { shape: [1, 2, 2, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8) };
    expect([...standardConv(filters, undefined).weights]).toEqual([1, 5, 3, 7, 2, 6, 4, 8]);
  });

  it('folds scale and offset so that the result is scaled after the bias was added', () => {
    const filters = { shape: [1, 1, 1, 2], data: Float32Array.of(2, 3) };
    const bias = { shape: [2], data: Float32Array.of(1, -1) };
    const layer = standardConv(filters, bias, { scale: [10, 100], offset: [5, 7] });
    expect(apply(layer, [4])).toEqual([(2 * 4 + 1) * 10 + 5, (3 * 4 - 1) * 100 + 7]);
  });
});

describe('depthwiseConv', () => {
  it('gives every channel its own filter', () => {
    const filters = { shape: [1, 2, 2, 1], data: Float32Array.of(1, 10, 2, 20) };
    const layer = depthwiseConv(filters, { scale: [1, 0.5] });
    expect([...layer.weights]).toEqual([1, 2, 5, 10]);
    expect(layer.groups).toBe(2);
  });
});

describe('foldNormalisation', () => {
  it('answers for raw pixels what the layer answers for normalised ones', () => {
    const filters = { shape: [1, 1, 3, 1], data: Float32Array.of(0.5, -0.25, 0.75) };
    const layer = standardConv(filters, { shape: [1], data: Float32Array.of(0.1) });
    const mean = [120, 115, 100] as const;
    const pixel = [200, 30, 90];
    const normalised = pixel.map((value, channel) => (value - (mean[channel] ?? 0)) / 255);
    const folded = apply(foldNormalisation(layer, { mean, divisor: 255 }), pixel);
    expect(folded[0]).toBeCloseTo(apply(layer, normalised)[0] ?? NaN, 5);
  });
});
