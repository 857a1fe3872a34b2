// Runs a network on ONNX Runtime's native CPU library.

import { InferenceSession, Tensor } from 'onnxruntime-node';
import { InvariantError, OperationalError } from '@hazri/shared/result';
import type { Network } from '../network.js';

/** Opens a network from its ONNX bytes. `threads` is the number of cores one run may use. */
export async function openOnnxNetwork(bytes: Uint8Array, threads: number): Promise<Network> {
  let session: InferenceSession;
  try {
    session = await InferenceSession.create(bytes, {
      executionProviders: ['cpu'],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
      // Without this the waiting threads burn a core between runs; a run takes no longer with it.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
  } catch (cause) {
    throw new OperationalError('ENGINE_NETWORK_OPEN', false, { cause });
  }
  const inputName = session.inputNames[0] ?? '';
  return {
    async run(input, dims) {
      const results = await session.run({ [inputName]: new Tensor('float32', input, [...dims]) });
      return session.outputNames.map((name) => floats(results[name]));
    },
    close: () => session.release(),
  };
}

function floats(tensor: Tensor | undefined): Float32Array {
  if (!(tensor?.data instanceof Float32Array)) throw new InvariantError('a network answered without floats');
  return tensor.data;
}
