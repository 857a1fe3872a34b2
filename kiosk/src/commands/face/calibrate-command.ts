// `hazri face calibrate`: error rates by distance from a folder of labelled pictures, in the form of the manifest.

import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from '@hazri/shared/result';
import { openModels } from '@hazri/models/load';
import { createProgress, writeLine } from '../output.js';
import { collectInputs } from './inputs.js';
import { measureErrorRates, type LabelledEmbedding } from './impostor-tail.js';
import { EnginePool } from './pool.js';
import { isRecording } from './recordings.js';

const USAGE = `Usage: ./hazri face calibrate --dir DIR [--json]

Embeds every picture below DIR, where each folder is one person, compares all with all, and prints one JSON object:
the share of pairs of different people below each distance, the share of pairs of one person beyond it, and the
counts that they rest on. Distances are Euclidean between embeddings of unit length.
`;

const LEAST_PEOPLE = 2;

export async function runCalibrate(args: readonly string[]): Promise<number> {
  const values = parse(args);
  if (values.help === true) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (values.dir === undefined)
    throw new UserError('OPTION_MISSING', 'Say where the pictures are: --dir DIR.');
  const { embeddings, missing } = await embedFolder(values.dir);
  if (new Set(embeddings.map(({ person }) => person)).size < LEAST_PEOPLE) {
    throw new UserError(
      'CALIBRATE_TOO_FEW',
      'There must be pictures of at least two people, each in a folder.',
    );
  }
  const { modelId } = openModels().manifest.recognition;
  await writeLine(
    JSON.stringify({ modelId, pictures: embeddings.length, missing, ...measureErrorRates(embeddings) }),
  );
  return 0;
}

async function embedFolder(dir: string): Promise<{ embeddings: LabelledEmbedding[]; missing: number }> {
  const inputs = collectInputs({ dir, names: [] }).filter(({ path }) => !isRecording(path));
  const pool = new EnginePool('onnx', inputs.length);
  const progress = createProgress('face calibrate', inputs.length);
  let missing = 0;
  const embeddings: LabelledEmbedding[] = [];
  try {
    await Promise.all(
      inputs.map(async ({ path }) => {
        const probe = await pool.run({ kind: 'probe', path });
        progress.step();
        if (probe?.isFound === true) embeddings.push({ person: dirname(path), embedding: probe.embedding });
        else missing += 1;
      }),
    );
  } finally {
    await pool.close();
  }
  progress.end();
  return { embeddings, missing };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { dir: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    }).values;
  } catch (error) {
    throw new UserError('OPTION_UNKNOWN', error instanceof Error ? error.message : 'An option is wrong.');
  }
}
