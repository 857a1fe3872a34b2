// After fifty punches: no picture and no embedding in clear in what passed between tablet and server, in databases,
// logs, the browser's profile or temporary folders. What the embeddings were is learnt by opening the recorded boxes
// with the server's own key, which is also the proof that the search would have found them.
import { copyFileSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embeddingsFromBytes } from '@hazri/shared/crypto/embedding-bytes';
import { fromBase64 } from '@hazri/shared/crypto/encoding';
import { open, openingKey } from '@hazri/shared/crypto/sealing';
import { type DeviceEvent, deviceEvent } from '@hazri/shared/protocol/event';
import { loadRootKey } from '../../server/src/platform/keys/root-key.js';
import { type Finding, scanBytes, scanFolder } from '../support/biometric-scan.js';
import { chromiumMissing } from '../support/chromium.js';
import { ConsoleBrowser } from '../support/console-browser.js';
import { performers } from '../support/feeds.js';
import { present, presentNobody, presentVisits } from '../support/presentation.js';
import { type RecordingProxy, startRecordingProxy } from '../support/recording-proxy.js';
import { type Program, type ServerReady, TestSystem, freePort } from '../support/system.js';
import { type TabletScreen, tabletHost } from '../support/tablet-screen.js';

const PUNCHES = 50;
const MINUTE = 60_000;
const LARGEST_ICON_PX = 32;
const PEOPLE = [
  { code: 'L-1', name: 'Asha Rao', performer: performers.first },
  { code: 'L-2', name: 'Vikram Sethi', performer: performers.second },
];

/** Every event with its box that a recorded stream from the tablet holds. */
function recordedEvents(streams: readonly Buffer[]): { event: DeviceEvent; box: Uint8Array }[] {
  const found = new Map<string, { event: DeviceEvent; box: Uint8Array }>();
  for (const stream of streams) {
    for (const [text] of stream
      .toString('latin1')
      .matchAll(/\{"(?:box|bytes)":"[^"]+","(?:box|bytes)":"[^"]+"\}/g)) {
      const sent = JSON.parse(text) as { bytes: string; box: string };
      const event = deviceEvent.parse(JSON.parse(Buffer.from(sent.bytes, 'base64').toString()));
      found.set(event.id, { event, box: fromBase64(sent.box) });
    }
  }
  return [...found.values()];
}

