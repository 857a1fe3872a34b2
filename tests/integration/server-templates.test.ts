// What becomes of templates on the server, on every database: which are kept and what is known of them, which one was
// useful, the PIN with a face one to one, and templates that follow a face where the company allows it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TemplateUse } from '../../server/src/modules/matching/public.js';
import type { TemplateView } from '../../shared/src/protocol/console-types.js';
import type { ConsoleClient } from '../support/console-client.js';
import { type DeviceClient, MODELS, faceAt, newFace } from '../support/device-client.js';
import { DIALECTS } from '../support/dialects.js';
import { addPerson, enrolTemplates, must, pairDevice, saveRootKey } from '../support/paired-device.js';
import { OWNER_PASSWORD, type TestServer, foundCompany, startTestServer } from '../support/server.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const INFO = { pose: 'front', look: 'usual', quality: 0.8 };

describe.each(DIALECTS)('templates on %s', { timeout: 30_000 }, (dialect) => {
  let server: TestServer;
  let console: ConsoleClient;
  let device: DeviceClient;

  beforeAll(async () => {
    server = await startTestServer({ dialect, startMs: Date.UTC(2026, 10, 20, 3, 30) });
    console = await foundCompany(server);
    await saveRootKey(console, OWNER_PASSWORD);
    device = await pairDevice(server, console);
  });

  afterAll(async () => {
    device.close();
    await server.close();
  });

  const templatesOf = async (id: string): Promise<TemplateView[]> =>
    (await must(console, 'person', { id })).templates;

  async function enrolled(code: string, face: Float32Array) {
    const id = await addPerson(console, code, `Person ${code}`);
    expect(await enrolTemplates(console, device, { id, templates: [face] })).toMatchObject({
      kind: 'enrolled',
      templates: 1,
    });
    const { pin } = await must(console, 'issuePin', { id });
    return { id, pin, face };
  }

  it('keeps what differs, at most eight, and says what each is of', async () => {
    const id = await addPerson(console, 'T-1', 'Tara Sen');
    const face = newFace();
    const poses = ['front', 'front', 'left', 'right', 'up'] as const;
    const templates = [face, faceAt(face, 0.03), ...[0.2, 0.2, 0.2].map((far) => faceAt(face, far))];
    const infos = poses.map((pose, at) => ({
      pose,
      look: at === 4 ? 'other' : 'usual',
      quality: 0.5 + at / 10,
    }));
    const outcome = await enrolTemplates(console, device, { id, templates }, { templates: infos });
    expect(outcome).toMatchObject({ kind: 'enrolled', templates: 4 });
    const kept = await templatesOf(id);
    expect(kept.map(({ pose, look, quality }) => [pose, look, quality]).sort()).toEqual([
      ['front', 'usual', 0.5],
      ['left', 'usual', 0.7],
      ['right', 'usual', 0.8],
      ['up', 'other', 0.9],
    ]);
    expect(kept.every((one) => one.source === 'enrolment' && one.usedCount === 0)).toBe(true);
    const eight = Array.from({ length: 8 }, () => faceAt(face, 0.15));
    await enrolTemplates(console, device, { id, templates: eight });
    expect(await templatesOf(id)).toHaveLength(8);
    const detail = JSON.stringify(await must(console, 'person', { id }));
    expect(detail).not.toMatch(/embedding|sealed|distance/i);
  });

  it('counts which template was the nearest of an accepted punch', async () => {
    const id = await addPerson(console, 'T-2', 'Uma Das');
    const face = newFace();
    const side = faceAt(face, 0.24);
    const infos = [INFO, { ...INFO, pose: 'left' }];
    await enrolTemplates(console, device, { id, templates: [face, side] }, { templates: infos });
    for (const probe of [face, side, side]) {
      server.clock.advance(5 * MINUTE);
      expect((await device.outcome([device.checkIn(faceAt(probe, 0.05))])).kind).toBe('accepted');
    }
    const lastMs = server.clock.nowMs();
    await server.running.app.get(TemplateUse).write();
    expect(await templatesOf(id)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ pose: 'front', usedCount: 1, lastUsedAtMs: lastMs - 10 * MINUTE }),
        expect.objectContaining({ pose: 'left', usedCount: 2, lastUsedAtMs: lastMs }),
      ]),
    );
  });

  it('takes a PIN only with the face of the person whose PIN it is', async () => {
    const { pin, face, id } = await enrolled('T-3', newFace());
    server.clock.advance(5 * MINUTE);
    const buddy = await device.outcome([device.pin('T-3', pin, {}, newFace())]);
    expect(buddy).toEqual({ kind: 'refused', reason: 'FACE_DIFFERS' });
    const { items } = await must(console, 'exceptions');
    expect(items.find(({ kind }) => kind === 'FACE_DIFFERS')).toMatchObject({ personId: id, state: 'open' });
    const own = await device.outcome([device.pin('T-3', pin, {}, faceAt(face, 0.2))]);
    expect(own).toMatchObject({ kind: 'accepted', displayName: 'Person T-3' });
    // A wrong PIN says nothing about the face.
    const wrong = pin === '000000' ? '000001' : '000000';
    const guess = await device.outcome([device.pin('T-3', wrong, {}, newFace())]);
    expect(guess).toEqual({ kind: 'refused', reason: 'PIN_WRONG' });
  });

  it('lets the PIN decide alone for somebody who is not enrolled', async () => {
    const id = await addPerson(console, 'T-4', 'Vik Rao');
    const { pin } = await must(console, 'issuePin', { id });
    expect(await device.outcome([device.pin('T-4', pin, {}, newFace())])).toMatchObject({ kind: 'accepted' });
  });

  it('refuses a face that is none beside a right PIN, by what is wrong with it', async () => {
    const { pin, face } = await enrolled('T-5', newFace());
    const outcome = (given: Float32Array | string, fields = {}) =>
      device.outcome([device.pin('T-5', pin, fields, given)]);
    const long = face.map((value) => value * 1.5);
    expect(await outcome(long)).toEqual({ kind: 'refused', reason: 'EMBEDDING_INVALID' });
    expect(await outcome('AAAA')).toEqual({ kind: 'refused', reason: 'EMBEDDING_INVALID' });
    expect(await outcome(face, { models: null })).toEqual({ kind: 'refused', reason: 'EMBEDDING_INVALID' });
    const models = { ...MODELS, recognition: 'somebody-elses' };
    expect(await outcome(face, { models })).toEqual({ kind: 'refused', reason: 'MODEL_UNKNOWN' });
  });

  describe('that follow a face', () => {
    /** A live check-in with the face, then the PIN that refers to it. */
    async function confirm(code: string, pin: string, face: Float32Array, liveness: 'live' | 'undecided') {
      server.clock.advance(5 * MINUTE);
      const evidence = { policy: 'passive', decision: liveness, version: 'test', cues: {}, tookMs: 1 };
      const seen = device.checkIn(newFace(), { liveness: evidence });
      await device.outcome([seen]);
      const refersTo = { epoch: seen.event.epoch, seq: seen.event.seq };
      return device.outcome([device.pin(code, pin, { refersTo }, face)]);
    }

    it('learn nothing until the company allows it', async () => {
      const { id, pin, face } = await enrolled('S-1', newFace());
      expect(await confirm('S-1', pin, faceAt(face, 0.15), 'live')).toMatchObject({ kind: 'accepted' });
      expect(await templatesOf(id)).toHaveLength(1);
    });

    it('learn one a week, never from afar, never twice, and keep what was enrolled', async () => {
      await must(console, 'updatePolicy', { body: { selfUpdate: true } });
      server.clock.advance(5 * MINUTE);
      const { id, pin, face } = await enrolled('S-2', newFace());
      await confirm('S-2', pin, faceAt(face, 0.15), 'undecided');
      await confirm('S-2', pin, faceAt(face, 0.28), 'live');
      await confirm('S-2', pin, faceAt(face, 0.02), 'live');
      expect(await templatesOf(id)).toHaveLength(1);
      await confirm('S-2', pin, faceAt(face, 0.15), 'live');
      await confirm('S-2', pin, faceAt(face, 0.15), 'live');
      const sources = async (): Promise<string[]> => (await templatesOf(id)).map((one) => one.source).sort();
      expect(await sources()).toEqual(['enrolment', 'self-update']);
      for (let week = 0; week < 3; week += 1) {
        server.clock.advance(8 * DAY);
        await must(console, 'signIn', { body: { email: 'owner@acme.test', password: OWNER_PASSWORD } });
        await confirm('S-2', pin, faceAt(face, 0.2), 'live');
      }
      expect(await sources()).toEqual(['enrolment', 'self-update', 'self-update']);
      const { items } = await must(console, 'audit', { query: 'search=template-learned' });
      expect(items.length).toBeGreaterThanOrEqual(4);
      expect(items[0]).toMatchObject({ actorKind: 'device', subject: 'S-2' });
    });
  });
});
