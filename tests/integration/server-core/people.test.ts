// Employees from adding to leaving, over the real API, on every database.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  ImportReport,
  Person,
  PersonDetail,
  Session,
  Site,
} from '../../../shared/src/protocol/console-types.js';
import { TICKET_LIFE_MS } from '../../../server/src/modules/people/enrolment-tickets.js';
import { EnrolmentTickets, VerifyPin } from '../../../server/src/modules/people/public.js';
import { TemplateVault } from '../../../server/src/platform/keys/template-vault.js';
import { DIALECTS } from '../../support/dialects.js';
import type { ConsoleClient } from '../../support/console-client.js';
import { foreignCompany, signInAs } from '../../support/console-users.js';
import { foundCompany, OWNER_PASSWORD, startTestServer, type TestServer } from '../../support/server.js';
import { addActiveDevice, inDatabase } from '../../support/test-device.js';

const codeOf = (reply: { body: unknown }): string => (reply.body as { code?: string }).code ?? '';

describe.each(DIALECTS)('people on %s', { timeout: 30_000 }, (dialect) => {
  let server: TestServer;
  let owner: ConsoleClient;
  let siteId: string;
  let tenantId: string;
  beforeAll(async () => {
    server = await startTestServer({ dialect });
    owner = await foundCompany(server);
    siteId = (await owner.call<{ items: Site[] }>('sites')).body.items[0]?.id ?? '';
    tenantId = (await owner.call<Session>('currentSession')).body.company.id;
  }, 60_000);
  afterAll(() => server.close());

  let next = 0;
  const input = (more: object = {}) => {
    next += 1;
    const code = `E${String(next).padStart(3, '0')}`;
    return {
      code,
      name: `Person ${code}`,
      department: 'Assembly',
      siteId,
      locale: 'hi',
      joined: '2026-01-05',
      ...more,
    };
  };
  const create = async (more: object = {}): Promise<PersonDetail> => {
    const reply = await owner.call<PersonDetail>('createPerson', { body: input(more) });
    expect(reply.status, reply.text).toBe(200);
    return reply.body;
  };
  const saveRootKey = async (): Promise<void> => {
    const copy = await owner.call<{ text: string }>('rootKeyCopy', { body: { password: OWNER_PASSWORD } });
    const lastSix = copy.body.text.replaceAll(/[\s-]/g, '').slice(-6);
    await owner.call('rootKeyConfirm', { body: { lastSix } });
  };

  it('are added, read and changed; a code belongs to one of them, whatever its case', async () => {
    const person = await create({ code: 'Q-17', name: 'सुनीता यादव' });
    expect(person).toMatchObject({
      code: 'Q-17',
      name: 'सुनीता यादव',
      enrolment: 'none',
      hasPin: false,
      left: null,
    });
    const again = await owner.call('createPerson', { body: input({ code: 'q-17' }) });
    expect([again.status, codeOf(again)]).toEqual([409, 'PERSON_CODE_TAKEN']);
    const other = await create();
    const clash = await owner.call('updatePerson', { id: other.id, body: { code: 'Q-17' } });
    expect(codeOf(clash)).toBe('PERSON_CODE_TAKEN');
    const changed = await owner.call<PersonDetail>('updatePerson', {
      id: person.id,
      body: { code: 'q-17', department: '' },
    });
    expect(changed.body).toMatchObject({ code: 'q-17', department: null });
    expect((await owner.call<PersonDetail>('person', { id: person.id })).body.department).toBeNull();
    const nowhere = await owner.call('createPerson', { body: input({ siteId: randomUUID() }) });
    expect([nowhere.status, codeOf(nowhere)]).toEqual([400, 'REQUEST_INVALID']);
  });

  it('give one code to one of many who ask for it at once', async () => {
    const body = input();
    const replies = await Promise.all(Array.from({ length: 8 }, () => owner.call('createPerson', { body })));
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 409, 409, 409, 409, 409, 409, 409]);
  });

  it('are searched and paged without gaps or repeats', async () => {
    const department = 'Paging';
    for (const name of ['Bela', 'Anu', 'Chand', 'Anu', 'Dev']) await create({ name, department });
    const names: string[] = [];
    const ids = new Set<string>();
    let cursor = '';
    do {
      const query = new URLSearchParams({
        search: 'paging',
        limit: '2',
        ...(cursor === '' ? {} : { cursor }),
      });
      const page = await owner.call<{ items: Person[]; nextCursor: string | null; total: number }>('people', {
        query: query.toString(),
      });
      expect(page.body.total).toBe(5);
      names.push(...page.body.items.map((person) => person.name));
      for (const person of page.body.items) ids.add(person.id);
      cursor = page.body.nextCursor ?? '';
    } while (cursor !== '');
    expect(names).toEqual(['Anu', 'Anu', 'Bela', 'Chand', 'Dev']);
    expect(ids.size).toBe(5);
    const wild = await owner.call<{ total: number }>('people', { query: 'search=%25%25_' });
    expect(wild.status).toBe(200);
  });

  it('leave: PIN and templates go at once, the code stays theirs', async () => {
    const person = await create();
    const pin = (await owner.call<{ pin: string }>('issuePin', { id: person.id })).body.pin;
    expect(pin).toMatch(/^\d{6}$/);
    const early = await owner.call('leavePerson', { id: person.id, body: { lastDay: '2020-01-01' } });
    expect(codeOf(early)).toBe('REQUEST_INVALID');
    const left = await owner.call<PersonDetail>('leavePerson', {
      id: person.id,
      body: { lastDay: '2026-01-31' },
    });
    expect(left.body).toMatchObject({ left: '2026-01-31', hasPin: false });
    const twice = await owner.call('leavePerson', { id: person.id, body: { lastDay: '2026-01-31' } });
    expect(codeOf(twice)).toBe('PERSON_LEFT');
    expect(codeOf(await owner.call('updatePerson', { id: person.id, body: { name: 'X' } }))).toBe(
      'PERSON_LEFT',
    );
    expect(codeOf(await owner.call('issuePin', { id: person.id }))).toBe('PERSON_LEFT');
    const employed = await owner.call<{ total: number }>('people', { query: `search=${person.code}` });
    expect(employed.body.total).toBe(0);
    const gone = await owner.call<{ total: number }>('people', { query: `search=${person.code}&state=left` });
    expect(gone.body.total).toBe(1);
  });

  it('are imported all or not at all, with every bad row named', async () => {
    const report = async (csv: string): Promise<ImportReport> =>
      (await owner.call<ImportReport>('importPeople', { body: { csv } })).body;
    const site = 'Main gate';
    const bad = await report(
      [
        'code,name,site,joined,department',
        `I1,Good One,${site},2026-02-01,Stores`,
        `I1,Repeated,${site},2026-02-01,`,
        `Q-17,Taken,${site},2026-02-01,`,
        `=1+1,Formula,${site},2026-02-01,`,
        `I5,,${site},2026-02-30,`,
        `I6,"=HYPERLINK(""x"")",Nowhere,2026-02-01,`,
        'I7,Too few cells',
      ].join('\r\n'),
    );
    expect(bad.created).toBe(0);
    expect(bad.problems.map(({ line, column, code }) => [line, column, code])).toEqual(
      expect.arrayContaining([
        [3, 'code', 'CODE_REPEATED'],
        [4, 'code', 'CODE_TAKEN'],
        [5, 'code', 'FORMULA_REFUSED'],
        [6, 'name', 'MISSING'],
        [6, 'joined', 'DATE_INVALID'],
        [7, 'name', 'FORMULA_REFUSED'],
        [7, 'site', 'SITE_UNKNOWN'],
        [8, '', 'CELLS_MISCOUNTED'],
      ]),
    );
    const before = await owner.call<{ total: number }>('people', { query: 'search=Good' });
    expect(before.body.total).toBe(0);
    const rows = Array.from(
      { length: 600 },
      (_, at) => `B${String(at)},Bulk ${String(at)},${site},2026-02-01`,
    );
    const good = await report(`\uFEFFCode,Name,Site,Joined\n${rows.join('\n')}\n\n`);
    expect(good).toEqual({ rows: 600, created: 600, problems: [] });
    const bulk = await owner.call<{ total: number }>('people', { query: 'search=bulk' });
    expect(bulk.body.total).toBe(600);
  });

  it('are not imported from what is no CSV of people', async () => {
    const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('-');
    for (const csv of [`code,name,site,joined\n${eicar},a,b,c`, 'code\0', '   ', 'code,name,site,joined']) {
      const reply = await owner.call('importPeople', { body: { csv } });
      expect([reply.status, codeOf(reply)], csv).toEqual([422, 'IMPORT_REFUSED']);
    }
    const header = await owner.call<ImportReport>('importPeople', { body: { csv: 'code,nom\n1,2' } });
    expect(header.body.problems.map((problem) => problem.code)).toContain('COLUMN_UNKNOWN');
    const open = await owner.call<ImportReport>('importPeople', {
      body: { csv: 'code,name,site,joined\nQ1,"Open,Pune,2026-01-01\n' },
    });
    expect(open.body).toMatchObject({ created: 0, problems: [{ code: 'QUOTE_BROKEN' }] });
  });

  it('are enrolled only once the root key is saved, at an active tablet, for half an hour', async () => {
    const person = await create();
    const deviceId = await addActiveDevice(server, { tenantId, siteId });
    const start = (device = deviceId) =>
      owner.call<PersonDetail>('startEnrolment', { id: person.id, body: { deviceId: device } });
    expect(codeOf(await start())).toBe('ROOT_KEY_NOT_SAVED');
    await saveRootKey();
    expect(codeOf(await start(randomUUID()))).toBe('DEVICE_NOT_ACTIVE');
    expect((await start()).body).toMatchObject({
      enrolment: 'waiting',
      ticket: { deviceName: 'Gate tablet' },
    });
    const tickets = server.running.app.get(EnrolmentTickets);
    const open = () => inDatabase(server, () => tickets.openTicketForDevice(tenantId, deviceId));
    expect(await open()).toMatchObject({ employeeId: person.id, displayName: person.name, locale: 'hi' });

    expect((await owner.call<PersonDetail>('cancelEnrolment', { id: person.id })).body.ticket).toBeNull();
    expect(await open()).toBeNull();
    expect(codeOf(await owner.call('cancelEnrolment', { id: person.id }))).toBe('ALREADY_DONE');

    await start();
    server.clock.advance(TICKET_LIFE_MS);
    expect(await open()).toBeNull();
    await start();
    const ticketId = (await open())?.ticketId ?? '';
    const complete = (more: object = {}) =>
      inDatabase(server, () =>
        tickets.completeTicket({
          tenantId,
          deviceId,
          actor: { kind: 'device', id: deviceId, name: 'Gate tablet', address: null },
          ticketId,
          atMs: server.clock.nowMs(),
          consent: {
            noticeVersion: '1',
            noticeSha256: 'a'.repeat(64),
            locale: 'hi',
            givenAtMs: server.clock.nowMs(),
            basis: 'consent',
          },
          ...more,
        }),
      );
    expect(await complete({ deviceId: randomUUID() })).toEqual({ ok: false, error: 'TICKET_UNKNOWN' });
    expect(await complete({ atMs: server.clock.nowMs() + TICKET_LIFE_MS + 1 })).toEqual({
      ok: false,
      error: 'TICKET_EXPIRED',
    });
    expect(await complete()).toMatchObject({ ok: true, value: { enrolment: 'enrolled' } });
    expect(await complete()).toEqual({ ok: false, error: 'TICKET_UNKNOWN' });

    const at = { tenantId, personId: person.id, templateId: randomUUID(), modelId: 'm' };
    const vault = server.running.app.get(TemplateVault);
    const sealed = await inDatabase(server, () =>
      vault.seal(at, new Float32Array(128).fill(1 / Math.sqrt(128))),
    );
    const withdrawn = await owner.call<PersonDetail>('withdrawConsent', { id: person.id });
    expect(withdrawn.body).toMatchObject({ enrolment: 'withdrawn', consent: { noticeVersion: '1' } });
    expect(withdrawn.body.consent?.withdrawnAtMs).toBe(server.clock.nowMs());
    expect(await inDatabase(server, () => vault.open(at, sealed))).toEqual({
      ok: false,
      error: 'TEMPLATE_KEY_DESTROYED',
    });
    expect(codeOf(await owner.call('withdrawConsent', { id: person.id }))).toBe('ALREADY_DONE');
  });

  it('check in by PIN one to one, slower after five wrong ones and not at all after fifty', async () => {
    const person = await create();
    const { pin } = (await owner.call<{ pin: string }>('issuePin', { id: person.id })).body;
    const wrong = pin === '135790' ? '135791' : '135790';
    const verify = async (given: string, deviceId = randomUUID(), employeeCode = person.code) => {
      const credentials = { employeeCode, pin: given };
      const result = await server.running.app.get(VerifyPin).run({ tenantId, deviceId, credentials });
      return result.ok ? result.value.id : result.error;
    };
    expect(await verify(pin)).toBe(person.id);
    expect(await verify(pin, randomUUID(), person.code.toLowerCase())).toBe(person.id);
    expect(await verify(pin, randomUUID(), 'nobody')).toBe('PIN_WRONG');
    for (let tries = 0; tries < 5; tries += 1) expect(await verify(wrong)).toBe('PIN_WRONG');
    expect(await verify(pin)).toBe('PIN_THROTTLED');
    server.clock.advance(30_000);
    expect(await verify(pin)).toBe(person.id);
    for (let tries = 0; tries < 45; tries += 1) {
      server.clock.advance(24 * 3_600_000);
      expect(await verify(wrong), String(tries)).toBe('PIN_WRONG');
    }
    server.clock.advance(24 * 3_600_000);
    expect(await verify(pin)).toBe('PIN_THROTTLED');
    owner = server.client();
    await owner.call('signIn', { body: { email: 'owner@acme.test', password: OWNER_PASSWORD } });
    const renewed = (await owner.call<{ pin: string }>('issuePin', { id: person.id })).body.pin;
    expect(await verify(renewed)).toBe(person.id);
    const device = randomUUID();
    for (let tries = 0; tries < 10; tries += 1) {
      expect(await verify(wrong, device, `nobody${String(tries)}`)).toBe('PIN_WRONG');
    }
    expect(await verify(renewed, device)).toBe('PIN_THROTTLED');
  });

  it('of one company do not exist for another, and a head sees the own team only', async () => {
    const person = await create({ department: 'Quality' });
    const foreign = await foreignCompany(server);
    for (const route of [
      'person',
      'updatePerson',
      'issuePin',
      'cancelEnrolment',
      'withdrawConsent',
    ] as const) {
      const reply = await foreign.client.call(route, { id: person.id, body: {} });
      expect([reply.status, codeOf(reply)], route).toEqual([404, 'NOT_FOUND']);
    }
    const left = await foreign.client.call('leavePerson', { id: person.id, body: { lastDay: '2026-05-01' } });
    expect(codeOf(left)).toBe('NOT_FOUND');
    expect((await foreign.client.call<{ total: number }>('people')).body.total).toBe(0);
    const theirSite = await owner.call('createPerson', { body: input({ siteId: foreign.siteId }) });
    expect(codeOf(theirSite)).toBe('REQUEST_INVALID');

    const head = await signInAs(server, owner, 'head', 'Quality');
    const seen = (await head.call<{ items: Person[]; total: number }>('people', { query: 'state=all' })).body;
    expect(seen.total).toBeGreaterThan(0);
    expect(new Set(seen.items.map((each) => each.department))).toEqual(new Set(['Quality']));
    const stranger = await create({ department: 'Stores' });
    expect((await head.call('person', { id: stranger.id })).status).toBe(404);
    expect((await head.call('person', { id: person.id })).status).toBe(200);
    const lost = await signInAs(server, owner, 'head');
    expect((await lost.call<{ total: number }>('people')).body.total).toBe(0);
  });
});
