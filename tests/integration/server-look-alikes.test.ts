// People who look alike, on every database: refused or noted at the enrolment, found by the comparison of everybody with
// everybody, decided by HR, and asked for their PIN only as long as HR has not said otherwise.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LookAlikeCheck } from '../../server/src/modules/matching/look-alike-check.js';
import { KeepTemplates } from '../../server/src/modules/matching/public.js';
import { Database, UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import { calibration } from '../../shared/src/domain/matching/calibration.js';
import type { ConsoleClient } from '../support/console-client.js';
import { foreignCompany, signInAs } from '../support/console-users.js';
import { type DeviceClient, faceAt, newFace } from '../support/device-client.js';
import { DIALECTS } from '../support/dialects.js';
import { addPerson, enrolTemplates, must, pairDevice, saveRootKey } from '../support/paired-device.js';
import { OWNER_PASSWORD, type TestServer, foundCompany, startTestServer } from '../support/server.js';

const MINUTE = 60_000;
/** Two faces this far apart are mistaken for each other now and then, in a company of a few. */
const NEAR = 0.335;
const PIN_PLEASE = { kind: 'second-factor', reason: 'LOOK_ALIKE' };

describe.each(DIALECTS)('look-alikes on %s', { timeout: 30_000 }, (dialect) => {
  let server: TestServer;
  let console: ConsoleClient;
  let device: DeviceClient;

  beforeAll(async () => {
    server = await startTestServer({ dialect, startMs: Date.UTC(2026, 10, 20, 6, 30) });
    console = await foundCompany(server);
    await saveRootKey(console, OWNER_PASSWORD);
    device = await pairDevice(server, console);
  });

  afterAll(async () => {
    device.close();
    await server.close();
  });

  const check = (): LookAlikeCheck => server.running.app.get(LookAlikeCheck);
  const pairs = (state: string) => must(console, 'lookAlikes', { query: `state=${state}` });
  const scan = (face: Float32Array) => {
    server.clock.advance(5 * MINUTE);
    return device.outcome([device.checkIn(face)]);
  };
  const named = (code: string): Promise<string> => addPerson(console, code, `Person ${code}`);
  const enrol = (id: string, face: Float32Array) =>
    enrolTemplates(console, device, { id, templates: [face] });

  /** Puts a template where the tablet's way would have refused it. */
  async function place(personId: string, face: Float32Array): Promise<void> {
    const { app } = server.running;
    const { tenantId } = device.paired();
    await app.get(UnitOfWork).run(() =>
      app.get(KeepTemplates).replace({
        tenantId,
        personId,
        modelId: calibration.modelId,
        embeddings: [face],
        infos: [{ pose: 'front', look: 'usual', quality: 0.8 }],
      }),
    );
  }

  it('are nobody in a company of none, one and two', async () => {
    const view = async () => {
      await must(console, 'startLookAlikeCheck');
      await check().settled();
      return must(console, 'lookAlikeCheck');
    };
    expect(await must(console, 'lookAlikeCheck')).toMatchObject({ state: 'never', people: 0 });
    expect(await view()).toMatchObject({ state: 'done', people: 0, found: 0 });
    await enrol(await named('N-1'), newFace());
    expect(await view()).toMatchObject({ state: 'done', people: 1, templates: 1, found: 0 });
    await enrol(await named('N-2'), newFace());
    expect(await view()).toMatchObject({ state: 'done', people: 2, templates: 2, found: 0 });
    expect((await pairs('all')).total).toBe(0);
  });

  it('are noted at the enrolment, and only the two are asked for their PIN', async () => {
    const [asha, usha, other] = [newFace(), newFace(), newFace()];
    const sister = faceAt(asha, NEAR);
    const ids = [await named('L-1'), await named('L-2')];
    await enrol(ids[0]!, asha);
    expect(await scan(asha)).toMatchObject({ kind: 'accepted' });
    expect(await enrol(ids[1]!, sister)).toMatchObject({ kind: 'enrolled' });
    await enrol(await named('L-3'), usha);
    const [pair] = (await pairs('open')).items;
    expect(pair).toMatchObject({ found: 'enrolment', likeness: 'near', state: 'open' });
    expect(pair!.people.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(await scan(asha)).toEqual(PIN_PLEASE);
    expect(await scan(sister)).toEqual(PIN_PLEASE);
    expect(await scan(usha)).toMatchObject({ kind: 'accepted', displayName: 'Person L-3' });
    expect(await scan(other)).toMatchObject({ kind: 'not-recognised' });
    const { pin } = await must(console, 'issuePin', { id: ids[1]! });
    expect(await device.outcome([device.pin('L-2', pin, {}, sister)])).toMatchObject({
      kind: 'accepted',
      displayName: 'Person L-2',
    });

    const decide = (decision: string) =>
      console.call('decideLookAlike', { id: pair!.id, body: { decision } });
    expect((await decide('dismiss')).status).toBe(200);
    expect((await decide('dismiss')).body['code']).toBe('ALREADY_DONE');
    expect(await scan(asha)).toMatchObject({ kind: 'accepted', displayName: 'Person L-1' });
    expect((await decide('confirm')).status).toBe(200);
    expect(await scan(asha)).toEqual(PIN_PLEASE);
    await server.restart();
    device.server = { port: server.running.httpsPort, ca: server.ca };
    console = Object.assign(server.client(), { cookie: console.cookie, csrf: console.csrf });
    expect(await scan(asha)).toEqual(PIN_PLEASE);
    expect((await pairs('confirmed')).items).toHaveLength(1);

    await enrol(ids[1]!, newFace());
    expect((await pairs('all')).items).toEqual([]);
    await enrol(ids[1]!, sister);
    expect((await pairs('open')).items).toHaveLength(1);
    await must(console, 'withdrawConsent', { id: ids[1]! });
    expect((await pairs('all')).items).toEqual([]);
    expect(await scan(asha)).toMatchObject({ kind: 'accepted', displayName: 'Person L-1' });
  });

  it('with one face block the second enrolment until HR says that they are two', async () => {
    const face = newFace();
    const [first, second] = [await named('D-1'), await named('D-2')];
    await enrol(first, face);
    const twin = faceAt(face, 0.2);
    expect(await enrol(second, twin)).toEqual({ kind: 'refused', reason: 'DUPLICATE_FACE' });
    // Only one of the two is enrolled, so nobody can be mistaken.
    expect(await scan(face)).toMatchObject({ kind: 'accepted', displayName: 'Person D-1' });
    const { items } = await must(console, 'exceptions');
    const blocked = items.find(({ kind }) => kind === 'DUPLICATE_FACE');
    expect(blocked).toMatchObject({
      personId: second,
      personName: 'Person D-2',
      otherPersonId: first,
      otherPersonName: 'Person D-1',
    });
    const [pair] = (await pairs('open')).items;
    expect(pair).toMatchObject({ state: 'blocked', likeness: 'same' });
    const early = await console.call('decideLookAlike', { id: pair!.id, body: { decision: 'dismiss' } });
    expect(early.body['code']).toBe('ENROLMENT_BLOCKED');

    const resolve = (duplicate: unknown) =>
      console.call('resolveException', { id: blocked!.id, body: { note: 'Asked both', duplicate } });
    const stranger = { kind: 'one-person', closePersonId: await named('D-3') };
    expect((await resolve(stranger)).body['code']).toBe('REQUEST_INVALID');
    expect((await resolve({ kind: 'two-people' })).status).toBe(200);
    expect((await must(console, 'exceptions')).items.map(({ id }) => id)).not.toContain(blocked!.id);
    expect(await enrol(second, twin)).toMatchObject({ kind: 'enrolled' });
    expect(await scan(face)).toEqual(PIN_PLEASE);
    const [twins] = (await pairs('confirmed')).items;
    expect(twins).toMatchObject({ likeness: 'same' });
    const never = await console.call('decideLookAlike', { id: twins!.id, body: { decision: 'dismiss' } });
    expect(never.body['code']).toBe('FACES_TOO_NEAR');
  });

  it('with one face may be one person: HR closes one of the records', async () => {
    const face = newFace();
    const [old, fresh] = [await named('E-1'), await named('E-2')];
    await enrol(old, face);
    expect(await enrol(fresh, faceAt(face, 0.1))).toMatchObject({ reason: 'DUPLICATE_FACE' });
    const { items } = await must(console, 'exceptions');
    const { id } = items.find((one) => one.personId === fresh)!;
    const duplicate = { kind: 'one-person' as const, closePersonId: old };
    await must(console, 'resolveException', { id, body: { note: 'Rehired', duplicate } });
    expect(await must(console, 'person', { id: old })).toMatchObject({
      left: '2026-11-20',
      enrolment: 'destroyed',
      templates: [],
    });
    expect(await enrol(fresh, face)).toMatchObject({ kind: 'enrolled' });
    expect(await scan(face)).toMatchObject({ kind: 'accepted', displayName: 'Person E-2' });
  });

  it('are found among those who were enrolled long ago, once each, and told to HR', async () => {
    const [one, two] = [newFace(), newFace()];
    const ids = [await named('C-1'), await named('C-2'), await named('C-3'), await named('C-4')];
    await place(ids[0]!, one);
    await place(ids[1]!, faceAt(one, NEAR));
    await place(ids[2]!, two);
    await place(ids[3]!, faceAt(two, 0.15));
    const before = await pairs('open');
    const started = await must(console, 'startLookAlikeCheck');
    expect(started.templates).toBeGreaterThanOrEqual(4);
    await check().settled();
    const done = await must(console, 'lookAlikeCheck');
    expect(done).toMatchObject({ state: 'done', found: 2, compared: done.templates });
    const found = (await pairs('open')).items.slice(0, 2);
    expect((await pairs('open')).total).toBe(before.total + 2);
    expect(found.map(({ likeness }) => likeness).sort()).toEqual(['near', 'same']);
    expect(found.every((pair) => pair.found === 'check')).toBe(true);
    const { items } = await must(console, 'exceptions');
    expect(
      items.filter(({ kind, otherPersonId }) => kind === 'DUPLICATE_FACE' && otherPersonId !== null),
    ).toHaveLength(1);
    expect(await scan(one)).toEqual(PIN_PLEASE);
    await must(console, 'startLookAlikeCheck');
    await check().settled();
    expect(await must(console, 'lookAlikeCheck')).toMatchObject({ state: 'done', found: 0 });
    expect((await pairs('open')).total).toBe(before.total + 2);
    const audited = await must(console, 'audit', { query: 'search=look-alike&limit=100' });
    const actions = audited.items.map(({ action }) => action);
    for (const action of ['look-alikes.check-started', 'look-alikes.checked', 'look-alike.found']) {
      expect(actions).toContain(action);
    }
    const { items: all } = await pairs('all');
    expect(JSON.stringify([all, done, audited.items])).not.toMatch(/distance|score|0\.\d{3}/);
  });

  it('are looked for at night by themselves, and again after a restart cut it short', async () => {
    const { tenantId } = device.paired();
    const state = async () => (await must(console, 'lookAlikeCheck')).state;
    const startedAt = async () => (await must(console, 'lookAlikeCheck')).startedAtMs;
    const until = async (atMs: number): Promise<void> => {
      server.clock.advance(atMs - server.clock.nowMs());
      await must(console, 'signIn', { body: { email: 'owner@acme.test', password: OWNER_PASSWORD } });
    };
    const before = await startedAt();
    // Noon in India the day after, and 03:10 the night after that.
    await until(Date.UTC(2026, 10, 21, 6, 30));
    await check().startDue([tenantId]);
    await check().settled();
    expect(await startedAt()).toBe(before);
    await until(Date.UTC(2026, 10, 21, 21, 40));
    await check().startDue([tenantId]);
    await check().settled();
    const atNight = await startedAt();
    expect(atNight).toBe(server.clock.nowMs());
    server.clock.advance(10 * MINUTE);
    await check().startDue([tenantId]);
    await check().settled();
    expect(await startedAt()).toBe(atNight);

    const { app } = server.running;
    const sql = `UPDATE look_alike_check SET state = 'running', progress_at_ms = ${String(server.clock.nowMs())}`;
    await app.get(UnitOfWork).run(() => app.get(Database).manager().query(sql));
    expect(await state()).toBe('running');
    server.clock.advance(2 * MINUTE);
    expect(await state()).toBe('interrupted');
    await check().startDue([tenantId]);
    await check().settled();
    expect(await state()).toBe('done');
    expect(await startedAt()).toBeGreaterThan(atNight!);
  });

  it('are nobody else’s business: not of other roles, not of another company', async () => {
    for (const role of ['head', 'finance', 'auditor', 'it', 'employee'] as const) {
      const other = await signInAs(server, console, role);
      for (const route of ['lookAlikes', 'lookAlikeCheck', 'startLookAlikeCheck'] as const) {
        expect([role, route, (await other.call(route)).status]).toEqual([role, route, 403]);
      }
    }
    const [pair] = (await pairs('all')).items;
    const { client } = await foreignCompany(server);
    expect(await must(client, 'lookAlikes', { query: 'state=all' })).toMatchObject({ items: [], total: 0 });
    const decided = await client.call('decideLookAlike', { id: pair!.id, body: { decision: 'dismiss' } });
    expect(decided.body['code']).toBe('NOT_FOUND');
    expect(await must(client, 'lookAlikeCheck')).toMatchObject({ state: 'never' });
  });
});
