// `hazri face calibrate`: error rates by distance from a folder of labelled pictures, in the form of the manifest.

import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from '@hazri/shared/result';
import { openModels } from '@hazri/models/load';
import { createProgress, writeLine } from '../output.js';
import { collectInputs } from './inputs.js';
import { measureErrorRates } from './impostor-tail.js';
import { groupByPerson, type LabelledEmbedding, type LabelledPerson } from './labelled.js';
import { EnginePool } from './pool.js';
import { isRecording } from './recordings.js';
import { measureScoreTails } from './score-tails.js';

/** With fewer there are no two halves to learn from and to measure on. */
const LEAST_PEOPLE = 120;
const LEAST_WITH_THREE = 20;

const USAGE = `Usage: ./hazri face calibrate --dir DIR [--model ID] [--json]

Embeds every picture below DIR, where each folder is one person, and prints one JSON object in the form of the
manifest: how often the template of a person (the mean of two or three pictures) comes nearer to another person's
picture than each distance, how often two pictures of one person lie farther apart than it, what the score that
decides identifications takes off a likeness, how often strangers reach each score in galleries of several sizes,
and the counts behind all of it. Distances are Euclidean between embeddings of unit length.
It takes at least ${String(LEAST_PEOPLE)} people, ${String(LEAST_WITH_THREE)} of them with three pictures.
`;

export async function runCalibrate(args: readonly string[]): Promise<number> {
  const values = parse(args);
  if (values.help === true) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (values.dir === undefined)
    throw new UserError('OPTION_MISSING', 'Say where the pictures are: --dir DIR.');
  const modelId = values.model ?? openModels().manifest.recognition.modelId;
  const { embeddings, missing } = await embedFolder(values.dir, modelId);
  const people = groupByPerson(embeddings);
  checkEnough(people);
  const rates = measureErrorRates(people);
  process.stderr.write('face calibrate: drawing galleries\n');
  const score = measureScoreTails(modelId, people);
  await writeLine(JSON.stringify({ pictures: embeddings.length, missing, ...rates, ...score }));
  return 0;
}

function checkEnough(people: readonly LabelledPerson[]): void {
  const withThree = people.filter(({ pictures }) => pictures.length >= 3).length;
  if (people.length >= LEAST_PEOPLE && withThree >= LEAST_WITH_THREE) return;
  throw new UserError(
    'CALIBRATE_TOO_FEW',
    `There must be folders of at least ${String(LEAST_PEOPLE)} people, and three pictures of ${String(LEAST_WITH_THREE)} of them.`,
  );
}

async function embedFolder(
  dir: string,
  modelId: string,
): Promise<{ embeddings: LabelledEmbedding[]; missing: number }> {
  const inputs = collectInputs({ dir, names: [] }).filter(({ path }) => !isRecording(path));
  const pool = new EnginePool('onnx', inputs.length, modelId);
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
      options: {
        dir: { type: 'string' },
        model: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UserError('OPTION_UNKNOWN', error instanceof Error ? error.message : 'An option is wrong.');
  }
}
