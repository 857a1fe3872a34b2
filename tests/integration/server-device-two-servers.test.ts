// Two servers on one database: who is enrolled or leaves at one is known at the other, and a batch that reaches both
// makes one punch.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonLogger } from '../../server/src/platform/logging/logger.js';
import { type RunningServer, startServer } from '../../server/src/start-server.js';
import type { ConsoleClient } from '../support/console-client.js';
import { type DeviceClient, pictureOf } from '../support/device-client.js';
import { DIALECTS } from '../support/dialects.js';
import { type EnrolledPerson, enrolPerson, must, pairDevice, saveRootKey } from '../support/paired-device.js';
import { OWNER_PASSWORD, type TestServer, foundCompany, startTestServer } from '../support/server.js';

const shared = DIALECTS.filter((dialect) => dialect !== 'sqlite');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe.skipIf(shared.length === 0).each(shared)('two servers on one %s', (dialect) => {
  let first: TestServer;
  let second: RunningServer;
  let secondFolder = '';
  let console: ConsoleClient;
  let device: DeviceClient;
  let person: EnrolledPerson;

  beforeAll(async () => {
    first = await startTestServer({ dialect });
    console = await foundCompany(first);
    await saveRootKey(console, OWNER_PASSWORD);
    const { clock } = first;
    secondFolder = mkdtempSync(path.join(tmpdir(), 'hazri-second-'));
    // A folder of its own; root key, certificate and database are those of the first.
    cpSync(path.join(first.config.dataFolder, 'tls'), path.join(secondFolder, 'tls'), { recursive: true });
    const config = { ...first.config, dataFolder: secondFolder };
    second = await startServer(config, {
      clock,
      logger: jsonLogger(
        () => clock.nowMs(),
        () => undefined,
      ),
    });
    device = await pairDevice(first, console);
    person = await enrolPerson(console, device, { code: 'T-1', name: 'Tara Sen' });
  });

  afterAll(async () => {
    device.close();
    await second.close();
    await first.close();
    rmSync(secondFolder, { recursive: true, force: true });
  });

  const at = (port: number): void => {
    device.server = { port, ca: first.ca };
  };

  it('knows at the second who was enrolled at the first', async () => {
    at(second.httpsPort);
    let kind = '';
    for (let wait = 0; wait < 50 && kind !== 'accepted'; wait += 1) {
      first.clock.advance(2 * MINUTE);
      kind = (await device.outcome([device.checkIn(pictureOf(person.face))])).kind;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(kind).toBe('accepted');
  });

  it('makes one punch of a batch that reaches both at once', async () => {
    for (let run = 0; run < 5; run += 1) {
      first.clock.advance(HOUR);
      const batch = device.batch([device.checkIn(pictureOf(person.face))]);
      const before = (await must(console, 'punches')).total;
      at(first.running.httpsPort);
      const here = device.sendRaw(batch);
      at(second.httpsPort);
      const there = device.sendRaw(batch);
      const [a, b] = await Promise.all([here, there]);
      expect([a.status, b.status]).toEqual([200, 200]);
      expect(a.body.outcomes).toEqual(b.body.outcomes);
      expect((await must(console, 'punches')).total).toBe(before + 1);
    }
  });

  it('gives one person one IN and one OUT when two tablets see them at two servers', async () => {
    const other = await pairDevice(first, console, { name: 'Second gate' });
    other.server = { port: second.httpsPort, ca: first.ca };
    at(first.running.httpsPort);
    for (let run = 0; run < 5; run += 1) {
      first.clock.advance(HOUR);
      const [a, b] = await Promise.all([
        device.outcome([device.checkIn(pictureOf(person.face))]),
        other.outcome([other.checkIn(pictureOf(person.face))]),
      ]);
      expect([a.kind, b.kind].sort()).toEqual(['accepted', 'duplicate']);
    }
    other.close();
  });

  it('forgets at the second who left at the first', async () => {
    await must(console, 'leavePerson', { id: person.id, body: { lastDay: '2026-01-01' } });
    at(second.httpsPort);
    let kind = '';
    for (let wait = 0; wait < 50 && kind !== 'not-recognised'; wait += 1) {
      kind = (await device.outcome([device.checkIn(pictureOf(person.face))])).kind;
      expect(kind).not.toBe('accepted');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(kind).toBe('not-recognised');
  });
});
