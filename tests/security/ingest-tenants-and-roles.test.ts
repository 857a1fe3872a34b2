// Two companies on one server, and a department head: devices, punches and exceptions of others do not exist for them,
// and a face of one company is nobody in the other.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LiveEvents, type LiveScope } from '../../server/src/modules/live/public.js';
import { Database, UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import type { LiveEvent } from '../../shared/src/protocol/console-types.js';
import type { ConsoleClient } from '../support/console-client.js';
import { foreignCompany, signInAs } from '../support/console-users.js';
import { type DeviceClient, pictureOf } from '../support/device-client.js';
import { type EnrolledPerson, enrolPerson, must, pairDevice, saveRootKey } from '../support/paired-device.js';
import { OWNER_PASSWORD, type TestServer, foundCompany, startTestServer } from '../support/server.js';

let server: TestServer;
let ours: ConsoleClient;
let theirs: ConsoleClient;
let device: DeviceClient;
let person: EnrolledPerson;

beforeAll(async () => {
  server = await startTestServer();
  ours = await foundCompany(server);
  await saveRootKey(ours, OWNER_PASSWORD);
  device = await pairDevice(server, ours);
  person = await enrolPerson(ours, device, { code: 'O-1', name: 'Omkar Joshi' });
  await device.outcome([device.checkIn(pictureOf(person.face))]);
  theirs = (await foreignCompany(server)).client;
});

afterAll(async () => {
  device.close();
  await server.close();
});

describe('another company', () => {
  it('sees no device, punch, exception or day of ours', async () => {
    expect((await must(theirs, 'devices')).items).toEqual([]);
    expect(await must(theirs, 'punches')).toMatchObject({ items: [], total: 0 });
    expect(await must(theirs, 'exceptions')).toMatchObject({ items: [], total: 0 });
    expect((await must(theirs, 'today')).rows).toEqual([]);
    const byOurPerson = await must(theirs, 'punches', { query: `personId=${person.id}` });
    expect(byOurPerson.items).toEqual([]);
    const csv = await theirs.call('punchesCsv', { query: `personId=${person.id}` });
    expect(csv.text.trim().split('\r\n')).toHaveLength(1);
  });

  it('cannot touch what is ours: it is not found', async () => {
    const pairing = await must(ours, 'createPairing', {
      body: { name: 'Ours', siteId: (await must(ours, 'sites')).items[0]!.id },
    });
    const attempts = [
      theirs.call('revokeDevice', { id: device.deviceId }),
      theirs.call('updateDevice', { id: device.deviceId, body: { name: 'Mine' } }),
      theirs.call('pairing', { id: pairing.pairingId }),
      theirs.call('confirmPairing', { id: pairing.pairingId, body: { cameraPin: null } }),
      theirs.call('refusePairing', { id: pairing.pairingId }),
      theirs.call('resolveException', { id: randomUUID(), body: { note: 'x' } }),
      theirs.call('today', { query: `siteId=${(await must(ours, 'sites')).items[0]!.id}` }),
      theirs.call('createPairing', {
        body: { name: 'Stolen', siteId: (await must(ours, 'sites')).items[0]!.id },
      }),
    ];
    for (const reply of await Promise.all(attempts)) {
      expect([reply.status, reply.body['code']]).toEqual([404, 'NOT_FOUND']);
    }
    expect((await device.heartbeat()).status).toBe(200);
  });

  it('does not recognise our people at its tablets, and may enrol the same face', async () => {
    const other = await pairDevice(server, theirs, { name: 'Other tablet' });
    expect(await other.outcome([other.checkIn(pictureOf(person.face))])).toEqual({
      kind: 'not-recognised',
      reason: 'GALLERY_EMPTY',
    });
    const same = await enrolPerson(theirs, other, { code: 'O-1', name: 'Same Face', face: person.face });
    expect(await other.outcome([other.checkIn(pictureOf(same.face))])).toMatchObject({
      displayName: 'Same Face',
    });
    server.clock.advance(3_600_000);
    expect(await device.outcome([device.checkIn(pictureOf(person.face))])).toMatchObject({
      displayName: 'Omkar Joshi',
    });
    other.close();
  });
});

describe('the head of a department', () => {
  it('sees people, punches, the day and exceptions of the own team only, and exports nothing', async () => {
    const { items } = await must(ours, 'sites');
    const body = {
      code: 'O-2',
      name: 'Stella Stores',
      department: 'Stores',
      siteId: items[0]!.id,
      locale: 'en',
      joined: '2020-01-01',
    };
    const stella = await must(ours, 'createPerson', { body });
    const { pin } = await must(ours, 'issuePin', { id: stella.id });
    expect((await device.outcome([device.pin('O-2', pin)])).kind).toBe('accepted');
    const head = await signInAs(server, ours, 'head', 'Stores');
    const punches = await must(head, 'punches');
    expect(punches.items.map((punch) => punch.personName)).toEqual(['Stella Stores']);
    expect(punches.total).toBe(1);
    expect((await must(head, 'punches', { query: `personId=${person.id}` })).items).toEqual([]);
    const today = await must(head, 'today');
    expect(today.rows.map((row) => row.name)).toEqual(['Stella Stores']);
    expect(today.recent.map((punch) => punch.personName)).toEqual(['Stella Stores']);
    expect((await must(head, 'exceptions', { query: 'state=all' })).items).toEqual([]);
    expect((await head.call('punchesCsv')).body['code']).toBe('PERMISSION_DENIED');
    const elsewhere = await signInAs(server, ours, 'head', 'Nobody here');
    expect((await must(elsewhere, 'punches')).items).toEqual([]);
  });

  it.each(['finance', 'it', 'employee'] as const)('%s sees no punch at all', async (role) => {
    const other = await signInAs(server, ours, role);
    for (const route of ['punches', 'today', 'exceptions', 'punchesCsv'] as const) {
      expect((await other.call(route)).body['code']).toBe('PERMISSION_DENIED');
    }
  });
});

describe('what is stored', () => {
  it('keeps names out of events and outcomes, and embeddings out of everything', async () => {
    const { app } = server.running;
    const database = app.get(Database);
    const tables = ['device_event', 'event_outcome', 'punch', 'attendance_exception', 'template'];
    for (const table of tables) {
      const rows = await app
        .get(UnitOfWork)
        .run(() => database.manager().query<object[]>(`SELECT * FROM ${table}`));
      const text = JSON.stringify(rows);
      expect(text).not.toContain('Omkar');
      expect(text).not.toContain(person.face[0]!.toString().slice(0, 8));
    }
  });

  it('says nothing of faces or likeness in the log', () => {
    const logged = server.logged.join('\n');
    expect(logged).not.toMatch(/Omkar|distance|embedding"/);
  });
});

describe('live events', () => {
  it('reach the company they are about, after the commit, and heads only for their team', async () => {
    const live = server.running.app.get(LiveEvents);
    const heard: { who: string; event: LiveEvent }[] = [];
    const listen = (who: string, tenantId: string, role: 'hr' | 'head', scope: LiveScope) =>
      live.subscribe({
        principal: {
          kind: 'user',
          tenantId,
          userId: randomUUID(),
          sessionId: randomUUID(),
          name: who,
          email: 'x@y.test',
          role,
          permissions: ['punches.read', 'devices.read', 'people.read'],
          locale: 'en',
          department: scope.department,
          csrfToken: '',
          mustChangePassword: false,
        },
        send: (event) => heard.push({ who, event }),
        close: () => undefined,
      });
    const { tenantId } = device.paired();
    const leave = [
      listen('hr', tenantId, 'hr', { department: null }),
      listen('head', tenantId, 'head', { department: 'Stores' }),
      listen('other', randomUUID(), 'hr', { department: null }),
    ];
    server.clock.advance(3_600_000);
    await device.outcome([device.checkIn(pictureOf(person.face))]);
    for (const end of leave) end();
    expect(heard.map(({ who, event }) => `${who}:${event.type}`)).toEqual(['hr:punch']);
  });
});
