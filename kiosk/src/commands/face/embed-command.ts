// `hazri face embed`: one JSON object per input on standard output, in the order of the inputs.

import { parseArgs } from 'node:util';
import { UserError } from '@hazri/shared/result';
import { createProgress, writeLine } from '../output.js';
import type { EmbedOptions, FaceChoice } from './face-answer.js';
import { linesInOrder } from './in-order.js';
import { collectInputs, type Input } from './inputs.js';
import { EnginePool } from './pool.js';
import type { WorkerSettings } from './worker-messages.js';

const USAGE = `Usage: ./hazri face embed (--list FILE | --dir DIR | FILE …) [options]

Finds the faces in pictures (JPEG, PNG, WebP) and recordings (Motion JPEG; others through ffmpeg) and turns each
into 128 numbers. One JSON object per input on standard output, in the order of the inputs:
  {"path", "faces": [{"box", "score", "landmarks", "quality", "embedding"}], "ms": {"detect", "landmarks", "align", "embed"}}
An input that cannot be read gives {"path", "error": {"code", "message"}}.

  --list FILE        names one input per line, relative to --root, else to the list
  --root DIR         where the names of the list start
  --dir DIR          every picture and recording below DIR, sorted by name
  --largest          only the largest face of each input
  --center           only the face nearest to the middle
  --frames           one object per frame of a recording instead of one for its best frames
  --careful          try the slower detector where the fast one finds nothing
  --engine faceapi   use face-api itself instead of the native engine
  --json             accepted; the output is always JSON
`;

interface Settings {
  readonly inputs: Input[];
  readonly options: EmbedOptions;
  readonly engine: WorkerSettings['engine'];
}

export async function runEmbed(args: readonly string[]): Promise<number> {
  const settings = readSettings(args);
  if (!settings) {
    process.stdout.write(USAGE);
    return 0;
  }
  const { inputs, options, engine } = settings;
  const pool = new EnginePool(engine, inputs.length);
  const progress = createProgress('face embed', inputs.length);
  try {
    const lines = linesInOrder(inputs, async (input: Input, onLine) => {
      await pool.run({ kind: 'embed', input, options }, onLine);
      progress.step();
    });
    for await (const line of lines) await writeLine(line);
  } finally {
    await pool.close();
  }
  progress.end();
  return 0;
}

function readSettings(args: readonly string[]): Settings | null {
  const { values, positionals } = parse(args);
  if (values.help === true) return null;
  if (values.largest === true && values.center === true) {
    throw new UserError('OPTION_CONFLICT', 'Use either --largest or --center.');
  }
  if (values.engine !== 'onnx' && values.engine !== 'faceapi') {
    throw new UserError('OPTION_ENGINE', 'The engine is onnx or faceapi.');
  }
  const choice: FaceChoice = values.largest === true ? 'largest' : values.center === true ? 'center' : 'all';
  return {
    inputs: collectInputs({ list: values.list, dir: values.dir, root: values.root, names: positionals }),
    options: { choice, isPerFrame: values.frames === true, careful: values.careful === true },
    engine: values.engine,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        list: { type: 'string' },
        dir: { type: 'string' },
        root: { type: 'string' },
        largest: { type: 'boolean' },
        center: { type: 'boolean' },
        frames: { type: 'boolean' },
        careful: { type: 'boolean' },
        engine: { type: 'string', default: 'onnx' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UserError('OPTION_UNKNOWN', error instanceof Error ? error.message : 'An option is wrong.');
  }
}
