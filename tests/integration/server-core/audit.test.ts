// Every change leaves a row that says who, when and from where, in an unbroken chain; and only a change does.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CONSOLE_API } from '../../../shared/src/protocol/console.js';
import type { AuditEntry, PersonDetail, Session, Site } from '../../../shared/src/protocol/console-types.js';
import { isUnbroken, type AuditRecord } from '../../../server/src/modules/audit/audit-trail.js';
import { AuditRepository } from '../../../server/src/modules/audit/persistence/audit.repository.js';
import { lookAlikeSchema } from '../../../server/src/modules/matching/persistence/look-alike.schema.js';
import { exceptionSchema } from '../../../server/src/modules/attendance/persistence/punch.schema.js';
import { DIALECTS } from '../../support/dialects.js';
import type { ConsoleClient, Reply } from '../../support/console-client.js';
import { USER_PASSWORD, signInAs, tokenOf } from '../../support/console-users.js';
import { foundCompany, OWNER_PASSWORD, startTestServer, type TestServer } from '../../support/server.js';
import { addActiveDevice, inDatabase, presentCode } from '../../support/test-device.js';

type Mutation = {
  [R in keyof typeof CONSOLE_API]: (typeof CONSOLE_API)[R]['method'] extends 'GET' ? never : R;
}[keyof typeof CONSOLE_API];

