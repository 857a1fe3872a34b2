// Signing in, sessions and their end, throttling, links and the founding of a company.
import { readFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Session, User } from '../../../shared/src/protocol/console-types.js';
import { SESSION_IDLE_MS, SESSION_LIFE_MS } from '../../../server/src/modules/auth/sessions.js';
import { parseConfig } from '../../../server/src/platform/config/config.js';
import { Database, UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { DIALECTS } from '../../support/dialects.js';
import type { ConsoleClient } from '../../support/console-client.js';
import { USER_PASSWORD, signInAs, tokenOf } from '../../support/console-users.js';
import { foundCompany, OWNER_PASSWORD, startTestServer, type TestServer } from '../../support/server.js';

const EMAIL = 'owner@acme.test';
const HOUR_MS = 3_600_000;
const codeOf = (reply: { body: unknown }): string => (reply.body as { code?: string }).code ?? '';

describe.each(DIALECTS)('accounts on %s', { timeout: 30_000 }, (dialect) => {
  let server: TestServer;
  let owner: ConsoleClient;
  beforeAll(async () => {
    server = await startTestServer({ dialect });
    owner = await foundCompany(server);
  }, 60_000);
  afterAll(() => server.close());
  beforeEach(() => {
    server.clock.advance(2 * HOUR_MS);
  });

  const fresh = async (): Promise<ConsoleClient> => {
    const client = server.client();
    await client.call('signIn', { body: { email: EMAIL, password: OWNER_PASSWORD } });
    return client;
  };

  it('lets only the first company be founded by anyone', async () => {
    const reply = await server.client().call('createCompany', {
      body: {
        companyName: 'Second',
        siteName: 'Gate',
        zone: 'Asia/Kolkata',
        locale: 'en',
        ownerName: 'Someone',
        email: 'second@acme.test',
        password: 'a long enough phrase',
      },
    });
    expect([reply.status, codeOf(reply)]).toEqual([409, 'ALREADY_DONE']);
  });

  it('opens a session that says who one is, and ends it by signing out', async () => {
    const client = await fresh();
    const session = (await client.call<Session>('currentSession')).body;
    expect(session.user).toMatchObject({ email: EMAIL, role: 'owner' });
    expect(session).toMatchObject({ mustChangePassword: false, rootKeySaved: false });
    const cookie = client.cookie;
    expect((await client.call('signOut')).status).toBe(200);
    expect(client.cookie).toBeNull();
    client.cookie = cookie;
    expect(codeOf(await client.call('currentSession'))).toBe('SESSION_MISSING');
  });

  it('ends a session after a day, and earlier when nobody uses it', async () => {
    const idle = await fresh();
    server.clock.advance(SESSION_IDLE_MS - 1);
    expect((await idle.call('currentSession')).status).toBe(200);
    server.clock.advance(SESSION_IDLE_MS);
    expect(codeOf(await idle.call('currentSession'))).toBe('SESSION_EXPIRED');

    const busy = await fresh();
    for (let passed = 0; passed < SESSION_LIFE_MS - HOUR_MS; passed += HOUR_MS) {
      server.clock.advance(HOUR_MS);
      expect((await busy.call('currentSession')).status).toBe(200);
    }
    server.clock.advance(HOUR_MS);
    expect(codeOf(await busy.call('currentSession'))).toBe('SESSION_EXPIRED');
  });

  it('slows guessing at one account down without locking it', async () => {
    const guess = () =>
      server.client().call('signIn', { body: { email: EMAIL, password: 'wrong password 2' } });
    for (let tries = 0; tries < 3; tries += 1) expect(codeOf(await guess())).toBe('SIGN_IN_REFUSED');
    const throttled = await guess();
    expect([throttled.status, codeOf(throttled)]).toEqual([429, 'SIGN_IN_THROTTLED']);
    server.clock.advance(60_000);
    const right = await server.client().call('signIn', { body: { email: EMAIL, password: OWNER_PASSWORD } });
    expect(right.status).toBe(200);
  });

  it('lets nobody choose a weak password', async () => {
    const client = await fresh();
    for (const next of ['short1234', 'password1234', 'AcmeWorks2026!', 'abcdefghijklmnop', 'onlyletters!!']) {
      const reply = await client.call('changePassword', { body: { current: OWNER_PASSWORD, next } });
      expect(['PASSWORD_WEAK', 'REQUEST_INVALID'], next).toContain(codeOf(reply));
    }
  });

  it('ends every other session when the password changes', async () => {
    const other = await signInAs(server, await fresh(), 'hr');
    const { email } = (await other.call<Session>('currentSession')).body.user;
    const second = server.client();
    await second.call('signIn', { body: { email, password: USER_PASSWORD } });
    const next = 'a wholly new sentence';
    expect((await other.call('changePassword', { body: { current: USER_PASSWORD, next } })).status).toBe(200);
    expect((await other.call('currentSession')).status).toBe(200);
    expect((await second.call('currentSession')).status).toBe(401);
    const old = await second.call('signIn', { body: { email, password: USER_PASSWORD } });
    expect(codeOf(old)).toBe('SIGN_IN_REFUSED');
  });

  it('gives an invitation and a reset link that work once and for a while', async () => {
    const users = async (): Promise<User[]> => (await owner.call<{ items: User[] }>('users')).body.items;
    owner = await fresh();
    const person = await signInAs(server, owner, 'auditor');
    const session = (await person.call<Session>('currentSession')).body;
    const reset = await owner.call<{ url: string }>('resetUser', { id: session.user.id });
    expect(reset.body.url).toMatch(/^https:\/\/localhost:\d+\/reset#token=[\w-]{43}$/);
    const token = tokenOf(reset.body.url);
    const complete = (password: string) =>
      server.client().call('completeReset', { body: { token, password } });
    expect(codeOf(await complete('password12345'))).toBe('PASSWORD_WEAK');
    expect((await complete('brand new words today')).status).toBe(200);
    expect(codeOf(await complete('brand new words again'))).toBe('TOKEN_INVALID');
    expect((await person.call('currentSession')).status).toBe(401);

    const late = await owner.call<{ url: string }>('resetUser', { id: session.user.id });
    server.clock.advance(15 * 60_000);
    const tooLate = await server
      .client()
      .call('completeReset', { body: { token: tokenOf(late.body.url), password: 'brand new words today' } });
    expect(codeOf(tooLate)).toBe('TOKEN_INVALID');
    expect((await users()).find((user) => user.id === session.user.id)?.state).toBe('active');
    const taken = await owner.call('inviteUser', { body: { email: EMAIL, name: 'Again', role: 'hr' } });
    expect(codeOf(taken)).toBe('EMAIL_TAKEN');
  });

  it('signs others out and disables them at once, but never oneself', async () => {
    owner = await fresh();
    const person = await signInAs(server, owner, 'hr');
    const { id, email } = (await person.call<Session>('currentSession')).body.user;
    expect((await owner.call('signOutUser', { id })).status).toBe(200);
    expect((await person.call('currentSession')).status).toBe(401);
    await person.call('signIn', { body: { email, password: USER_PASSWORD } });
    expect((await person.call('people')).status).toBe(200);
    expect((await owner.call('disableUser', { id })).status).toBe(200);
    expect((await person.call('people')).status).toBe(401);
    const again = await person.call('signIn', { body: { email, password: USER_PASSWORD } });
    expect(codeOf(again)).toBe('SIGN_IN_REFUSED');
    const self = (await owner.call<Session>('currentSession')).body.user.id;
    expect(codeOf(await owner.call('disableUser', { id: self }))).toBe('USER_IS_SELF');
  });

  it('shows each role what it may see', async () => {
    owner = await fresh();
    const may: [Parameters<typeof signInAs>[2], number[]][] = [
      ['employee', [403, 403, 403, 403]],
      ['finance', [403, 403, 403, 200]],
      ['it', [403, 403, 403, 200]],
      ['auditor', [200, 200, 200, 200]],
      ['hr', [200, 403, 403, 200]],
    ];
    for (const [role, expected] of may) {
      const client = await signInAs(server, owner, role);
      const seen: number[] = [];
      for (const route of ['people', 'users', 'audit', 'sites'] as const) {
        seen.push((await client.call(route)).status);
      }
      expect(seen, role).toEqual(expected);
    }
  });

  it('hands out the root key against the password only, and has the copy confirmed', async () => {
    owner = await fresh();
    const refused = await owner.call('rootKeyCopy', { body: { password: 'not the password' } });
    expect(codeOf(refused)).toBe('SIGN_IN_REFUSED');
    server.clock.advance(HOUR_MS);
    const copy = await owner.call<{ text: string }>('rootKeyCopy', { body: { password: OWNER_PASSWORD } });
    const written = readFileSync(path.join(server.config.dataFolder, 'keys/root.key'), 'utf8');
    expect(copy.body.text).toBe(written);
    const wrong = await owner.call('rootKeyConfirm', { body: { lastSix: 'AAAAAA' } });
    expect(codeOf(wrong)).toBe('ROOT_KEY_MISMATCH');
    const lastSix = written.replaceAll(/[\s-]/g, '').slice(-6);
    const confirmed = await owner.call<Session>('rootKeyConfirm', { body: { lastSix } });
    expect(confirmed.body.rootKeySaved).toBe(true);
  });

  it('keeps sessions, accounts and keys over a restart', async () => {
    const client = await fresh();
    const { cookie, csrf } = client;
    await server.restart();
    const again = server.client();
    again.cookie = cookie;
    again.csrf = csrf;
    expect((await again.call('currentSession')).status).toBe(200);
  });

  it('never logged a password, a token or an address of a person', () => {
    const log = server.logged.join('');
    for (const secret of [OWNER_PASSWORD, USER_PASSWORD, EMAIL, '__Host-hazri']) {
      expect(log).not.toContain(secret);
    }
  });
});

describe('passwords at their real cost', { timeout: 60_000 }, () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ passwordCost: parseConfig({}).passwordCost });
    await foundCompany(server);
  }, 60_000);
  afterAll(() => server.close());

  it('are stored as bcrypt of cost 12 and nothing else', async () => {
    const { app } = server.running;
    const stored = await app
      .get(UnitOfWork)
      .run(() =>
        app.get(Database).manager().query<{ h: string }[]>('SELECT password_hash AS h FROM console_user'),
      );
    expect(stored.map((row) => row.h.slice(0, 7))).toEqual(['$2b$12$']);
  });

  it('refuses a wrong password and an unknown account in the same words and time', async () => {
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    for (let round = 0; round < 3; round += 1) {
      server.clock.advance(2 * HOUR_MS);
      for (const [kind, email] of [
        ['known', EMAIL],
        ['unknown', 'nobody@acme.test'],
      ] as const) {
        const startedMs = performance.now();
        const reply = await server.client().call('signIn', { body: { email, password: 'wrong password 1' } });
        times[kind].push(performance.now() - startedMs);
        expect([reply.status, codeOf(reply)]).toEqual([401, 'SIGN_IN_REFUSED']);
      }
    }
    const median = (values: number[]): number => values.toSorted((a, b) => a - b)[1] ?? 0;
    expect(median(times.unknown) / median(times.known)).toBeGreaterThan(0.4);
    expect(median(times.unknown) / median(times.known)).toBeLessThan(2.5);
  });
});

