// The tablet's TLS against real servers: the right one, and every wrong one.
import { X509Certificate } from 'node:crypto';
import { type Server, createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  PinnedAgent,
  type Trust,
  lookAtServer,
  spkiPin,
} from '../../kiosk/src/identity/pinned-connection.js';
import { pinnedHttp, send } from '../../kiosk/src/sync/pinned-http.js';
import {
  type Authority,
  CLIENT_PURPOSE,
  type Leaf,
  makeAuthority,
  makeLeaf,
} from './kiosk-support/certificates.js';

let authority: Authority;
let pin: string;
const open: Server[] = [];
const agents: PinnedAgent[] = [];
let requests = 0;

beforeAll(async () => {
  authority = await makeAuthority();
  pin = spkiPin(new X509Certificate(authority.pem));
});
afterEach(async () => {
  requests = 0;
  for (const agent of agents.splice(0)) agent.destroy();
  await Promise.all(open.splice(0).map((server) => new Promise((done) => server.close(done))));
});

async function serve(
  leaf: Pick<Leaf, 'cert' | 'key'>,
  options: object = { minVersion: 'TLSv1.3' },
  port = 0,
): Promise<number> {
  const server = createServer({ cert: leaf.cert, key: leaf.key, ...options }, (_request, response) => {
    requests += 1;
    response.end('{}');
  });
  server.on('tlsClientError', () => undefined);
  open.push(server);
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

async function ask(port: number, trust: Partial<Trust> = {}, host = 'localhost') {
  const agent = new PinnedAgent({ spkiPins: () => [pin], trustedNowMs: () => Date.now(), ...trust });
  agents.push(agent);
  const http = pinnedHttp({ host, port }, agent);
  return send(http, {
    method: 'POST',
    path: '/x',
    body: new TextEncoder().encode('{"secret":1}'),
    headers: {},
  });
}

describe('the pinned connection', () => {
  it('speaks with the server whose authority is pinned, by name and by address, over TLS 1.3', async () => {
    const port = await serve(await makeLeaf(authority));
    expect((await ask(port)).ok).toBe(true);
    expect((await ask(port, {}, '127.0.0.1')).ok).toBe(true);
    expect(requests).toBe(2);
  });

  it('does not notice a new leaf of the same authority', async () => {
    const first = await serve(await makeLeaf(authority));
    expect((await ask(first)).ok).toBe(true);
    const second = await serve(await makeLeaf(authority));
    expect((await ask(second)).ok).toBe(true);
  });

  it.each([
    ['another authority', async () => makeLeaf(await makeAuthority())],
    ['another authority of the same name', async () => makeLeaf(await makeAuthority('Test authority'))],
    ['another host', () => makeLeaf(authority, { names: ['other.example'] })],
    [
      'a date that is over',
      () => makeLeaf(authority, { fromMs: 1_600_000_000_000, toMs: 1_700_000_000_000 }),
    ],
    ['a date to come', () => makeLeaf(authority, { fromMs: Date.now() + 86_400_000 })],
    ['another purpose', () => makeLeaf(authority, { purpose: CLIENT_PURPOSE })],
  ])('says nothing to a server with %s', async (_what, make) => {
    const answer = await ask(await serve(await make()));
    expect(answer).toEqual({ ok: false, error: { kind: 'untrusted' } });
    expect(requests).toBe(0);
  });

  it('says nothing to a leaf that only carries the pinned authority beside it', async () => {
    const foreign = await makeLeaf(await makeAuthority('Test authority'));
    const leafOnly = foreign.cert.slice(0, foreign.cert.indexOf('-----END CERTIFICATE-----') + 26);
    const answer = await ask(await serve({ cert: `${leafOnly}${authority.pem}\n`, key: foreign.key }));
    expect(answer).toEqual({ ok: false, error: { kind: 'untrusted' } });
    expect(requests).toBe(0);
  });

  it('refuses a leaf that plays the authority for another', async () => {
    const bystander = await makeLeaf(authority, { names: ['other.example'] });
    const answer = await ask(await serve(await makeLeaf(bystander.asAuthority)));
    expect(answer).toEqual({ ok: false, error: { kind: 'untrusted' } });
    expect(requests).toBe(0);
  });

  it('refuses TLS 1.2', async () => {
    const port = await serve(await makeLeaf(authority), { maxVersion: 'TLSv1.2', minVersion: 'TLSv1.2' });
    expect((await ask(port)).ok).toBe(false);
    expect(requests).toBe(0);
  });

  it('works while the true time is unknown, and judges dates once it is known', async () => {
    const old = await makeLeaf(authority, { fromMs: 1_600_000_000_000, toMs: 1_700_000_000_000 });
    const port = await serve(old);
    expect((await ask(port, { trustedNowMs: () => null })).ok).toBe(true);
    expect((await ask(port, { trustedNowMs: () => 1_650_000_000_000 })).ok).toBe(true);
    expect((await ask(port)).ok).toBe(false);
  });

  it('accepts the next pin during a change of authority and refuses it without', async () => {
    const next = await makeAuthority('Next authority');
    const port = await serve(await makeLeaf(next));
    const nextPin = spkiPin(new X509Certificate(next.pem));
    expect((await ask(port)).ok).toBe(false);
    expect((await ask(port, { spkiPins: () => [pin, nextPin] })).ok).toBe(true);
  });

  it('turns a server that is not there into a lost answer', async () => {
    const port = await serve(await makeLeaf(authority));
    await new Promise((done) => open.pop()!.close(done));
    expect(await ask(port)).toEqual({ ok: false, error: { kind: 'lost', why: 'NETWORK' } });
  });

  it('sees at pairing the last certificate that the server presents', async () => {
    const port = await serve(await makeLeaf(authority));
    expect(await lookAtServer({ host: 'localhost', port })).toEqual({ ok: true, value: { pin } });
    const foreign = await serve(await makeLeaf(authority, { names: ['other.example'] }));
    expect(await lookAtServer({ host: 'localhost', port: foreign })).toEqual({
      ok: false,
      error: 'CHAIN_HOST',
    });
  });
});
