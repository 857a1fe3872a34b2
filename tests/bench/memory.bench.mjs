// Resident memory of a fresh process that takes camera frames through the engine as a tablet does: observe each, embed
// some, let go of everything. Prints how much it grew after the warm-up and where it ended.
// HAZRI_BENCH_FRAMES sets how many frames; the default takes ten minutes or more.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

const FRAMES = Number(process.env.HAZRI_BENCH_FRAMES ?? 100_000);
/** Share of the frames after which memory has to stand still. */
const WARM_UP = 0.1;

/** @returns {Promise<{ frame: number, rssMb: number }[]>} */
async function play() {
  const program = path.join(import.meta.dirname, 'memory-process.mjs');
  const child = spawn(process.execPath, [program, String(FRAMES)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const samples = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const sample = JSON.parse(line);
    samples.push(sample);
    process.stderr.write(`bench: memory, frame ${sample.frame}: ${sample.rssMb} MB\n`);
  }
  return samples;
}

const meanOf = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @param {readonly { rssMb: number }[]} samples */
const levelOf = (samples) => meanOf(samples.map(({ rssMb }) => rssMb));

export const bench = {
  name: 'memory',
  async run() {
    const samples = (await play()).filter(({ frame }) => frame >= FRAMES * WARM_UP);
    const tenth = Math.max(1, Math.floor(samples.length / 10));
    const [first, last] = [levelOf(samples.slice(0, tenth)), levelOf(samples.slice(-tenth))];
    const row = (name, unit, ours) => ({
      name,
      unit,
      ours: Number(ours.toPrecision(4)),
      peers: {},
      ratio: {},
      n: FRAMES,
    });
    const most = Math.max(...samples.map(({ rssMb }) => rssMb));
    return [
      row('resident memory of the engine’s process, most', 'MB', most),
      row('growth after the warm-up', '%', (100 * (last - first)) / first),
    ];
  },
};
