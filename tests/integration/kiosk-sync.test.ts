// Sync over real TLS against a server that drops, repeats and refuses: nothing lost, nothing doubled, boxes destroyed
// only on a signed acknowledgement.
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromBase64 } from '@hazri/shared/crypto/encoding';
import type { DeviceErrorCode } from '@hazri/shared/protocol/device';
import { Recorder } from '../../kiosk/src/agent/recorder.js';
import { Sealer } from '../../kiosk/src/agent/sealer.js';
import { TrustedTime } from '../../kiosk/src/agent/trusted-time.js';
import { DeviceKey, verifySignature } from '../../kiosk/src/identity/device-key.js';
import type { Journal } from '../../kiosk/src/journal/journal.js';
import { openJournal } from '../../kiosk/src/journal/open-journal.js';
import { DeviceClient } from '../../kiosk/src/sync/device-client.js';
import { type SyncStatus, SyncRunner } from '../../kiosk/src/sync/sync-runner.js';
import { embeddingOf } from './kiosk-support/fake-engine.js';
import { ProtocolServer } from './kiosk-support/protocol-server.js';

let folder: string;
let server: ProtocolServer;
let journal: Journal;
let runner: SyncRunner;
let client: DeviceClient;
let recorder: Recorder;
let statuses: SyncStatus[];
const key = DeviceKey.generate();
const clock = { wallMs: () => Date.now(), monoMs: () => performance.now(), bootId: 'boot' };

function openAll(name = 'journal'): void {
  const config = server.config();
  ({ journal } = openJournal({
    path: join(folder, `${name}.sqlite`),
    deviceId: server.deviceId,
    signer: key,
    verify: (bytes, signature) => verifySignature(key.publicKey, bytes, signature),
    lastEpoch: 0,
    wallMs: clock.wallMs,
    driver: null,
  }));
  const time = new TrustedTime(clock, null);
  recorder = new Recorder(
    {
      journal,
      config: () => config,
      time,
      clock,
      sealer: new Sealer(clock.monoMs),
      newId: randomUUID,
      onEpoch: () => undefined,
    },
    null,
  );
  client = new DeviceClient({
    host: 'localhost',
    port: server.port,
    trust: { spkiPins: () => [server.pin], trustedNowMs: () => null },
    deviceId: server.deviceId,
    signer: key,
    serverSignKey: fromBase64(config.serverSignPublicKey),
    monoMs: clock.monoMs,
    nowMs: () => time.bestNowMs(),
    onTime: (sample) => {
      time.take(sample);
    },
  });
  statuses = [];
  runner = new SyncRunner({
    journal,
    client,
    monoMs: clock.monoMs,
    after: (waitMs, work) => {
      const timer = setTimeout(work, waitMs);
      return () => {
        clearTimeout(timer);
      };
    },
    random: () => 0,
    describe: () => ({
      appVersion: '0.1.0',
      configVersion: 1,
      camera: null,
      models: null,
      wallMs: Date.now(),
      problem: null,
    }),
    startEpoch: (reason) => recorder.startEpoch(reason).ok,
    onConfig: () => undefined,
    onEnrolment: () => undefined,
    onSent: () => undefined,
    onStatus: (status) => statuses.push(status),
  });
}

async function closeAll(): Promise<void> {
  await runner.stop();
  client.close();
  journal.close();
}

function record(): { epoch: number; seq: number; hash: string } {
  const done = recorder.checkIn({
    face: {
      current: embeddingOf(randomBytes(1)[0]! % 9),
      next: null,
      models: { detector: 'd', landmarks: 'l', recognition: 'r' },
    },
    frames: 3,
    liveness: { policy: 'passive', decision: 'live', version: 'v', cues: {}, tookMs: 1 },
    camera: null,
  });
  if (!done.ok) throw new Error(done.error);
  return done.value;
}

