// The real server process is killed without warning between two punches, and in the middle of a stream of them: after
// its restart every acknowledged punch is there, once, and what was not acknowledged is taken when it is sent again.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { ConsoleClient } from '../support/console-client.js';
import { DeviceClient, newFace, pictureOf } from '../support/device-client.js';
import { must } from '../support/paired-device.js';

const entry = path.resolve(import.meta.dirname, '../../server/dist/main.js');
const folder = mkdtempSync(path.join(tmpdir(), 'hazri-kill-'));
const running = new Set<ChildProcess>();

interface Started {
  readonly child: ChildProcess;
  readonly port: number;
  readonly ca: string;
}

async function start(port: number): Promise<Started> {
  const child = spawn(process.execPath, [entry], {
    env: {
      PATH: process.env['PATH'],
      HAZRI_DATA: folder,
      HAZRI_PORT: String(port),
      HAZRI_HTTP_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const ready = JSON.parse(line) as { console: string };
  const ca = readFileSync(path.join(folder, 'server', 'tls', 'authority.pem'), 'utf8');
  return { child, port: Number(new URL(ready.console).port), ca };
}

async function kill({ child }: Started): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

describe('a server that is killed', () => {
  it('keeps both punches, once each, and takes the rest when it is back', async () => {
    if (!existsSync(entry)) throw new Error('server/dist/main.js is not built; run npm run build');
    let server = await start(0);
    const device = new DeviceClient(server, () => Date.now());
    const person = await prepare(server, device);

    const first = device.checkIn(pictureOf(person.face));
    expect((await device.outcome([first])).kind).toBe('accepted');
    await kill(server);

    server = await start(server.port);
    device.server = server;
    const later = Date.now() + 2 * 60_000;
    const second = device.checkIn(pictureOf(person.face), { atMs: later });
    expect((await device.outcome([second])).kind).toBe('accepted');
    expect((await device.outcome([first, second])).kind).toBe('accepted');

    // A stream of batches while the server is killed at a random moment, again and again.
    const sent: string[] = [];
    let acked = second.event.seq;
    for (let run = 0; run < 4; run += 1) {
      const delay = 20 + Math.floor(Math.random() * 200);
      const killed = new Promise<void>((resolve) => {
        setTimeout(() => void kill(server).then(resolve), delay);
      });
      for (let at = 0; at < 400; at += 1) {
        const events = [0, 1, 2].map(() => device.checkIn(newFace()));
        try {
          const reply = await device.send(events);
          if (reply.status !== 200) break;
          sent.push(...events.map((event) => event.hash));
          acked = reply.body.ackedSeq;
        } catch {
          break;
        }
      }
      await killed;
      server = await start(server.port);
      device.server = server;
      // What was not acknowledged is still in the journal and goes again, with what may have arrived already.
      const again = device.journal.slice(Math.max(0, acked - 3));
      for (let at = 0; at < again.length; at += 200) {
        const reply = await device.send(again.slice(at, at + 200));
        expect(reply.status).toBe(200);
        acked = reply.body.ackedSeq;
      }
    }
    await kill(server);
    device.close();

    const database = new Database(path.join(folder, 'server', 'hazri.db'), { readonly: true });
    const hashes = database
      .prepare('SELECT hash FROM device_event ORDER BY epoch, seq')
      .pluck()
      .all() as string[];
    expect(hashes).toEqual(device.journal.map((event) => event.hash));
    expect(sent.every((hash) => hashes.includes(hash))).toBe(true);
    const punches = database.prepare('SELECT seq FROM punch ORDER BY seq').pluck().all();
    expect(punches).toEqual([first.event.seq, second.event.seq]);
    expect(database.pragma('quick_check', { simple: true })).toBe('ok');
    database.close();
  });
});

async function prepare(server: Started, device: DeviceClient) {
  const console = new ConsoleClient(server);
  const password = 'seven green kites above';
  const founded = await console.call('createCompany', {
    body: {
      companyName: 'Acme Works',
      siteName: 'Main gate',
      zone: 'Asia/Kolkata',
      locale: 'en',
      ownerName: 'Olga Owner',
      email: 'owner@acme.test',
      password,
    },
  });
  if (founded.status !== 200) throw new Error(founded.text);
  const support = await import('../support/paired-device.js');
  await support.saveRootKey(console, password);
  const { code, pairingId } = await support.newPairing(console);
  device.deviceId = (await device.pair(code)).body['deviceId'] as string;
  await must(console, 'confirmPairing', { id: pairingId, body: { cameraPin: null } });
  device.config = (await device.pairStatus()).body['config'] as never;
  return support.enrolPerson(console, device, { code: 'K-1', name: 'Kiran Bose' });
}
