// Reads the weights that face-api publishes (a JSON manifest beside one binary file) into float tensors.
// Never reads a file whose SHA-256 is not the pinned one.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '@hazri/shared/result';
import { z } from 'zod';
import type { NetworkSource } from './manifest.js';

/** A named tensor in TensorFlow's order (convolutions are `[height, width, in, out]`). */
export interface Weight {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** All tensors of one network. */
export class Weights {
  constructor(private readonly byName: ReadonlyMap<string, Weight>) {}

  /** Throws MODELS_SOURCE_SHAPE when the tensor is absent. */
  get(name: string): Weight {
    const weight = this.byName.get(name);
    if (!weight) throw new UserError('MODELS_SOURCE_SHAPE', `The published weights hold no tensor ${name}.`);
    return weight;
  }
}

const weightsManifestSchema = z.array(
  z.object({
    weights: z.array(
      z.object({
        name: z.string(),
        shape: z.array(z.int().nonnegative()),
        dtype: z.enum(['float32', 'int32']),
        quantization: z.object({ dtype: z.literal('uint8'), scale: z.number(), min: z.number() }).optional(),
      }),
    ),
  }),
);

/** Reads and checks both files of `source` below `packageDir`. Errors: MODELS_MISSING, MODELS_SOURCE_HASH. */
export function readSourceWeights(packageDir: string, source: NetworkSource): Weights {
  const description = readPinned(packageDir, source.weightsManifest);
  const binary = readPinned(packageDir, source.weights);
  const groups = weightsManifestSchema.parse(JSON.parse(description.toString('utf8')));
  return new Weights(decode(groups, binary));
}

type Groups = z.infer<typeof weightsManifestSchema>;

function decode(groups: Groups, binary: Buffer): Map<string, Weight> {
  const tensors = new Map<string, Weight>();
  let offset = 0;
  for (const entry of groups.flatMap((group) => group.weights)) {
    const length = entry.shape.reduce((product, size) => product * size, 1);
    const data = new Float32Array(length);
    const { quantization } = entry;
    for (let index = 0; index < length; index += 1) {
      if (quantization) {
        data[index] = binary.readUInt8(offset + index) * quantization.scale + quantization.min;
      } else {
        data[index] = binary.readFloatLE(offset + index * 4);
      }
    }
    offset += length * (quantization ? 1 : 4);
    tensors.set(entry.name, { shape: entry.shape, data });
  }
  if (offset !== binary.length) {
    throw new UserError('MODELS_SOURCE_SHAPE', 'The published weights are longer than their description.');
  }
  return tensors;
}

function readPinned(packageDir: string, pinned: { file: string; sha256: string }): Buffer {
  const path = join(packageDir, pinned.file);
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    throw new UserError(
      'MODELS_MISSING',
      `The published weights ${pinned.file} are not installed; run the installation again.`,
      path,
    );
  }
  if (createHash('sha256').update(bytes).digest('hex') !== pinned.sha256) {
    throw new UserError(
      'MODELS_SOURCE_HASH',
      `The published weights ${pinned.file} are not the ones this version was made for; reinstall the package.`,
      path,
    );
  }
  return bytes;
}
