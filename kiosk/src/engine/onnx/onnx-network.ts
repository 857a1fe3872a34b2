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
      // One block for all of a run's intermediate values would be no faster and larger than the pieces.
      enableMemPattern: false,
      // Waiting threads spin while a run is on, or a run on two cores takes 1.4 times as long; when it ends they sleep,
      // or they burn a core between frames.
      extra: { session: { force_spinning_stop: '1' } },
    });
  } catch (cause) {
    throw new OperationalError('ENGINE_NETWORK_OPEN', false, { cause });
  }
  const inputName = session.inputNames[0] ?? '';
  const running = new Set<Promise<unknown>>();
  return {
    async run(input, dims) {
      const run = session.run({ [inputName]: new Tensor('float32', input, [...dims]) });
      running.add(run);
      try {
        const results = await run;
        return session.outputNames.map((name) => floats(results[name]));
      } finally {
        running.delete(run);
      }
    },
    async close() {
      await Promise.allSettled(running);
      await session.release();
    },
  };
}

function floats(tensor: Tensor | undefined): Float32Array {
  if (!(tensor?.data instanceof Float32Array)) throw new InvariantError('a network answered without floats');
  return tensor.data;
}
