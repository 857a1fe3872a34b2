// The server as the process that people run, on a folder of its own, to be killed and started again.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { DeviceKey } from '../../kiosk/src/identity/device-key.js';
import type { DeviceConfig } from '../../shared/src/protocol/device.js';
import { ConsoleClient } from './console-client.js';
import { DeviceClient } from './device-client.js';
import { must, newPairing, saveRootKey } from './paired-device.js';

const ENTRY = path.resolve(import.meta.dirname, '../../server/dist/main.js');
const PASSWORD = 'seven green kites above';

/** What a tablet's process needs to be that tablet. */
export interface Credentials {
  readonly key: DeviceKey;
  readonly config: DeviceConfig;
}

export class ServerProcess {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'hazri-server-process-'));
  #child: ChildProcess | null = null;
  #console: ConsoleClient | null = null;
  /** Stays the same over restarts. */
  port = 0;

  get database(): string {
    return path.join(this.#folder, 'server', 'hazri.db');
  }

  get ca(): string {
    return readFileSync(path.join(this.#folder, 'server', 'tls', 'authority.pem'), 'utf8');
  }

  /** Resolves when it says that it is ready. */
  async start(): Promise<void> {
    if (!existsSync(ENTRY)) throw new Error('server/dist/main.js is not built; run npm run build');
    const child = spawn(process.execPath, [ENTRY], {
      env: {
        PATH: process.env['PATH'],
        HAZRI_DATA: this.#folder,
        HAZRI_PORT: String(this.port),
        HAZRI_HTTP_PORT: '0',
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.#child = child;
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    this.port = Number(new URL((JSON.parse(line) as { console: string }).console).port);
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  async pairTablet(name: string): Promise<Credentials> {
    const console = await this.console();
    const { code, pairingId } = await newPairing(console, name);
    const key = DeviceKey.generate();
    const device = new DeviceClient({ port: this.port, ca: this.ca }, () => Date.now());
    device.keys = key;
    device.deviceId = (await device.pair(code)).body['deviceId'] as string;
    await must(console, 'confirmPairing', { id: pairingId, body: { cameraPin: null } });
    const config = (await device.pairStatus()).body['config'] as DeviceConfig;
    device.close();
    return { key, config };
  }

  async destroy(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** The owner of the one company of this server. */
  async console(): Promise<ConsoleClient> {
    if (this.#console !== null) return this.#console;
    const console = new ConsoleClient({ port: this.port, ca: this.ca });
    const founded = await console.call('createCompany', {
      body: {
        companyName: 'Acme Works',
        siteName: 'Main gate',
        zone: 'Asia/Kolkata',
        locale: 'en',
        ownerName: 'Olga Owner',
        email: 'owner@acme.test',
        password: PASSWORD,
      },
    });
    if (founded.status !== 200) throw new Error(founded.text);
    await saveRootKey(console, PASSWORD);
    this.#console = console;
    return console;
  }
}
