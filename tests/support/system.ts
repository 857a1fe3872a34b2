// The real programs as a person starts them: server and tablet as child processes on free ports with data of their own.
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { root } from './feeds.js';

const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 15_000;

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no port'));
        else resolve(address.port);
      });
    });
  });
}

/** One started program. `ready` is the JSON line it printed. */
export interface Program<Ready> {
  readonly process: ChildProcess;
  readonly ready: Ready;
  kill(signal: NodeJS.Signals): Promise<void>;
  stop(): Promise<void>;
}

export interface ServerReady {
  console: string;
  http: string;
  data: string;
  signIn: { email: string; password: string | null } | null;
}
export interface TabletReady {
  kiosk: string;
}

async function startProgram<Ready>(
  script: string,
  env: Record<string, string>,
  logFile: string,
): Promise<Program<Ready>> {
  const child = spawn(process.execPath, [path.join(root, script)], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr.pipe(createWriteStream(logFile, { flags: 'a' }));
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve();
    }),
  );
  const ready = await new Promise<Ready>((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => {
      reject(new Error(`${script} was not ready in time; see ${logFile}`));
    }, READY_TIMEOUT_MS);
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (piece: string) => {
      text += piece;
      const end = text.indexOf('\n');
      if (end < 0) return;
      clearTimeout(timer);
      resolve(JSON.parse(text.slice(0, end)) as Ready);
    });
    child.once('exit', (code) => {
      reject(new Error(`${script} ended with ${code ?? 'a signal'}; see ${logFile}`));
    });
  });
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await kill('SIGTERM');
    clearTimeout(timer);
  };
  return { process: child, ready, kill, stop };
}

/** A company's computers for one test: a data folder, fixed ports, and programs that can be stopped and started again. */
export class TestSystem {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'hazri-system-'));
  readonly data = path.join(this.folder, 'data');
  readonly logs = path.join(this.folder, 'logs');
  private readonly programs: { stop(): Promise<void> }[] = [];

  private constructor(
    readonly ports: { server: number; http: number; tablet: number },
    private readonly extraEnv: Record<string, string>,
  ) {
    mkdirSync(this.data);
    mkdirSync(this.logs);
  }

  static async create(extraEnv: Record<string, string> = {}): Promise<TestSystem> {
    const ports = { server: await freePort(), http: await freePort(), tablet: await freePort() };
    return new TestSystem(ports, extraEnv);
  }

  private env(): Record<string, string> {
    return {
      HAZRI_DATA: this.data,
      HAZRI_PORT: String(this.ports.server),
      HAZRI_HTTP_PORT: String(this.ports.http),
      HAZRI_KIOSK_PORT: String(this.ports.tablet),
      HAZRI_DEMO: '1',
      TMPDIR: this.folder,
      ...this.extraEnv,
    };
  }

  async startServer(): Promise<Program<ServerReady>> {
    const log = path.join(this.logs, 'server.log');
    const server = await startProgram<ServerReady>('server/dist/main.js', this.env(), log);
    this.programs.push(server);
    return server;
  }

  /** The whole environment of a tablet that somebody else starts. */
  tabletEnvironment(serverAddress = `localhost:${this.ports.server}`): Record<string, string> {
    const inherited = Object.entries(process.env).filter(
      (pair): pair is [string, string] => pair[1] !== undefined,
    );
    return { ...Object.fromEntries(inherited), ...this.env(), HAZRI_SERVER: serverAddress };
  }

  /** @param serverAddress host:port prefilled on the pairing screen */
  async startTablet(serverAddress = `localhost:${this.ports.server}`): Promise<Program<TabletReady>> {
    const env = { ...this.env(), HAZRI_SERVER: serverAddress };
    const log = path.join(this.logs, 'tablet.log');
    const tablet = await startProgram<TabletReady>('kiosk/dist/hosts/browser/main.js', env, log);
    this.programs.push(tablet);
    return tablet;
  }

  async close(): Promise<void> {
    await Promise.all(this.programs.map((program) => program.stop()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}
