// What every listener does before any module is asked: TLS 1.3 only, headers on every answer, limits, the redirect.
import { statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import path from 'node:path';
import { type DetailedPeerCertificate, type TLSSocket, connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SERVER_IDENTITY } from '../../../server/src/platform/tokens.js';
import type { ServerIdentity } from '../../../server/src/platform/server-identity.js';
import type { ConsoleClient } from '../../support/console-client.js';
import { foundCompany, startTestServer, type TestServer } from '../../support/server.js';

let server: TestServer;
let client: ConsoleClient;
beforeAll(async () => {
  server = await startTestServer();
  client = server.client();
}, 60_000);
afterAll(() => server.close());

function handshake(version: 'TLSv1.2' | 'TLSv1.3'): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect(
      {
        host: '127.0.0.1',
        port: server.running.httpsPort,
        ca: server.ca,
        servername: 'localhost',
        minVersion: version,
        maxVersion: version,
      },
      () => {
        resolve(socket);
      },
    );
    socket.on('error', reject);
  });
}

interface Plain {
  readonly status: number;
  readonly location: string | undefined;
}
function plainHttp(method: string, url: string, host: string): Promise<Plain> {
  return new Promise((resolve, reject) => {
    const port = server.running.httpPort;
    const outgoing = httpRequest(
      { host: '127.0.0.1', port, method, path: url, headers: { host } },
      (reply) => {
        reply.resume();
        resolve({ status: reply.statusCode ?? 0, location: reply.headers.location });
      },
    );
    outgoing.on('error', reject);
    outgoing.end();
  });
}

describe('TLS', () => {
  it('speaks 1.3 and refuses 1.2', async () => {
    const socket = await handshake('TLSv1.3');
    expect(socket.getProtocol()).toBe('TLSv1.3');
    expect(socket.authorized).toBe(true);
    socket.destroy();
    await expect(handshake('TLSv1.2')).rejects.toThrow(/protocol version|alert/i);
  });

  it('presents the leaf and its authority, whose key is the one that tablets pin', async () => {
    const socket = await handshake('TLSv1.3');
    const leaf: DetailedPeerCertificate = socket.getPeerCertificate(true);
    socket.destroy();
    expect(leaf.subjectaltname).toContain('DNS:localhost');
    expect(leaf.subjectaltname).toContain('IP Address:127.0.0.1');
    const { X509Certificate } = await import('node:crypto');
    const authority = new X509Certificate(leaf.issuerCertificate.raw);
    const spki = authority.publicKey.export({ format: 'der', type: 'spki' });
    const pinned = server.running.app.get<ServerIdentity>(SERVER_IDENTITY).serverSpki();
    expect(Buffer.from(pinned).toString('hex')).toBe(createHash('sha256').update(spki).digest('hex'));
  });

  it('keeps keys readable for nobody else', () => {
    const { dataFolder } = server.config;
    for (const file of ['keys/root.key', 'tls/authority.key', 'tls/server.key']) {
      expect(statSync(path.join(dataFolder, file)).mode & 0o777, file).toBe(0o600);
    }
    expect(statSync(dataFolder).mode & 0o777).toBe(0o700);
  });
});

