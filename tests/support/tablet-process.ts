// Starts and kills the process of tests/torture/tablet-process.mjs, and remembers what it said.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Credentials } from './server-process.js';

const SCRIPT = fileURLToPath(new URL('../torture/tablet-process.mjs', import.meta.url));

export class TabletProcess {
  readonly journal: string;
  readonly #credentials: string;
  /** Hashes of events that were said to be recorded, in order. */
  readonly told: string[] = [];
  readonly startMs: number[] = [];

  constructor(
    folder: string,
    name: string,
    readonly paired: Credentials,
    private readonly port: number,
  ) {
    this.journal = path.join(folder, `${name}.sqlite`);
    this.#credentials = path.join(folder, `${name}.json`);
    const secret = Buffer.from(paired.key.exportSecret()).toString('base64');
    writeFileSync(this.#credentials, JSON.stringify({ secret, config: paired.config }), { mode: 0o600 });
  }

  /** Records and syncs until it has said so many events, and is killed some ms later, wherever it then is. */
  async recordAndDie(events: number, laterMs: number): Promise<void> {
    const recording = this.record(events);
    await recording.said;
    await new Promise((resolve) => setTimeout(resolve, laterMs));
    await recording.kill();
  }

  /** Records and syncs until it is killed; `said` resolves once it has said so many events. */
  record(events: number): { readonly said: Promise<void>; kill(): Promise<void> } {
    const { child, ended, said } = this.#spawn('record', events);
    return {
      said: Promise.race([said, ended]),
      kill: async () => {
        if (child.exitCode !== null) {
          throw new Error(`the tablet ended by itself with ${String(child.exitCode)}`);
        }
        child.kill('SIGKILL');
        await ended;
      },
    };
  }

  /** Records `more` events at once, then sends what is left; gives back the head and how much was held back. */
  async drain(
    more = 0,
  ): Promise<{ readonly epoch: number; readonly seq: number; readonly heldBack: number }> {
    const { ended, text } = this.#spawn('drain', more);
    await ended;
    const said = /^drained (\d+) (\d+) (\d+)$/m.exec(text());
    if (said === null) throw new Error(`the tablet did not drain: ${text()}`);
    return { epoch: Number(said[1]), seq: Number(said[2]), heldBack: Number(said[3]) };
  }

  #spawn(mode: 'record' | 'drain', events = 0) {
    const startedMs = performance.now();
    const args = [SCRIPT, this.#credentials, this.journal, String(this.port), mode];
    if (mode === 'drain') args.push(String(events));
    const child: ChildProcess = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    let enough: () => void = () => undefined;
    const said = new Promise<void>((resolve) => (enough = resolve));
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
      if (text === '') this.startMs.push(performance.now() - startedMs);
      text += piece;
      // The first line says that the journal is open.
      if (text.split('\n').length > events + 1) enough();
    });
    const ended = once(child, 'close').then(() => {
      for (const [, hash] of text.matchAll(/^\d+ \d+ ([0-9a-f]{64})$/gm)) this.told.push(hash ?? '');
    });
    return { child, ended, said, text: () => text };
  }
}