async function drained(ms = 15_000): Promise<void> {
  const end = performance.now() + ms;
  while (journal.queue().unsent > 0) {
    if (performance.now() > end) throw new Error(`not drained: ${JSON.stringify(journal.queue())}`);
    await new Promise((done) => setTimeout(done, 10));
  }
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hazri-sync-'));
  server = await ProtocolServer.start();
  server.deviceKey = key.publicKey;
  openAll();
});
afterEach(async () => {
  await closeAll();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const seqs = (): number[] => server.events.map(({ event }) => event.seq);

describe('sync', () => {
  it('compares heads before it sends, then drains a backlog in batches of at most 500', async () => {
    for (let index = 0; index < 620; index += 1) record();
    runner.start();
    await drained();
    expect(server.requests[0]).toMatch(/heartbeat$/);
    expect(server.requests.filter((path) => path.endsWith('events'))).toHaveLength(2);
    expect(seqs()).toEqual(Array.from({ length: 620 }, (_, index) => index + 1));
  });

  it('answers a live punch at once', async () => {
    runner.start();
    await new Promise((done) => setTimeout(done, 200));
    const tookMs: number[] = [];
    for (let index = 0; index < 20; index += 1) {
      const startedMs = performance.now();
      expect(await runner.decide(record(), 2_500)).toEqual({ kind: 'stored' });
      tookMs.push(performance.now() - startedMs);
    }
    tookMs.sort((a, b) => a - b);
    console.log(
      `record to answer over TLS on loopback: median ${tookMs[10]!.toFixed(1)} ms, worst ${tookMs[19]!.toFixed(1)} ms`,
    );
  });

  it.each(['drop-request', 'drop-reply', 'bad-signature'] as const)(
    'survives %s: once each, in order',
    async (kind) => {
      server.faults.push({ path: 'events', kind, times: 2 });
      for (let index = 0; index < 5; index += 1) record();
      runner.start();
      await new Promise((done) => setTimeout(done, 300));
      expect(journal.queue().unsent).toBe(5);
      expect(journal.unsent(9)!.events.every(({ box }) => box !== null)).toBe(true);
      await drained();
      expect(seqs()).toEqual([1, 2, 3, 4, 5]);
    },
  );

  it('says at once that a punch waits when the attempt failed', async () => {
    runner.start();
    await new Promise((done) => setTimeout(done, 200));
    await server.stop();
    const startedMs = performance.now();
    expect(await runner.decide(record(), 2_500)).toBeNull();
    expect(performance.now() - startedMs).toBeLessThan(1_000);
    expect(statuses.at(-1)).toEqual({ online: false, problem: null });
  });

  it('obeys a server that names the time', async () => {
    record();
    server.faults.push({
      path: 'events',
      kind: 'refuse',
      code: 'SERVER_BUSY',
      status: 503,
      headers: { 'retry-after': '2' },
      times: 1,
    });
    const startedMs = performance.now();
    runner.start();
    await drained();
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(2_000);
  });

  it.each<[DeviceErrorCode, number]>([
    ['SERVER_BUSY', 503],
    ['DEVICE_SIGNATURE_INVALID', 401],
    ['DEVICE_NONCE_REUSED', 401],
    ['REQUEST_INVALID', 400],
    ['EVENT_GAP', 409],
  ])('tries again after %s and drops nothing', async (code, status) => {
    server.faults.push({ path: 'events', kind: 'refuse', code, status, times: 1 });
    record();
    runner.start();
    await drained();
    expect(seqs()).toEqual([1]);
    expect(journal.head.epoch).toBe(1);
  });

  it.each<DeviceErrorCode>(['EVENT_FORK', 'EVENT_TAMPERED', 'EVENT_FOREIGN', 'EVENT_MALFORMED'])(
    'keeps what was refused with %s and goes on in a new epoch',
    async (code) => {
      server.faults.push({ path: 'events', kind: 'refuse', code, status: 409, times: 1 });
      record();
      runner.start();
      const end = performance.now() + 8_000;
      while (server.chains.get(2) === undefined && performance.now() < end)
        await new Promise((done) => setTimeout(done, 20));
      expect(server.chains.get(2)?.[0]?.event).toMatchObject({ type: 'epoch', reason: 'fork' });
      expect(journal.queue().heldBack).toBe(1);
      record();
      runner.start();
      await drained();
      expect(server.chains.get(2)).toHaveLength(2);
    },
  );

  it.each<[DeviceErrorCode, SyncStatus['problem']]>([
    ['DEVICE_REVOKED', 'DEVICE_REVOKED'],
    ['PROTOCOL_UNSUPPORTED', 'TABLET_TOO_OLD'],
  ])('stops on %s, says so and keeps what it has', async (code, problem) => {
    server.faults.push({ path: 'heartbeat', kind: 'refuse', code, status: 403, times: 99 });
    record();
    runner.start();
    await new Promise((done) => setTimeout(done, 400));
    expect(statuses.at(-1)).toEqual({ online: false, problem });
    expect(await runner.decide(record(), 300)).toBeNull();
    expect(server.requests.filter((path) => path.endsWith('events'))).toEqual([]);
    expect(journal.queue().unsent).toBe(2);
  });

  it('corrects its clock by the signed time of a refusal', async () => {
    server.clockOffsetMs = 2 * 365 * 86_400_000;
    record();
    runner.start();
    await drained(4_000);
    expect(seqs()).toEqual([1]);
  });

  it('does not believe an unsigned acknowledgement with its boxes', async () => {
    record();
    server.faults.push({ path: 'events', kind: 'bad-signature', times: 1 });
    runner.start();
    await new Promise((done) => setTimeout(done, 250));
    expect(server.events).toHaveLength(1);
    expect(journal.unsent(1)!.events[0]!.box).not.toBeNull();
    await drained();
  });

  it('gives a server that was restored from a backup what it lost', async () => {
    for (let index = 0; index < 6; index += 1) record();
    runner.start();
    await drained();
    server.chains.set(1, server.chains.get(1)!.slice(0, 2));
    const end = performance.now() + 8_000;
    while (server.chains.get(1)!.length < 6 && performance.now() < end)
      await new Promise((done) => setTimeout(done, 20));
    expect(seqs()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('starts a new epoch when its own disk was put back to an earlier day', async () => {
    for (let index = 0; index < 3; index += 1) record();
    runner.start();
    await drained();
    await closeAll();
    openAll('restored');
    record();
    runner.start();
    const end = performance.now() + 10_000;
    while (server.chains.get(2) === undefined && performance.now() < end)
      await new Promise((done) => setTimeout(done, 20));
    expect(server.chains.get(2)?.[0]?.event).toMatchObject({ type: 'epoch', reason: 'restored' });
    expect(server.chains.get(1)).toHaveLength(3);
  });
});