describe('every answer', () => {
  const paths = ['/', '/people', '/api/session', '/api/nothing', '/health', '/ready', '/nothing.js'];
  it.each(paths)('of %s carries the security headers', async (url) => {
    const { headers } = await client.raw({ method: 'GET', path: url });
    expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    const policy = headers['content-security-policy'];
    expect(policy).toMatch(
      /default-src 'self';script-src 'self';style-src 'self' 'nonce-[A-Za-z0-9+/=]{24}'/,
    );
    for (const rule of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
      expect(policy).toContain(rule);
    }
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('has a nonce of its own', async () => {
    const [one, two] = await Promise.all([
      client.raw({ method: 'GET', path: '/' }),
      client.raw({ method: 'GET', path: '/' }),
    ]);
    expect(one.headers['content-security-policy']).not.toBe(two.headers['content-security-policy']);
  });

  it('of the API is JSON, not stored, and says nothing of what is not there', async () => {
    const reply = await client.raw({ method: 'GET', path: '/api/nothing' });
    expect(reply.status).toBe(404);
    expect(reply.headers['cache-control']).toBe('no-store');
    expect(reply.body).toEqual({
      code: 'NOT_FOUND',
      correlationId: reply.headers['x-correlation-id'],
      retryable: false,
    });
  });
});

describe('requests that are refused early', () => {
  const refused = async (raw: Parameters<ConsoleClient['raw']>[0]) => {
    const { status, body } = await client.raw(raw);
    return [status, (body as { code?: string }).code];
  };
  const headers = () => ({ origin: client.origin, 'content-type': 'application/json' });

  it('by method', async () => {
    for (const method of ['TRACE', 'OPTIONS', 'PUT']) {
      expect(await refused({ method, path: '/api/session' }), method).toEqual([405, 'METHOD_REFUSED']);
    }
  });

  it('by a host that is not ours', async () => {
    for (const host of ['evil.example', 'localhost.evil.example', 'a b', 'localhost:99999999']) {
      const answer = await refused({ method: 'GET', path: '/api/session', headers: { host } });
      expect(answer[0], host).toBeGreaterThanOrEqual(400);
      expect(answer, host).not.toEqual([401, 'SESSION_MISSING']);
    }
    const ours = await refused({ method: 'GET', path: '/api/session', headers: { host: '[::1]:8443' } });
    expect(ours).toEqual([401, 'SESSION_MISSING']);
  });

  it('by a body that is too large, broken, compressed or no JSON', async () => {
    const post = (body: string, more = {}) =>
      refused({ method: 'POST', path: '/api/session', body, headers: { ...headers(), ...more } });
    expect(await post(`{"email":"${'x'.repeat(300_000)}"}`)).toEqual([413, 'BODY_TOO_LARGE']);
    expect(await post('{"email":')).toEqual([400, 'REQUEST_INVALID']);
    expect(await post('"text"')).toEqual([400, 'REQUEST_INVALID']);
    expect(await post('\x1f\x8b\x08', { 'content-encoding': 'gzip' })).toEqual([415, 'BODY_UNREADABLE']);
    expect(await post('email=a', { 'content-type': 'application/x-www-form-urlencoded' })).toEqual([
      400,
      'REQUEST_INVALID',
    ]);
  });

  it('says which field is wrong, never its value', async () => {
    const reply = await client.raw({
      method: 'POST',
      path: '/api/session',
      headers: headers(),
      body: JSON.stringify({ email: 'canary-value', password: '' }),
    });
    expect(reply.body).toMatchObject({
      code: 'REQUEST_INVALID',
      issues: [{ path: 'body.email' }, { path: 'body.password', code: 'TOO_SMALL' }],
    });
    expect(reply.text).not.toContain('canary-value');
  });
});

describe('the plain-http listener', () => {
  it('sends pages to https with 308, to the same host and path', async () => {
    const { httpsPort } = server.running;
    expect(await plainHttp('GET', '/people?x=1', 'localhost:8080')).toEqual({
      status: 308,
      location: `https://localhost:${String(httpsPort)}/people?x=1`,
    });
    expect((await plainHttp('HEAD', '/', '127.0.0.1')).location).toBe(
      `https://127.0.0.1:${String(httpsPort)}/`,
    );
  });

  it('never sends anyone elsewhere', async () => {
    const own = `https://localhost:${String(server.running.httpsPort)}`;
    expect((await plainHttp('GET', '/', 'evil.example')).location).toBe(`${own}/`);
    expect((await plainHttp('GET', '//evil.example/', 'localhost')).location).toBe(`${own}/evil.example/`);
  });

  it('answers nothing else, and the API not at all', async () => {
    expect((await plainHttp('POST', '/api/session', 'localhost')).status).toBe(403);
    expect((await plainHttp('POST', '/', 'localhost')).status).toBe(403);
    expect((await plainHttp('GET', '/api/session', 'localhost')).status).toBe(403);
  });
});

describe('health', () => {
  it('is up and ready, and says nothing else', async () => {
    expect((await client.raw({ method: 'GET', path: '/health' })).body).toEqual({ status: 'up' });
    const ready = await client.raw({ method: 'GET', path: '/ready' });
    expect(ready.status).toBe(200);
    expect(ready.body).toMatchObject({ status: 'ready', checks: { database: true, keys: true } });
  });
});

describe('the session cookie', () => {
  it('is bound to the host, hidden from scripts and never sent from elsewhere', async () => {
    const fresh = await startTestServer();
    try {
      const owner = await foundCompany(fresh);
      const reply = await owner.call('changePassword', {
        body: { current: 'seven green kites above', next: 'another quiet evening here' },
      });
      const [cookie = ''] = reply.headers['set-cookie'] ?? [];
      expect(cookie).toMatch(
        /^__Host-hazri=[\w-]{43}; Max-Age=86400; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
      );
    } finally {
      await fresh.close();
    }
  });
});
