// What cannot be decided when it arrives is stored with its sealed box, answered as "stored", and settled later; a box
// that nobody could settle in thirty days is destroyed and HR is told.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DecideUndecided } from '../../server/src/modules/ingest/decide-undecided.js';
import { FollowGalleries } from '../../server/src/modules/matching/follow-galleries.js';
import { Galleries } from '../../server/src/modules/matching/galleries.js';
import { Database, UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import type { ConsoleClient } from '../support/console-client.js';
import { type DeviceClient, pictureOf } from '../support/device-client.js';
import { type EnrolledPerson, enrolPerson, must, pairDevice, saveRootKey } from '../support/paired-device.js';
import { OWNER_PASSWORD, type TestServer, foundCompany, startTestServer } from '../support/server.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let server: TestServer;
let console: ConsoleClient;
let device: DeviceClient;
let person: EnrolledPerson;

beforeAll(async () => {
  server = await startTestServer();
  console = await foundCompany(server);
  await saveRootKey(console, OWNER_PASSWORD);
  device = await pairDevice(server, console);
  person = await enrolPerson(console, device, { code: 'U-1', name: 'Usha Nair' });
});

afterAll(async () => {
  device.close();
  await server.close();
});

async function boxes(): Promise<number> {
  const { app } = server.running;
  const [row] = await app
    .get(UnitOfWork)
    .run(() => app.get(Database).manager().query<{ n: number }[]>('SELECT COUNT(*) AS n FROM undecided_box'));
  return Number(row?.n);
}

const settle = (): Promise<void> => server.running.app.get(DecideUndecided).run();

describe('an undecided event', () => {
  it('waits for a gallery that is not in memory, and becomes a punch of its own time', async () => {
    const { app } = server.running;
    const follow = app.get(FollowGalleries);
    const load = follow.bringUpToDate.bind(follow);
    app.get(Galleries).drop(device.paired().tenantId);
    follow.bringUpToDate = () => Promise.resolve();
    const event = device.checkIn(pictureOf(person.face));
    expect(await device.outcome([event])).toEqual({ kind: 'stored' });
    expect(await boxes()).toBe(1);
    await settle();
    expect(await boxes()).toBe(1);
    follow.bringUpToDate = load;
    server.clock.advance(10 * MINUTE);
    await settle();
    expect(await boxes()).toBe(0);
    const settled = await device.outcome([event]);
    expect(settled).toMatchObject({ kind: 'accepted', displayName: 'Usha Nair', atMs: event.event.atMs });
    await settle();
    expect((await must(console, 'punches')).total).toBe(1);
  });

  it('waits out the throttle of PINs that were typed while the tablet was offline', async () => {
    const { pin } = await must(console, 'issuePin', { id: person.id });
    const wrong = pin === '111111' ? '222222' : '111111';
    server.clock.advance(60 * MINUTE);
    const atMs = device.wallMs() - 30 * MINUTE;
    for (let guess = 0; guess < 6; guess += 1) await device.outcome([device.pin('U-1', wrong, { atMs })]);
    const right = device.pin('U-1', pin, { atMs: atMs + 1000 });
    expect(await device.outcome([right])).toEqual({ kind: 'stored' });
    const live = device.pin('U-1', pin);
    expect(await device.outcome([live])).toEqual({ kind: 'refused', reason: 'PIN_THROTTLED' });
    for (let wait = 0; wait < 8 && (await boxes()) > 0; wait += 1) {
      server.clock.advance(20 * MINUTE);
      await settle();
    }
    expect(await boxes()).toBe(0);
    expect(await device.outcome([right])).toMatchObject({ kind: 'accepted', atMs: atMs + 1000 });
  });

  it('is given up after thirty days: the box goes, the event stays, HR is told', async () => {
    const { app } = server.running;
    const follow = app.get(FollowGalleries);
    const load = follow.bringUpToDate.bind(follow);
    app.get(Galleries).drop(device.paired().tenantId);
    follow.bringUpToDate = () => Promise.resolve();
    const event = device.checkIn(pictureOf(person.face));
    expect(await device.outcome([event])).toEqual({ kind: 'stored' });
    follow.bringUpToDate = load;
    server.clock.advance(31 * DAY);
    await settle();
    expect(await boxes()).toBe(0);
    expect(await device.outcome([event])).toEqual({ kind: 'stored' });
    await must(console, 'signIn', { body: { email: 'owner@acme.test', password: OWNER_PASSWORD } });
    const { items } = await must(console, 'exceptions');
    expect(items.map((exception) => exception.kind)).toContain('BOX_UNREADABLE');
  });
});