describe.skipIf(chromiumMissing() !== null)('fifty punches', () => {
  let system: TestSystem;
  let server: Program<ServerReady>;
  let proxy: RecordingProxy;
  let hr: ConsoleBrowser;
  let tablet: TabletScreen;
  let camera: string;

  const play = async (film: string): Promise<void> => {
    copyFileSync(path.join(system.folder, film), `${camera}.next.mjpeg`);
    renameSync(`${camera}.next.mjpeg`, camera);
    await tablet.reopenCamera();
  };

  beforeAll(async () => {
    system = await TestSystem.create();
    camera = path.join(system.folder, 'camera.mjpeg');
    await presentNobody(camera);
    const [first, second] = [await performers.first.again(), await performers.second.again()];
    await presentVisits([first, second], path.join(system.folder, 'visits.mjpeg'), {
      seed: 31,
      visitSeconds: 3,
      gapSeconds: 1,
    });
    server = await system.startServer();
    const tls = path.join(system.data, 'server/tls');
    proxy = await startRecordingProxy({
      cert: readFileSync(path.join(tls, 'server.pem'), 'utf8'),
      key: readFileSync(path.join(tls, 'server.key'), 'utf8'),
      port: await freePort(),
      target: { host: '127.0.0.1', port: system.ports.server },
    });
    hr = await ConsoleBrowser.open(server.ready.console, path.join(system.folder, 'console-profile'));
    tablet = await tabletHost(system, {
      profile: path.join(system.folder, 'tablet-profile'),
      camera,
      serverAddress: `localhost:${proxy.port}`,
    });
  }, 5 * MINUTE);

  afterAll(async () => {
    await tablet.close();
    await hr.close();
    await proxy.close();
    await system.close();
  });

  it(
    'are made by two people in turn',
    async () => {
      if (server.ready.signIn === null) throw new Error('no first sign-in');
      await hr.signIn(server.ready.signIn);
      await tablet.pair(await hr.makePairingCode('Gate 1'));
      expect(await hr.pairingWords()).toEqual(await tablet.words());
      await tablet.confirmWords();
      await hr.acceptPairing();
      await hr.setDuplicateInterval(0);
      for (const [index, { code, name, performer }] of PEOPLE.entries()) {
        await present(await performer.enrol(), path.join(system.folder, 'enrol.mjpeg'), {
          seed: 41 + index,
          seconds: 20,
        });
        await hr.addPerson(code, name);
        await hr.startEnrolment();
        await tablet.see(`Hello, ${name}`);
        await play('enrol.mjpeg');
        await tablet.press('I agree');
        await tablet.see(`Welcome, ${name}`);
      }
      await play('visits.mjpeg');
      await expect
        .poll(() => hr.countPunches(), { timeout: 8 * MINUTE, interval: 2000 })
        .toBeGreaterThanOrEqual(PUNCHES);
    },
    12 * MINUTE,
  );

  it(
    'leave no picture and no embedding in clear anywhere',
    async () => {
      const streams = proxy.recorded();
      const sent = recordedEvents(streams);
      expect(sent.filter(({ event }) => event.type === 'check-in').length).toBeGreaterThanOrEqual(PUNCHES);
      await tablet.close();
      await hr.close();
      await server.stop();

      const embeddings = sent.flatMap(({ event, box }) => openWithServerKey(system.data, event, box));
      expect(embeddings.length).toBeGreaterThanOrEqual(PUNCHES);
      const planted = Buffer.from(embeddings[0]?.buffer ?? new ArrayBuffer(0));
      expect(scanBytes('planted', planted, embeddings)).not.toEqual([]);

      const findings: Finding[] = [
        ...streams.flatMap((stream, index) => scanBytes(`stream ${index}`, stream, embeddings)),
        ...scanFolder(system.folder, embeddings, (file) => file.endsWith('.mjpeg')),
      ];
      expect(findings.filter((finding) => !isPageIcon(finding))).toEqual([]);
    },
    5 * MINUTE,
  );
});

/** A browser paints each page's own icon small and keeps that in its `Favicons`; nothing else may be a picture there. */
function isPageIcon({ where, what, offset }: Finding): boolean {
  if (path.basename(where) !== 'Favicons' || what !== 'PNG') return false;
  const header = readFileSync(where).subarray(offset + 16, offset + 24);
  return header.readUInt32BE(0) <= LARGEST_ICON_PX && header.readUInt32BE(4) <= LARGEST_ICON_PX;
}

function openWithServerKey(data: string, event: DeviceEvent, box: Uint8Array): Float32Array[] {
  if (event.type !== 'check-in' && event.type !== 'enrolment') return [];
  const { v, tenant, device, epoch, seq, id, type } = event;
  const shared = openingKey(fromBase64(event.senderKey), serverSecret(data, event.serverKeyId));
  if (!shared.ok) throw new Error(shared.error);
  const payload = open(shared.value, box, { v, tenant, device, epoch, seq, id, type });
  if (!payload.ok) throw new Error(payload.error);
  const embeddings = embeddingsFromBytes(
    payload.value,
    event.type === 'enrolment' ? event.templates.length : 1,
  );
  if (!embeddings.ok) throw new Error(embeddings.error);
  return embeddings.value;
}

function serverSecret(data: string, keyId: string): Uint8Array {
  const root = loadRootKey({ text: null, file: path.join(data, 'server/keys/root.key') });
  const database = new Database(path.join(data, 'server/hazri.db'), { readonly: true });
  const row = database.prepare('select wrapped from server_key where id = ?').get(keyId) as {
    wrapped: Buffer;
  };
  database.close();
  return root.unwrap(row.wrapped, { tenant: '-', purpose: 'server-key', id: keyId });
}
