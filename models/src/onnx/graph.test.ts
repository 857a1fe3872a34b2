import { describe, expect, it } from 'vitest';
import { GraphBuilder } from './graph.js';

function build(weight: number): Uint8Array {
  const graph = new GraphBuilder('test');
  const x = graph.input('x', [1, 1, 'height', 2]);
  const layer = { weights: Float32Array.of(weight), shape: [1, 1, 1, 1] as const };
  graph.output('y', graph.relu(graph.conv(x, layer)), [1, 1, 'height', 2]);
  return graph.encode();
}

describe('GraphBuilder', () => {
  it('gives the same bytes for the same calls', () => {
    expect(build(0.5)).toEqual(build(0.5));
  });

  it('gives other bytes for other weights', () => {
    expect(build(0.5)).not.toEqual(build(0.25));
  });

  it('stores weights as little-endian floats', () => {
    expect(Buffer.from(build(0.5)).includes(Buffer.from([0, 0, 0, 0x3f]))).toBe(true);
  });
});
