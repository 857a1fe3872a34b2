// One sync exchange over real TLS (handshake, comparison of heads, a punch, its acknowledgement) is cut after each of its
// bytes in turn: the punch is there in the end, once, and its box goes only with the acknowledgement.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBase64 } from '@hazri/shared/crypto/encoding';
import { Recorder } from '../../kiosk/src/agent/recorder.js';
import { Sealer } from '../../kiosk/src/agent/sealer.js';
import { TrustedTime } from '../../kiosk/src/agent/trusted-time.js';
import { DeviceKey, verifySignature } from '../../kiosk/src/identity/device-key.js';
import type { Journal } from '../../kiosk/src/journal/journal.js';
import { openJournal } from '../../kiosk/src/journal/open-journal.js';
import { DeviceClient } from '../../kiosk/src/sync/device-client.js';
import { SyncRunner } from '../../kiosk/src/sync/sync-runner.js';
import { embeddingOf } from '../integration/kiosk-support/fake-engine.js';
import { ProtocolServer } from '../integration/kiosk-support/protocol-server.js';
import { CuttingProxy } from '../support/cutting-proxy.js';
import { scale } from '../support/torture-scale.js';

/** Waits of the product are this much shorter here; nothing else about them changes. */
const FASTER = 500;
const HANG_MS = 30_000;
const key = DeviceKey.generate();
const folder = mkdtempSync(join(tmpdir(), 'hazri-cut-'));
const clock = { wallMs: () => Date.now(), monoMs: () => performance.now(), bootId: 'boot' };
const time = new TrustedTime(clock, null);
let server: ProtocolServer;
let proxy: CuttingProxy;
let journal: Journal;
let recorder: Recorder;

beforeAll(async () => {
  server = await ProtocolServer.start();
  server.deviceKey = key.publicKey;
  proxy = await CuttingProxy.start(server.port);
  const config = server.config();
  ({ journal } = openJournal({
    path: join(folder, 'journal.sqlite'),
    deviceId: server.deviceId,
    signer: key,
    verify: (bytes, signature) => verifySignature(key.publicKey, bytes, signature),
    lastEpoch: 0,
    wallMs: clock.wallMs,
    driver: null,
  }));
  const sealer = new Sealer(clock.monoMs);
  const parts = { journal, time, clock, sealer, newId: randomUUID, onEpoch: () => undefined };
  recorder = new Recorder({ ...parts, config: () => config }, null);
});
afterAll(async () => {
  journal.close();
  await proxy.stop();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A fresh start of the tablet: new connections, first greeting, one punch. */
async function oneExchange(cutAfter: number | null): Promise<void> {
  proxy.cutNextAfter = cutAfter;
  const client = new DeviceClient({
    host: 'localhost',
    port: proxy.port,
    trust: { spkiPins: () => [server.pin], trustedNowMs: () => null },
    deviceId: server.deviceId,
    signer: key,
    serverSignKey: fromBase64(server.config().serverSignPublicKey),
    monoMs: clock.monoMs,
    nowMs: () => time.bestNowMs(),
    onTime: (sample) => {
      time.take(sample);
    },
  });
  const models = { detector: 'd', landmarks: 'l', recognition: 'r' };
  recorder.checkIn({
    face: { current: embeddingOf(1), next: null, models },
    frames: 3,
    liveness: { policy: 'passive', decision: 'live', version: 'v', cues: {}, tookMs: 1 },
    camera: null,
  });
  await new Promise<void>((resolve, reject) => {
    const hung = setTimeout(() => {
      reject(new Error(`hung after a cut at ${String(cutAfter)}`));
    }, HANG_MS);
    const runner = new SyncRunner({
      journal,
      client,
      monoMs: () => performance.now() * FASTER,
      after: (waitMs, work) => {
        const timer = setTimeout(work, waitMs / FASTER);
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
        wallMs: 0,
        problem: null,
      }),
      startEpoch: () => {
        reject(new Error('an epoch began'));
        return false;
      },
      onConfig: () => undefined,
      onEnrolment: () => undefined,
      onStatus: () => undefined,
      onSent: () => {
        clearTimeout(hung);
        void runner.stop().then(resolve);
      },
    });
    runner.start();
  });
  client.close();
}

describe('a connection that is cut', () => {
  it('after any byte of an exchange loses and doubles nothing', async () => {
    await oneExchange(null);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const bytes = proxy.passed;
    expect(bytes).toBeGreaterThan(3_000);
    const last = scale.onlySeed === null ? bytes : 50;
    for (let cutAfter = 0; cutAfter < last; cutAfter += 1) {
      await oneExchange(cutAfter);
      expect(journal.queue()).toMatchObject({ unsent: 0, heldBack: 0 });
    }
    expect(server.events.map(({ event }) => event.seq)).toEqual(
      Array.from({ length: last + 1 }, (_, index) => index + 1),
    );
    expect(journal.head).toMatchObject({ epoch: 1, seq: last + 1 });
    console.log(`${String(proxy.cuts)} cuts, one after each of ${String(last)} bytes, 0 lost, 0 doubled`);
  }, 3_600_000);
});