describe('sign-in limits per address', { timeout: 60_000 }, () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({
      environment: { HAZRI_TRUSTED_PROXIES: '127.0.0.9' },
    });
    await foundCompany(server);
  }, 60_000);
  afterAll(() => server.close());

  const guess = (client: ConsoleClient, number: number) =>
    client.call('signIn', {
      body: { email: `user${String(number)}@acme.test`, password: 'wrong password 3' },
    });
  const alerts = (): number => server.logged.filter((line) => line.includes('sign-in alert')).length;

  it('alerts at the fifth failure in ten minutes and blocks after the twentieth in an hour', async () => {
    const client = server.client('127.0.0.3');
    for (let failures = 1; failures <= 20; failures += 1) {
      expect(codeOf(await guess(client, failures)), String(failures)).toBe('SIGN_IN_REFUSED');
      expect(alerts(), String(failures)).toBe(failures >= 5 ? 1 : 0);
    }
    expect(codeOf(await guess(client, 21))).toBe('SIGN_IN_THROTTLED');
    const right = await client.call('signIn', { body: { email: EMAIL, password: OWNER_PASSWORD } });
    expect(right.status).toBe(429);
    const elsewhere = await server
      .client('127.0.0.4')
      .call('signIn', { body: { email: EMAIL, password: OWNER_PASSWORD } });
    expect(elsewhere.status).toBe(200);
    server.clock.advance(HOUR_MS);
    expect(codeOf(await guess(client, 22))).toBe('SIGN_IN_REFUSED');
  });

  it('believes a forwarded address from a trusted proxy only', async () => {
    const forwarded = (from: string, address: string) => {
      const client = server.client(from);
      return client.raw({
        method: 'POST',
        path: '/api/session',
        headers: { ...client.ownHeaders(), 'x-forwarded-for': address },
        body: JSON.stringify({ email: 'user@acme.test', password: 'wrong password 4' }),
      });
    };
    server.clock.advance(2 * HOUR_MS);
    await forwarded('127.0.0.5', '198.51.100.7');
    server.clock.advance(2 * HOUR_MS);
    await forwarded('127.0.0.9', '198.51.100.8');
    const owner = server.client();
    await owner.call('signIn', { body: { email: EMAIL, password: OWNER_PASSWORD } });
    const wrong = server.client('127.0.0.9');
    await wrong.raw({
      method: 'POST',
      path: '/api/session',
      headers: { ...wrong.ownHeaders(), 'x-forwarded-for': '198.51.100.9' },
      body: JSON.stringify({ email: EMAIL, password: 'wrong password 5' }),
    });
    await server.client('127.0.0.5').raw({
      method: 'POST',
      path: '/api/session',
      headers: { ...wrong.ownHeaders(), 'x-forwarded-for': '198.51.100.10' },
      body: JSON.stringify({ email: EMAIL, password: 'wrong password 6' }),
    });
    const audit = await owner.call<{ items: { action: string; address: string }[] }>('audit', {
      query: 'search=session.refused',
    });
    const addresses = audit.body.items.map((entry) => entry.address);
    expect(addresses.slice(0, 2)).toEqual(['127.0.0.5', '198.51.100.9']);
  });
});

