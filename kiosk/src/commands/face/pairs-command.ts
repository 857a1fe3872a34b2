// `hazri face pairs`: verification accuracy on a list in LFW's pairs format. No pair is ever dropped: a picture
// without a face is embedded from its middle and counted.

import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from '@hazri/shared/result';
import { distanceBetween } from '../../engine/embed/unit.js';
import { createProgress, writeLine } from '../output.js';
import { fromCaller } from '../paths.js';
import { readText } from './inputs.js';
import { parsePairs, type PairsFile } from './pairs-file.js';
import { EnginePool } from './pool.js';
import { verify, type VerificationReport } from './verification.js';
import type { Probe, WorkerSettings } from './worker-messages.js';

const USAGE = `Usage: ./hazri face pairs --pairs FILE --root DIR [--json] [--engine faceapi]

Compares pairs of pictures in LFW's format (DIR/Name/Name_0001.jpg) and reports accuracy over the file's folds,
the share of same-person pairs accepted at false match rates of 1 % and 0.1 %, and the equal error rate.
Pictures in which no face is found are taken from their middle and counted as "missing".
`;

export async function runPairs(args: readonly string[]): Promise<number> {
  const values = parse(args);
  if (values.help === true) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (values.pairs === undefined || values.root === undefined) {
    throw new UserError(
      'OPTION_MISSING',
      'Say which pairs and where the pictures are: --pairs FILE --root DIR.',
    );
  }
  if (values.engine !== 'onnx' && values.engine !== 'faceapi') {
    throw new UserError('OPTION_ENGINE', 'The engine is onnx or faceapi.');
  }
  const file = parsePairs(readText(fromCaller(values.pairs)));
  const probes = await embedAll(file, fromCaller(values.root), values.engine);
  const missing = [...probes.values()].filter(({ isFound }) => !isFound).length;
  const report = { ...verify(compare(file, probes), file.folds), missing };
  if (values.json === true) await writeLine(JSON.stringify(report));
  else await writeLine(describe(report, file.pairs.length, probes.size));
  return 0;
}

async function embedAll(
  file: PairsFile,
  root: string,
  engine: WorkerSettings['engine'],
): Promise<ReadonlyMap<string, Probe>> {
  const pictures = [...new Set(file.pairs.flatMap(({ first, second }) => [first, second]))];
  const pool = new EnginePool(engine, pictures.length);
  const progress = createProgress('face pairs', pictures.length);
  const probes = new Map<string, Probe>();
  try {
    await Promise.all(
      pictures.map(async (picture) => {
        const probe = await pool.run({ kind: 'probe', path: resolve(root, picture) });
        if (probe) probes.set(picture, probe);
        progress.step();
      }),
    );
  } finally {
    await pool.close();
  }
  progress.end();
  return probes;
}

function compare(file: PairsFile, probes: ReadonlyMap<string, Probe>) {
  return file.pairs.map(({ first, second, isSame, fold }) => {
    const a = probes.get(first);
    const b = probes.get(second);
    return { isSame, fold, distance: a && b ? distanceBetween(a.embedding, b.embedding) : 2 };
  });
}

function describe(report: VerificationReport & { missing: number }, pairs: number, pictures: number): string {
  const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
  const tars = Object.entries(report.tarAtFmr).map(([fmr, tar]) => `TAR at FMR ${fmr}: ${percent(tar)}`);
  return [
    `${String(pairs)} pairs of ${String(pictures)} pictures, ${String(report.folds.length)} folds`,
    `accuracy ${percent(report.accuracy)} ± ${percent(report.accuracySd)}`,
    ...tars,
    `equal error rate ${percent(report.eer)}`,
    `no face found in ${String(report.missing)} pictures (taken from the middle)`,
  ].join('\n');
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        pairs: { type: 'string' },
        root: { type: 'string' },
        engine: { type: 'string', default: 'onnx' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UserError('OPTION_UNKNOWN', error instanceof Error ? error.message : 'An option is wrong.');
  }
}
