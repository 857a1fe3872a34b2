// The tablet as its hosts make it, with the anti-spoofing pack in its data folder: a living person is recorded as live,
// a screen is refused, whom the pack doubts is asked to move, and a damaged pack makes nobody alive.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { TabletAgent } from '../../kiosk/src/agent/agent.js';
import { createLog } from '../../kiosk/src/agent/log.js';
import { encodeFrame } from '../../kiosk/src/contract/frame.js';
import type { View } from '../../kiosk/src/contract/views.js';
import { packFolder } from '../../kiosk/src/engine/liveness/spoof/spoof-pack.js';
import { createTablet } from '../../kiosk/src/hosts/create-agent.js';
import { FILE_PROTECTION } from '../../kiosk/src/identity/device-key.js';
import { findPack, installPack, recognisePackFile } from '../../models/src/packs.js';
import { hasRecordings, recordingsFolder } from '../support/attacks/recordings.js';
import { splitMjpeg } from '../support/feeds.js';
import { hasPublishedPack, publishedPack } from '../support/pack.js';
import { CODE, ProtocolServer } from './kiosk-support/protocol-server.js';

vi.setConfig({ testTimeout: 120_000 });
const FRAMES_A_SECOND = 30;

let folder: string;
let server: ProtocolServer;
let agent: TabletAgent;
let view: View = { name: 'starting' };
const shown = (): View => view;
let logged: string[] = [];

async function start(damage: (file: string) => void = () => undefined): Promise<void> {
  folder = mkdtempSync(path.join(tmpdir(), 'hazri-tablet-'));
  const pack = findPack('minifasnet');
  const sources = pack.networks.map(({ source }) => {
    const bytes = readFileSync(path.join(publishedPack, source.file));
    return [recognisePackFile(pack, bytes, source.file), bytes] as const;
  });
  const installed = packFolder(folder, pack.name);
  installPack(pack, new Map(sources), installed);
  damage(path.join(installed, pack.networks[0]?.built.file ?? ''));
  server = await ProtocolServer.start();
  server.pairStatus = 'active';
  server.decide = () => ({ kind: 'not-recognised', reason: 'GALLERY_EMPTY' });
  logged = [];
  const config = { dataFolder: folder, port: 0, serverAddress: null, hasDisplay: false };
  agent = await createTablet({
    config: { ...config, version: '0.1.0', sqliteDriver: null },
    protection: FILE_PROTECTION,
    log: createLog(
      (line) => logged.push(line),
      () => Date.now(),
    ),
  });
  agent.onState((state) => {
    view = state.view;
  });
  await agent.call('camera.report', { state: 'open', camera: { label: 'film', deviceId: 'x' } });
  await agent.call('pairing.start', { serverAddress: `localhost:${server.port}`, code: CODE });
  await agent.call('pairing.words-match', { match: true });
  await expect.poll(() => shown().name, { timeout: 30_000 }).toBe('waiting');
}

afterEach(async () => {
  await agent.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Plays a recording as a camera would until one of the views is shown. */
async function playUntil(name: string, views: readonly View['name'][]): Promise<View> {
  const film = splitMjpeg(readFileSync(path.join(recordingsFolder, `${name}.mjpeg`)));
  const frames = await Promise.all(
    film.map((jpeg) => sharp(jpeg).removeAlpha().raw().toBuffer({ resolveWithObject: true })),
  );
  const startedMs = performance.now();
  for (let nowMs = startedMs; nowMs - startedMs < 30_000; nowMs = performance.now()) {
    const frame = frames[Math.floor(((nowMs - startedMs) / 1000) * FRAMES_A_SECOND) % frames.length];
    if (!frame) break;
    const { width, height } = frame.info;
    const sent = { width, height, data: frame.data, channels: 3 as const, capturedMonoMs: nowMs };
    await agent.acceptFrame(encodeFrame(sent));
    if (views.includes(shown().name)) break;
    await new Promise((done) => setTimeout(done, 5));
  }
  return shown();
}

const lastCheckIn = () => {
  const event = server.events.at(-1)?.event;
  return event?.type === 'check-in' ? event.liveness : null;
};

describe.runIf(hasRecordings && hasPublishedPack)('a tablet with the pack', () => {
  it('records a living person as live, and names the pack', async () => {
    await start();
    expect((await playUntil('live-p04-smile-glasses', ['result', 'asking'])).name).toBe('result');
    expect(lastCheckIn()).toMatchObject({ decision: 'live', policy: 'standard' });
    expect(lastCheckIn()?.version).toContain('minifasnet');
  });

  it('refuses a screen and sends nothing', async () => {
    await start();
    const refused = await playUntil('attack-laptop-of-p14', ['result', 'asking']);
    expect(refused).toMatchObject({
      name: 'result',
      result: { kind: 'refused', reason: 'LIVENESS_REFUSED' },
    });
    expect(server.events).toEqual([]);
  });

  it('asks whom the pack doubts to move, and records nothing meanwhile', async () => {
    await start();
    const asking = await playUntil('live-p03-winks', ['result', 'asking']);
    expect(asking).toMatchObject({ name: 'asking', asked: { done: 0, of: 3 } });
    expect(server.events).toEqual([]);
  });

  it('takes nobody for alive with a damaged pack, and says so in its log', async () => {
    await start((file) => {
      writeFileSync(file, 'not a network');
    });
    expect(logged.some((line) => line.includes('LIVENESS_PACK_BROKEN'))).toBe(true);
    await playUntil('live-p04-smile-glasses', ['result', 'asking', 'pin']);
    expect(lastCheckIn()?.decision).toBe('undecided');
  });
});
