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

Embeds every picture below DIR, where each folder is one person, and prints one JSON object: how often the template
of a person (the mean of two or three pictures) comes nearer to another person's picture than each distance, how often
two pictures of one person lie farther apart than it, and the counts behind both. Distances are Euclidean between embeddings of unit length.
`;

export async function runCalibrate(args: readonly string[]): Promise<number> {
  const values = parse(args);
  if (values.help === true) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (values.dir === undefined)
    throw new UserError('OPTION_MISSING', 'Say where the pictures are: --dir DIR.');
  const { embeddings, missing } = await embedFolder(values.dir);
  const rates = measureErrorRates(embeddings);
  if (rates.impostorPairs === 0) {
    throw new UserError(
      'CALIBRATE_TOO_FEW',
      'There must be folders of at least two people, and two pictures of one of them.',
    );
  }
  const { modelId } = openModels().manifest.recognition;
  await writeLine(JSON.stringify({ modelId, pictures: embeddings.length, missing, ...rates }));
  return 0;
}

async function embedFolder(dir: string): Promise<{ embeddings: LabelledEmbedding[]; missing: number }> {
  const inputs = collectInputs({ dir, names: [] }).filter(({ path }) => !isRecording(path));
  const pool = new EnginePool('onnx', inputs.length);
  const progress = createProgress('face calibrate', inputs.length);
  let found: (LabelledEmbedding | null)[];
  try {
    found = await Promise.all(
      inputs.map(async ({ path }) => {
        const probe = await pool.run({ kind: 'probe', path });
        progress.step();
        return probe?.isFound === true ? { person: dirname(path), embedding: probe.embedding } : null;
      }),
    );
  } finally {
    await pool.close();
  }
  progress.end();
  const embeddings = found.filter((item) => item !== null);
  return { embeddings, missing: found.length - embeddings.length };
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
