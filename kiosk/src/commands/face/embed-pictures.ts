// Embeds every picture of a protocol once, on all cores. A picture without a face is embedded from its middle.

import { createProgress } from '../output.js';
import { EnginePool } from './pool.js';
import type { Probe } from './worker-messages.js';

export interface EmbeddedPictures {
  readonly embeddings: ReadonlyMap<string, Float32Array>;
  /** Pictures in which no face was found. */
  readonly missing: number;
}

/** Errors: those of reading a picture, with its path; ENGINE_MODEL_UNKNOWN. */
export async function embedPictures(
  label: string,
  paths: readonly string[],
  modelId: string,
): Promise<EmbeddedPictures> {
  const pictures = [...new Set(paths)];
  const pool = new EnginePool('onnx', pictures.length, modelId);
  const progress = createProgress(label, pictures.length);
  const probes = new Map<string, Probe>();
  try {
    await Promise.all(
      pictures.map(async (path) => {
        const probe = await pool.run({ kind: 'probe', path });
        if (probe) probes.set(path, probe);
        progress.step();
      }),
    );
  } finally {
    await pool.close();
  }
  progress.end();
  const missing = [...probes.values()].filter(({ isFound }) => !isFound).length;
  return { embeddings: new Map([...probes].map(([path, { embedding }]) => [path, embedding])), missing };
}
