// A tablet and the server, over real TLS, on every database: pairing, enrolment, punches, PIN, disputes, what the
// console shows of it, and what stays when the server is restarted.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database, UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import type { ConsoleClient } from '../support/console-client.js';
import { CAMERA, DeviceClient, newFace, pictureOf } from '../support/device-client.js';
import { DIALECTS } from '../support/dialects.js';
import {
  type EnrolledPerson,
  addPerson,
  enrolPerson,
  must,
  newPairing,
  pairDevice,
  saveRootKey,
} from '../support/paired-device.js';
import { OWNER_PASSWORD, type TestServer, foundCompany, startTestServer } from '../support/server.js';
import { inDatabase } from '../support/test-device.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe.each(DIALECTS)('punches on %s', (dialect) => {
  let server: TestServer;
  let console: ConsoleClient;
  let device: DeviceClient;
  let asha: EnrolledPerson;
  let ravi: EnrolledPerson;

  beforeAll(async () => {
    server = await startTestServer({ dialect, startMs: Date.UTC(2026, 10, 20, 3, 30) });
    console = await foundCompany(server);
    await saveRootKey(console, OWNER_PASSWORD);
    device = await pairDevice(server, console, { cameraPin: CAMERA });
    asha = await enrolPerson(console, device, { code: 'A-1', name: 'Asha Rao' });
    ravi = await enrolPerson(console, device, { code: 'A-2', name: 'Ravi Kumar' });
  });

  afterAll(async () => {
    device.close();
    await server.close();
  });

  it('makes IN, says that a second scan is the same, then makes OUT with the hours', async () => {
    const inside = await device.outcome([device.checkIn(pictureOf(asha.face))]);
    expect(inside).toMatchObject({
      kind: 'accepted',
      displayName: 'Asha Rao',
      locale: 'en',
      direction: 'in',
      workedTodayMin: 0,
    });
    server.clock.advance(30_000);
    const again = await device.outcome([device.checkIn(pictureOf(asha.face))]);
    expect(again).toEqual({
      kind: 'duplicate',
      displayName: 'Asha Rao',
      locale: 'en',
      direction: 'in',
      sinceMs: inside.kind === 'accepted' ? inside.atMs : 0,
    });
    server.clock.advance(4 * HOUR - 30_000);
    const outside = await device.outcome([device.checkIn(pictureOf(asha.face))]);
    expect(outside).toMatchObject({ kind: 'accepted', direction: 'out', workedTodayMin: 240 });
  });

  it('leaves one row of the audit trail for each punch: tablet, time and address, and nothing of the face', async () => {
    const { items, total } = await must(console, 'audit', { query: 'search=punch.recorded' });
    expect(total).toBe(2);
    for (const row of items) {
      expect(row).toMatchObject({ actorKind: 'device', actorName: 'Gate tablet', subject: 'A-1' });
      expect(row.address).toBe('127.0.0.1');
    }
    const details = await inDatabase(server, (database) =>
      database
        .manager()
        .query<{ detail: string }[]>(`SELECT detail FROM audit_entry WHERE action = 'punch.recorded'`),
    );
    for (const { detail } of details) {
      const kept: unknown = typeof detail === 'string' ? JSON.parse(detail) : detail;
      expect(Object.keys(kept ?? {}).sort()).toEqual(['atMs', 'direction', 'epoch', 'method', 'seq']);
    }
  });

  it('does not recognise a stranger, and says so without a number about likeness', async () => {
    const reply = await device.send([device.checkIn(newFace())]);
    expect(reply.body.outcomes[0]?.outcome).toEqual({ kind: 'not-recognised', reason: 'NO_MATCH' });
    expect(JSON.stringify(reply.body)).not.toMatch(/distance|score|threshold/i);
  });

  it('shows the punches, the day and the people in the console', async () => {
    const { items, total } = await must(console, 'punches');
    expect(total).toBe(2);
    expect(
      items.map((punch) => [punch.personName, punch.direction, punch.method, punch.timeQuality]),
    ).toEqual([
      ['Asha Rao', 'out', 'face', 'trusted'],
      ['Asha Rao', 'in', 'face', 'trusted'],
    ]);
    const today = await must(console, 'today');
    expect(today).toMatchObject({ date: '2026-11-20', zone: 'Asia/Kolkata' });
    expect(today.counts).toMatchObject({ in: 0, out: 1, notYet: 1 });
    expect(today.rows.find((row) => row.personId === asha.id)).toMatchObject({
      state: 'out',
      workedMin: 240,
    });
    expect(today.arrivals).toEqual([{ atMs: Date.UTC(2026, 10, 20, 3, 30), count: 1 }]);
    const detail = await must(console, 'person', { id: asha.id });
    expect(detail.enrolment).toBe('enrolled');
    expect(detail.templates).toHaveLength(3);
    expect(detail.consent?.noticeVersion).toBe(device.paired().notices.en.version);
  });

  it('pages through punches without losing or repeating one', async () => {
    const seen: string[] = [];
    let cursor = '';
    for (;;) {
      const page = await must(console, 'punches', { query: `limit=1${cursor}` });
      seen.push(...page.items.map((punch) => punch.id));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(new Set(seen).size).toBe(2);
    expect(seen).toHaveLength(2);
    const wrong = await console.call('punches', { query: 'cursor=bm90LWEtY3Vyc29y' });
    expect([wrong.status, wrong.body['code']]).toEqual([400, 'REQUEST_INVALID']);
  });

  it('takes a PIN instead of a face, one to one', async () => {
    const { pin } = await must(console, 'issuePin', { id: ravi.id });
    const outcome = await device.outcome([device.pin('a-2', pin)]);
    expect(outcome).toMatchObject({ kind: 'accepted', displayName: 'Ravi Kumar', direction: 'in' });
    const wrongPin = pin === '000000' ? '000001' : '000000';
    const wrong = await device.outcome([device.pin('A-2', wrongPin)]);
    expect(wrong).toEqual({ kind: 'refused', reason: 'PIN_WRONG' });
    const unknown = await device.outcome([device.pin('NOBODY', pin)]);
    expect(unknown).toEqual({ kind: 'refused', reason: 'PIN_WRONG' });
  });

  it('takes "that is not me" back at once and tells HR', async () => {
    server.clock.advance(HOUR);
    const wrong = device.checkIn(pictureOf(ravi.face));
    const punch = await device.outcome([wrong]);
    expect(punch).toMatchObject({ kind: 'accepted', direction: 'out' });
    server.clock.advance(10_000);
    const undone = await device.outcome([device.dispute(wrong)]);
    expect(undone).toEqual({ kind: 'undone', punchId: punch.kind === 'accepted' ? punch.punchId : '' });
    const second = await device.outcome([device.dispute(wrong)]);
    expect(second).toEqual({ kind: 'refused', reason: 'DISPUTE_UNKNOWN' });
    // The undone punch does not count: the next scan is the OUT that it was not.
    server.clock.advance(HOUR);
    expect(await device.outcome([device.checkIn(pictureOf(ravi.face))])).toMatchObject({ direction: 'out' });
    const { items } = await must(console, 'exceptions');
    const disputed = items.find((exception) => exception.kind === 'DISPUTED');
    expect(disputed).toMatchObject({ personName: 'Ravi Kumar', state: 'open' });
    const resolved = await must(console, 'resolveException', {
      id: disputed!.id,
      body: { note: 'Talked to Ravi' },
    });
    expect(resolved).toMatchObject({ state: 'resolved', note: 'Talked to Ravi' });
    const twice = await console.call('resolveException', { id: disputed!.id, body: { note: 'again' } });
    expect(twice.body['code']).toBe('ALREADY_DONE');
    const { items: punches } = await must(console, 'punches', { query: 'limit=5' });
    expect(punches.filter((one) => one.undoneAtMs !== null)).toHaveLength(1);
  });

  it('does not take back a punch that is not the newest of the tablet, or too old', async () => {
    const first = device.checkIn(pictureOf(asha.face));
    await device.outcome([first]);
    server.clock.advance(2 * MINUTE);
    const second = device.checkIn(pictureOf(ravi.face));
    await device.outcome([second]);
    const refusal = { kind: 'refused', reason: 'DISPUTE_UNKNOWN' };
    expect(await device.outcome([device.dispute(first)])).toEqual(refusal);
    server.clock.advance(11 * MINUTE);
    expect(await device.outcome([device.dispute(second)])).toEqual(refusal);
  });

  it('marks what the tablet could not time, and what arrived late', async () => {
    server.clock.advance(3 * HOUR);
    const time = { quality: 'unverified', earliestMs: null, latestMs: null };
    const outcome = await device.outcome([device.checkIn(pictureOf(asha.face), { time })]);
    expect(outcome.kind).toBe('accepted');
    const late = device.wallMs() - 30 * MINUTE;
    const before = await device.outcome([device.checkIn(pictureOf(asha.face), { atMs: late })]);
    expect(before.kind).toBe('accepted');
    const future = device.wallMs() + 2 * 365 * 24 * HOUR;
    await device.outcome([device.checkIn(pictureOf(ravi.face), { atMs: future })]);
    const { items } = await must(console, 'exceptions');
    const kinds = items.map((exception) => exception.kind);
    expect(kinds).toContain('LATE_ARRIVAL');
    expect(kinds.filter((kind) => kind === 'CLOCK_UNVERIFIED')).toHaveLength(2);
    const { items: punches } = await must(console, 'punches', { query: 'limit=3' });
    expect(punches.map((punch) => punch.timeQuality).sort()).toEqual(['tampered', 'trusted', 'unverified']);
  });

  it('asks for a second factor when liveness is undecided, and refuses another camera', async () => {
    const liveness = { policy: 'passive', decision: 'undecided', version: 'test', cues: {}, tookMs: 1 };
    expect(await device.outcome([device.checkIn(pictureOf(asha.face), { liveness })])).toEqual({
      kind: 'second-factor',
      reason: 'LIVENESS_UNDECIDED',
    });
    const virtual = device.checkIn(pictureOf(asha.face), { camera: 'OBS Virtual Camera' });
    expect(await device.outcome([virtual])).toEqual({ kind: 'refused', reason: 'CAMERA_NOT_PINNED' });
    device.camera = 'OBS Virtual Camera';
    await device.heartbeat();
    await device.heartbeat();
    device.camera = CAMERA;
    await device.heartbeat();
    const { items } = await must(console, 'exceptions');
    expect(items.filter((exception) => exception.kind === 'CAMERA_CHANGED')).toHaveLength(1);
  });

  it('refuses to enrol a face under a second employee', async () => {
    const id = await addPerson(console, 'A-3', 'Twin Asha');
    await must(console, 'startEnrolment', { id, body: { deviceId: device.deviceId } });
    const { body } = await device.heartbeat();
    const event = device.enrolment(body.enrolment!, [pictureOf(asha.face)]);
    expect(await device.outcome([event])).toEqual({ kind: 'refused', reason: 'DUPLICATE_FACE' });
    const { items } = await must(console, 'exceptions');
    expect(items.map((exception) => exception.kind)).toContain('DUPLICATE_FACE');
    expect((await device.heartbeat()).body.enrolment).toBeNull();
    expect((await must(console, 'person', { id })).ticket).toBeNull();
  });

  it('refuses an enrolment without the notice, without a ticket, and after its time', async () => {
    const id = await addPerson(console, 'A-4', 'Late Lata');
    await must(console, 'startEnrolment', { id, body: { deviceId: device.deviceId } });
    const { body } = await device.heartbeat();
    const withoutNotice = device.enrolment(body.enrolment!, [newFace()], {
      consent: { ...device.consent(), noticeSha256: 'a'.repeat(64) },
    });
    expect(await device.outcome([withoutNotice])).toEqual({ kind: 'refused', reason: 'CONSENT_MISSING' });
    const unknown = device.enrolment({ ticketId: id }, [newFace()]);
    expect(await device.outcome([unknown])).toEqual({ kind: 'refused', reason: 'TICKET_UNKNOWN' });
    server.clock.advance(31 * MINUTE);
    const expired = device.enrolment(body.enrolment!, [newFace()]);
    expect(await device.outcome([expired])).toEqual({ kind: 'refused', reason: 'TICKET_EXPIRED' });
    expect((await must(console, 'person', { id })).templates).toEqual([]);
  });

  it('looks first for who works here, and finds people of other sites all the same', async () => {
    const body = { name: 'Warehouse', zone: 'Asia/Kolkata' };
    const { id: siteId } = await must(console, 'createSite', { body });
    const nila = await enrolPerson(console, device, { code: 'A-5', name: 'Nila Roy' });
    await must(console, 'updatePerson', { id: nila.id, body: { siteId } });
    server.clock.advance(2 * MINUTE);
    expect(await device.outcome([device.checkIn(pictureOf(nila.face))])).toMatchObject({
      kind: 'accepted',
      displayName: 'Nila Roy',
    });
  });

  it('forgets the face of someone who left, at once and after a restart', async () => {
    const meera = await enrolPerson(console, device, { code: 'A-9', name: 'Meera Iyer' });
    expect((await device.outcome([device.checkIn(pictureOf(meera.face))])).kind).toBe('accepted');
    await must(console, 'leavePerson', { id: meera.id, body: { lastDay: '2026-11-20' } });
    const gone = { kind: 'not-recognised', reason: 'NO_MATCH' };
    expect(await device.outcome([device.checkIn(pictureOf(meera.face))])).toEqual(gone);
    await server.restart();
    device.server = { port: server.running.httpsPort, ca: server.ca };
    const { cookie, csrf } = console;
    console = Object.assign(server.client(), { cookie, csrf });
    expect(await device.outcome([device.checkIn(pictureOf(meera.face))])).toEqual(gone);
    expect((await device.outcome([device.checkIn(pictureOf(asha.face))])).kind).not.toBe('not-recognised');
  });

  it('exports what a spreadsheet may open, in the time of the site', async () => {
    await addPerson(console, 'X-1', '=HYPERLINK("http://evil")');
    const { text, headers } = await console.call('punchesCsv', { query: 'to=2026-11-20' });
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    const lines = text.replace(/^\uFEFF/, '').split('\r\n');
    expect(text.startsWith('\uFEFF')).toBe(true);
    expect(lines[0]).toBe(
      'date,time,time zone,code,name,direction,method,site,device,time quality,received (UTC),undone (UTC)',
    );
    expect(text).toContain(
      '2026-11-20,09:00:00,Asia/Kolkata,A-1,Asha Rao,IN,face,Main gate,Gate tablet,trusted,',
    );
  });

  it('revokes a tablet at once', async () => {
    const other = await pairDevice(server, console, { name: 'Lost tablet' });
    expect((await other.heartbeat()).status).toBe(200);
    await must(console, 'revokeDevice', { id: other.deviceId });
    const refused = await other.heartbeat();
    expect([refused.status, refused.body.code]).toEqual([401, 'DEVICE_REVOKED']);
    const events = await other.send([other.checkIn(pictureOf(asha.face))]);
    expect([events.status, events.body.code]).toEqual([401, 'DEVICE_REVOKED']);
    other.close();
  });

  it('never lets a punch, its undoing or an event be changed or removed, whoever asks', async () => {
    const { database, unitOfWork } = databaseOf(server);
    for (const table of ['punch', 'punch_undo', 'device_event']) {
      for (const statement of [`UPDATE ${table} SET tenant_id = 'x'`, `DELETE FROM ${table}`]) {
        await expect(unitOfWork.run(() => database.manager().query(statement))).rejects.toThrow();
      }
    }
  });

  it('shows a new pairing until it is used, and lets it be refused', async () => {
    const pairing = await newPairing(console);
    expect(await must(console, 'pairing', { id: pairing.pairingId })).toMatchObject({
      state: 'waiting',
      words: [],
    });
    const early = await console.call('confirmPairing', { id: pairing.pairingId, body: { cameraPin: null } });
    expect(early.body['code']).toBe('PAIRING_NOT_READY');
    const tablet = new DeviceClient({ port: server.running.httpsPort, ca: server.ca }, () =>
      server.clock.nowMs(),
    );
    const first = await tablet.pair(pairing.code);
    tablet.deviceId = first.body['deviceId'] as string;
    const again = await tablet.pair(pairing.code);
    expect(again.body).toEqual(first.body);
    const view = await must(console, 'pairing', { id: pairing.pairingId });
    expect(view.state).toBe('compare');
    expect(view.words).toHaveLength(6);
    expect((await tablet.pairStatus()).body).toEqual({ status: 'pending' });
    expect((await tablet.heartbeat()).body.code).toBe('DEVICE_UNKNOWN');
    await must(console, 'refusePairing', { id: pairing.pairingId });
    expect((await tablet.pairStatus()).body).toEqual({ status: 'refused' });
    tablet.close();
  });
});

function databaseOf(server: TestServer) {
  const database = server.running.app.get(Database);
  const unitOfWork = server.running.app.get(UnitOfWork);
  return { database, unitOfWork };
}