describe.each(DIALECTS)('audit on %s', { timeout: 60_000 }, (dialect) => {
  let server: TestServer;
  let owner: ConsoleClient;
  let tenantId: string;
  let siteId: string;
  beforeAll(async () => {
    server = await startTestServer({ dialect });
    owner = await foundCompany(server);
    siteId = (await owner.call<{ items: Site[] }>('sites')).body.items[0]?.id ?? '';
    tenantId = (await owner.call<Session>('currentSession')).body.company.id;
  }, 60_000);
  afterAll(() => server.close());

  const chain = (): Promise<AuditRecord[]> =>
    inDatabase(server, (database) => new AuditRepository(database).of(tenantId));

  const person = async (): Promise<string> => {
    const code = randomUUID().slice(0, 8);
    const body = { code, name: 'Someone', department: null, siteId, locale: 'en', joined: '2026-01-01' };
    return (await owner.call<PersonDetail>('createPerson', { body })).body.id;
  };
  const deviceId = () => addActiveDevice(server, { tenantId, siteId });
  const pairing = async (isPresented: boolean): Promise<string> => {
    const body = { name: 'New tablet', siteId };
    const made = await owner.call<{ pairingId: string; code: string }>('createPairing', { body });
    if (isPresented) expect((await presentCode(server.client(), made.body.code)).status).toBe(200);
    return made.body.pairingId;
  };
  const invited = async () => {
    const body = { email: `${randomUUID()}@acme.test`, name: 'New', role: 'hr' };
    return tokenOf((await owner.call<{ url: string }>('inviteUser', { body })).body.url);
  };
  const userId = async (): Promise<string> => {
    const client = await signInAs(server, owner, 'hr');
    return (await client.call<Session>('currentSession')).body.user.id;
  };
  const signedIn = async (): Promise<ConsoleClient> => signInAs(server, owner, 'it');
  const exceptionId = async (): Promise<string> => {
    const id = randomUUID();
    await inDatabase(server, (database) =>
      database.manager().getRepository(exceptionSchema).insert({
        id,
        tenantId,
        kind: 'EVENT_FORK',
        sameAs: id,
        personId: null,
        deviceId: null,
        punchId: null,
        atMs: server.clock.nowMs(),
        state: 'open',
        note: null,
        resolvedAtMs: null,
        resolvedBy: null,
      }),
    );
    return id;
  };
  const lookAlike = async (): Promise<string> => {
    const id = randomUUID();
    const [personA = '', personB = ''] = [await person(), await person()].sort();
    await inDatabase(server, (database) =>
      database.manager().getRepository(lookAlikeSchema).insert({
        id,
        tenantId,
        personA,
        personB,
        found: 'check',
        likeness: 'near',
        state: 'open',
        createdAtMs: server.clock.nowMs(),
        decidedAtMs: null,
        decidedBy: null,
      }),
    );
    return id;
  };
  const copyOfKey = async (): Promise<string> => {
    const copy = await owner.call<{ text: string }>('rootKeyCopy', { body: { password: OWNER_PASSWORD } });
    return copy.body.text.replaceAll(/[\s-]/g, '').slice(-6);
  };

  /** One success of every route that changes something: first what it needs, then the call that is looked at. */
  const mutations: Record<Mutation, (() => Promise<() => Promise<Reply>>) | 'founding'> = {
    createCompany: 'founding',
    signIn: () =>
      Promise.resolve(() =>
        server.client().call('signIn', { body: { email: 'owner@acme.test', password: OWNER_PASSWORD } }),
      ),
    signOut: async () => {
      const client = await signedIn();
      return () => client.call('signOut');
    },
    changePassword: async () => {
      const client = await signedIn();
      const body = { current: USER_PASSWORD, next: 'other words than before' };
      return () => client.call('changePassword', { body });
    },
    setLocale: () => Promise.resolve(() => owner.call('setLocale', { body: { locale: 'hi' } })),
    acceptInvitation: async () => {
      const body = { token: await invited(), password: USER_PASSWORD };
      return () => server.client().call('acceptInvitation', { body });
    },
    completeReset: async () => {
      const reset = await owner.call<{ url: string }>('resetUser', { id: await userId() });
      const body = { token: tokenOf(reset.body.url), password: USER_PASSWORD };
      return () => server.client().call('completeReset', { body });
    },
    rootKeyCopy: () =>
      Promise.resolve(() => owner.call('rootKeyCopy', { body: { password: OWNER_PASSWORD } })),
    rootKeyConfirm: async () => {
      const body = { lastSix: await copyOfKey() };
      return () => owner.call('rootKeyConfirm', { body });
    },
    inviteUser: () => {
      const body = { email: `${randomUUID()}@acme.test`, name: 'New', role: 'hr' };
      return Promise.resolve(() => owner.call('inviteUser', { body }));
    },
    resetUser: async () => {
      const id = await userId();
      return () => owner.call('resetUser', { id });
    },
    signOutUser: async () => {
      const id = await userId();
      return () => owner.call('signOutUser', { id });
    },
    disableUser: async () => {
      const id = await userId();
      return () => owner.call('disableUser', { id });
    },
    createSite: () => {
      const body = { name: `Site ${randomUUID()}`, zone: 'Asia/Kolkata' };
      return Promise.resolve(() => owner.call('createSite', { body }));
    },
    updatePolicy: () =>
      Promise.resolve(() => owner.call('updatePolicy', { body: { duplicateWithinSec: 90 } })),
    createPerson: () => {
      const body = { code: 'A-1', name: 'One', department: null, siteId, locale: 'en', joined: '2026-01-01' };
      return Promise.resolve(() => owner.call('createPerson', { body }));
    },
    updatePerson: async () => {
      const id = await person();
      return () => owner.call('updatePerson', { id, body: { name: 'Renamed' } });
    },
    leavePerson: async () => {
      const id = await person();
      return () => owner.call('leavePerson', { id, body: { lastDay: '2026-06-30' } });
    },
    importPeople: () => {
      const csv = 'code,name,site,joined\nCSV1,From a file,Main gate,2026-01-01';
      return Promise.resolve(() => owner.call('importPeople', { body: { csv } }));
    },
    startEnrolment: async () => {
      const [id, device] = [await person(), await deviceId()];
      return () => owner.call('startEnrolment', { id, body: { deviceId: device } });
    },
    cancelEnrolment: async () => {
      const [id, device] = [await person(), await deviceId()];
      await owner.call('startEnrolment', { id, body: { deviceId: device } });
      return () => owner.call('cancelEnrolment', { id });
    },
    withdrawConsent: async () => {
      const id = await person();
      await inDatabase(server, (database) =>
        database.manager().query(`UPDATE employee SET enrolment = 'enrolled' WHERE id = '${id}'`),
      );
      return () => owner.call('withdrawConsent', { id });
    },
    issuePin: async () => {
      const id = await person();
      return () => owner.call('issuePin', { id });
    },
    resolveException: async () => {
      const id = await exceptionId();
      return () => owner.call('resolveException', { id, body: { note: 'seen' } });
    },
    decideLookAlike: async () => {
      const id = await lookAlike();
      return () => owner.call('decideLookAlike', { id, body: { decision: 'confirm' } });
    },
    startLookAlikeCheck: () => Promise.resolve(() => owner.call('startLookAlikeCheck')),
    startRollOver: () =>
      Promise.resolve(() =>
        owner.call('startRollOver', { body: { next: 'resnet29-b413e420-int8-aligned1' } }),
      ),
    endRollOver: () => Promise.resolve(() => owner.call('endRollOver')),
    createPairing: () =>
      Promise.resolve(() => owner.call('createPairing', { body: { name: 'Tablet', siteId } })),
    confirmPairing: async () => {
      const id = await pairing(true);
      return () => owner.call('confirmPairing', { id, body: { cameraPin: null } });
    },
    refusePairing: async () => {
      const id = await pairing(true);
      return () => owner.call('refusePairing', { id });
    },
    updateDevice: async () => {
      const id = await deviceId();
      return () => owner.call('updateDevice', { id, body: { name: 'Renamed tablet' } });
    },
    revokeDevice: async () => {
      const id = await deviceId();
      return () => owner.call('revokeDevice', { id });
    },
  };

  it('has a row for every route of the console that changes something', async () => {
    const lastSix = await copyOfKey();
    await owner.call('rootKeyConfirm', { body: { lastSix } });
    for (const [route, prepare] of Object.entries(mutations)) {
      if (prepare === 'founding') continue;
      const mutate = await prepare();
      const before = (await chain()).length;
      const reply = await mutate();
      expect(reply.status, `${route}: ${reply.text}`).toBe(200);
      const added = (await chain()).slice(before);
      expect(added.length, route).toBeGreaterThanOrEqual(1);
      // What the server goes on to do by itself has rows of its own.
      const asked = added.findLast((record) => record.actorKind !== 'system');
      expect(asked?.address, route).toBe('127.0.0.1');
      expect(asked?.atMs, route).toBe(server.clock.nowMs());
      expect(asked?.actorKind, route).toBe('user');
    }
    expect((await chain())[0]?.action).toBe('company.founded');
  });

  it('has no row for what was refused or only read', async () => {
    const before = (await chain()).length;
    await owner.call('people');
    await owner.call('createSite', { body: { name: 'Nowhere', zone: 'Mars/Base' } });
    await owner.call('updatePerson', { id: randomUUID(), body: { name: 'X' } });
    expect((await chain()).length).toBe(before);
  });

  it('is one unbroken chain, also when many write at once, and shows any tampering', async () => {
    await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        owner.call('createSite', { body: { name: `Parallel ${String(at)}`, zone: 'Asia/Kolkata' } }),
      ),
    );
    const records = await chain();
    expect(records.map((record) => record.seq)).toEqual(records.map((_, at) => at + 1));
    expect(isUnbroken(records)).toBe(true);
    const changed = records.map((record, at) => (at === 3 ? { ...record, subject: 'someone else' } : record));
    expect(isUnbroken(changed)).toBe(false);
    expect(isUnbroken(records.toSpliced(5, 1))).toBe(false);
  });

  it('is read by page and by search, and never holds a secret', async () => {
    const page = await owner.call<{ items: AuditEntry[]; nextCursor: string; total: number }>('audit', {
      query: 'limit=5',
    });
    expect(page.body.items).toHaveLength(5);
    const rest = await owner.call<{ items: AuditEntry[] }>('audit', {
      query: `limit=5&cursor=${page.body.nextCursor}`,
    });
    const ids = [...page.body.items, ...rest.body.items].map((entry) => entry.id);
    expect(new Set(ids).size).toBe(10);
    const found = await owner.call<{ items: AuditEntry[]; total: number }>('audit', {
      query: 'search=SITE.CREATED',
    });
    expect(found.body.total).toBe(13);
    const all = JSON.stringify(await chain());
    for (const secret of [OWNER_PASSWORD, USER_PASSWORD, '__Host-hazri', '#token='])
      expect(all).not.toContain(secret);
  });
});
