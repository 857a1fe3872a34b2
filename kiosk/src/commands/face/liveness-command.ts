// `hazri face liveness`: one decision per recording, folder of frames or still, in the order of the inputs.

import { parseArgs } from 'node:util';
import { UserError } from '@hazri/shared/result';
import { readConfig } from '../../config/config.js';
import type { LivenessPolicy } from '../../engine/liveness/policy.js';
import { openSpoofPack } from '../../engine/liveness/spoof/spoof-pack.js';
import { createProgress, writeLine } from '../output.js';
import { linesInOrder } from './in-order.js';
import { collectInputs, type Input } from './inputs.js';
import type { LivenessOptions } from './liveness-parts.js';
import { EnginePool } from './pool.js';

const USAGE = `Usage: ./hazri face liveness (--list FILE | --dir DIR | FILE …) [options]

Says of each recording whether it shows a living person. One JSON object per input on standard output, in order:
  {"path", "decision": "live"|"attack"|"undecided", "score", "doubt", "cues": {…}, "ms": {"perFrame"}}
"undecided" is what a tablet steps up to a challenge; it never passes by itself. "score" is the belief of the
anti-spoofing pack, 0 to 1, or null without it. Recordings are taken as 30 frames a second.

  --list FILE            names one input per line, relative to --root, else to the list
  --root DIR             where the names of the list start
  --dir DIR              every picture and recording below DIR, sorted by name
  --policy NAME          passive (needs the pack), standard (default) or strict
  --stills               every input is a single picture; measures the pack alone
  --simulate challenge   plays each recording over and over against drawn challenges
  --simulate flash       lays drawn colour codes over each recording and looks for them
  --chroma P             by how many percent the code changes the colour; 1 by default
  --seed N               of the draws and phases of --simulate; 1 by default
  --attempts N           how many attempts --simulate makes; 1 by default
  --json                 accepted; the output is always JSON
`;

const POLICIES: readonly LivenessPolicy[] = ['passive', 'standard', 'strict'];
const MOST_ATTEMPTS = 100_000;
const MOST_CHROMA = 10;

export async function runLiveness(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args);
  if (values.help === true) {
    process.stdout.write(USAGE);
    return 0;
  }
  const inputs = collectInputs({ list: values.list, dir: values.dir, root: values.root, names: positionals });
  const options = readOptions(values);
  if (options.policy === 'passive') await insistOnPack();
  const pool = new EnginePool('onnx', inputs.length);
  const progress = createProgress('face liveness', inputs.length);
  try {
    const lines = linesInOrder(inputs, async (input: Input, onLine) => {
      await pool.run({ kind: 'liveness', input, options }, onLine);
      progress.step();
    });
    for await (const line of lines) await writeLine(line);
  } finally {
    await pool.close();
  }
  progress.end();
  return 0;
}

function readOptions(values: ReturnType<typeof parse>['values']): LivenessOptions {
  const policy = POLICIES.find((name) => name === values.policy);
  if (!policy) throw new UserError('OPTION_POLICY', 'The policy is passive, standard or strict.');
  const simulate = (['challenge', 'flash'] as const).find((name) => name === values.simulate) ?? null;
  if (values.simulate !== undefined && simulate === null) {
    throw new UserError('OPTION_SIMULATE', 'What can be simulated is challenge or flash.');
  }
  const chroma = Number(values.chroma);
  if (!(chroma > 0 && chroma <= MOST_CHROMA)) {
    throw new UserError('OPTION_NUMBER', `--chroma is above 0 and at most ${String(MOST_CHROMA)} percent.`);
  }
  if (values.stills === true && values.simulate !== undefined) {
    throw new UserError('OPTION_CONFLICT', 'Use either --stills or --simulate.');
  }
  return {
    policy,
    isStill: values.stills === true,
    simulate,
    chroma,
    seed: wholeNumber(values.seed, '--seed', 0xffff_ffff),
    attempts: Math.max(1, wholeNumber(values.attempts, '--attempts', MOST_ATTEMPTS)),
  };
}

function wholeNumber(text: string, name: string, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= most) return value;
  throw new UserError('OPTION_NUMBER', `${name} is a whole number from 0 to ${String(most)}.`);
}

/** Errors: LIVENESS_PACK_MISSING, MODELS_BUILT_HASH, PACK_MISSING. */
async function insistOnPack(): Promise<void> {
  const pack = await openSpoofPack(readConfig().dataFolder);
  if (!pack) {
    throw new UserError(
      'LIVENESS_PACK_MISSING',
      'The policy "passive" needs the anti-spoofing pack; run "./hazri models add minifasnet", or choose another policy.',
    );
  }
  await pack.close();
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
        policy: { type: 'string', default: 'standard' },
        stills: { type: 'boolean' },
        simulate: { type: 'string' },
        seed: { type: 'string', default: '1' },
        chroma: { type: 'string', default: '1' },
        attempts: { type: 'string', default: '1' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UserError('OPTION_UNKNOWN', error instanceof Error ? error.message : 'An option is wrong.');
  }
}
