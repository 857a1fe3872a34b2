// `hazri face bench`: how fast the engine is on this machine, stage by stage, on somebody's own recording or picture, or
// on a made-up frame. Measures only ourselves; the comparison with others is `npm run bench`.

import { parseArgs } from 'node:util';
import { UserError } from '@hazri/shared/result';
import type { FaceEngine, Frame, StageTimes } from '../../engine/port.js';
import { createProgress, writeLine } from '../output.js';
import { noTimes } from './face-answer.js';
import { collectInputs } from './inputs.js';
import { readPicture } from './pictures.js';
import { isRecording, readRecording } from './recordings.js';

const USAGE = `Usage: ./hazri face bench [FILE …] [options]

Times the engine on this machine: every stage of a frame, and the whole way from pixels to 128 numbers. Works on the
frames of the given pictures and recordings, or on a made-up frame without a face. One line per stage: the median and
what 95 of 100 stay below, in milliseconds.

  --rounds N         how many frames are measured; 200 by default
  --threads N        cores for one run of a network; 2 by default
  --recognition ID   the recognition model, a modelId of models/manifest.json
  --json             [{"name", "unit", "ours", "peers", "ratio", "n", "p95"}]
`;

/** Frames kept in memory at most; a recording is played again and again. */
const MOST_FRAMES = 60;
const WARM_UP_ROUNDS = 5;
const MADE_UP = { width: 640, height: 480 } as const;

/** One stage, in the form of `npm run bench`; milliseconds. */
interface BenchRow {
  readonly name: string;
  readonly unit: 'ms';
  /** Median. */
  readonly ours: number;
  readonly peers: Readonly<Record<string, never>>;
  readonly ratio: Readonly<Record<string, never>>;
  readonly n: number;
  readonly p95: number;
}

export async function runBench(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args);
  if (values.help === true) {
    process.stdout.write(USAGE);
    return 0;
  }
  const rounds = countOf(values.rounds, '--rounds', 100_000);
  const threads = countOf(values.threads, '--threads', 64);
  const frames = positionals.length > 0 ? await readFrames(positionals) : [madeUpFrame()];
  const { createOnnxEngine } = await import('../../engine/onnx/onnx-engine.js');
  const { recognition } = values;
  const engine = await createOnnxEngine({ threads, ...(recognition === undefined ? {} : { recognition }) });
  try {
    const rows = await measure(engine, frames, rounds);
    if (values.json === true) await writeLine(JSON.stringify(rows));
    else for (const row of rows) await writeLine(describe(row));
  } finally {
    await engine.close();
  }
  return 0;
}

async function readFrames(names: readonly string[]): Promise<Frame[]> {
  const frames: Frame[] = [];
  for (const { path } of collectInputs({ names })) {
    if (!isRecording(path)) frames.push(await readPicture(path));
    else for await (const { frame } of readRecording(path)) if (frame) frames.push(frame);
    if (frames.length >= MOST_FRAMES) break;
  }
  return frames.slice(0, MOST_FRAMES);
}

/** Soft waves: no face in it, so every scale is looked at. */
function madeUpFrame(): Frame {
  const { width, height } = MADE_UP;
  const data = new Uint8Array(width * height * 3);
  data.forEach((_, at) => {
    const pixel = Math.floor(at / 3);
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    data[at] = 128 + 60 * Math.sin(x / 37 + (at % 3)) * Math.cos(y / 29);
  });
  return { ...MADE_UP, channels: 3, data };
}

async function measure(engine: FaceEngine, frames: readonly Frame[], rounds: number): Promise<BenchRow[]> {
  const progress = createProgress('face bench', rounds);
  const taken: Record<'frame' | 'frame to numbers' | keyof StageTimes, number[]> = {
    frame: [],
    detect: [],
    landmarks: [],
    align: [],
    embed: [],
    'frame to numbers': [],
  };
  for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
    const frame = frames[(round + WARM_UP_ROUNDS) % frames.length];
    if (!frame) throw new UserError('PICTURE_UNREADABLE', 'There is no whole picture in these files.');
    const times = noTimes();
    const start = performance.now();
    const [face] = await engine.observe(frame, { times });
    const seen = performance.now();
    if (face) await engine.embed(frame, face.landmarks, times);
    else await engine.embedCentre(frame, times);
    const end = performance.now();
    if (round < 0) continue;
    progress.step();
    taken.frame.push(seen - start);
    taken.detect.push(times.detect);
    if (face) taken.landmarks.push(times.landmarks);
    taken.align.push(times.align);
    taken.embed.push(times.embed);
    taken['frame to numbers'].push(end - start);
  }
  progress.end();
  return Object.entries(taken)
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => rowOf(name, values));
}

function rowOf(name: string, values: readonly number[]): BenchRow {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => {
    const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    return Number(value.toPrecision(4));
  };
  return { name, unit: 'ms', ours: at(0.5), peers: {}, ratio: {}, n: sorted.length, p95: at(0.95) };
}

function describe({ name, unit, ours, p95, n }: BenchRow): string {
  return `${name}: ${ours.toFixed(2)} ${unit}, 95 of 100 below ${p95.toFixed(2)} ${unit}, n=${String(n)}`;
}

function countOf(text: string, option: string, most: number): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= most) return count;
  throw new UserError('OPTION_NUMBER', `${option} is a whole number from 1 to ${String(most)}.`);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        rounds: { type: 'string', default: '200' },
        threads: { type: 'string', default: '2' },
        recognition: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UserError('OPTION_UNKNOWN', error instanceof Error ? error.message : 'An option is wrong.');
  }
}