describe('the demo', () => {
  it('is seeded once, tells its password until it is changed, and may stand beside a real company', async () => {
    const server = await startTestServer({ environment: { HAZRI_DEMO: '1' } });
    try {
      const { signIn } = server.running;
      const file = path.join(server.config.dataFolder, 'first-sign-in.json');
      expect(existsSync(file)).toBe(true);
      const client = server.client();
      const session = await client.call<Session>('signIn', {
        body: { email: signIn?.email, password: signIn?.password },
      });
      expect(session.body.company).toMatchObject({ isDemo: true, zone: 'Asia/Kolkata' });
      expect((await client.call<{ total: number }>('people')).body.total).toBe(12);
      await server.restart();
      expect(server.running.signIn).toEqual(signIn);
      const again = server.client();
      await again.call('signIn', { body: { email: signIn?.email, password: signIn?.password } });
      const next = 'a demo sentence of mine';
      await again.call('changePassword', { body: { current: signIn?.password, next } });
      expect(existsSync(file)).toBe(false);
      const key = await again.call('rootKeyCopy', { body: { password: next } });
      expect(codeOf(key)).toBe('PERMISSION_DENIED');
      const real = await foundCompany(server);
      expect((await real.call<{ total: number }>('people')).body.total).toBe(0);
      await server.restart();
      expect(server.running.signIn).toEqual({ email: signIn?.email, password: null });
    } finally {
      await server.close();
    }
  }, 60_000);
});
