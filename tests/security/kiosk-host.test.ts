// The browser host as an attacker on this machine or in another page would meet it: real HTTP and real WebSockets.
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import type { Agent } from '../../kiosk/src/agent/agent.js';
import type { ScreenState } from '../../kiosk/src/contract/views.js';
import { type LoopbackHost, serveScreen } from '../../kiosk/src/hosts/browser/loopback-server.js';

const calls: [string, unknown][] = [];
const frames: number[] = [];
let releaseFrame: () => void = () => undefined;
let holdFrames = false;
const state = { view: { name: 'waiting' } } as unknown as ScreenState;
const agent: Agent = {
  call: (channel, input) => {
    calls.push([channel, input]);
    return Promise.resolve({ ok: true, value: {} });
  },
  onState: (listener) => {
    listener(state);
    return () => undefined;
  },
  acceptFrame: (bytes) => {
    frames.push(bytes[0] ?? -1);
    return holdFrames ? new Promise((done) => (releaseFrame = done)) : Promise.resolve();
  },
  close: () => Promise.resolve(),
};
const files = new Map([
  ['/', { body: Buffer.from('<!doctype html>'), type: 'text/html; charset=utf-8' }],
  ['/assets/a.js', { body: Buffer.from('1'), type: 'text/javascript; charset=utf-8' }],
]);

let host: LoopbackHost;
let link = '';
const links: string[] = [];
let remembered: readonly string[] = [];
const sessions = {
  read: () => remembered,
  write: (hashes: readonly string[]) => {
    remembered = hashes;
  },
};

beforeAll(async () => {
  host = await serveScreen({
    agent,
    files,
    port: 0,
    sessions,
    onLink: (fresh) => {
      link = fresh;
      links.push(fresh);
    },
  });
});
afterAll(() => host.close());

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port: host.port,
        path,
        method,
        agent: false,
        headers: { host: `127.0.0.1:${host.port}`, ...headers },
      },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => (body += piece));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
        });
      },
    );
    sent.once('error', reject);
    sent.end();
  });
}

const pathOf = (address: string): string => address.slice(address.indexOf('/?'));

async function signIn(): Promise<string> {
  const answer = await get(pathOf(link));
  expect(answer.status).toBe(303);
  return answer.headers['set-cookie']![0]!.split(';')[0]!;
}

function open(options: {
  cookie?: string;
  origin?: string;
  host?: string;
  path?: string;
}): Promise<WebSocket | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}${options.path ?? '/ws'}`, {
      headers: {
        ...(options.cookie && { cookie: options.cookie }),
        ...(options.origin && { origin: options.origin }),
        ...(options.host && { host: options.host }),
      },
    });
    socket.once('open', () => {
      resolve(socket);
    });
    socket.once('unexpected-response', (_request, response: IncomingMessage) => {
      resolve(response.statusCode ?? 0);
    });
    socket.once('error', (error) => {
      if (!/Unexpected server response/.test(error.message)) reject(error);
    });
  });
}

const ownOrigin = (): string => `http://127.0.0.1:${host.port}`;
const closed = (socket: WebSocket): Promise<number> => new Promise((done) => socket.once('close', done));

describe('the one-time link', () => {
  it('works once, sets a strict cookie, and leaves no token in the address', async () => {
    const used = link;
    const first = await get(pathOf(used));
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe('/');
    expect(first.headers['set-cookie']![0]).toMatch(
      /^hazri_kiosk=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    const second = await get(pathOf(used));
    expect(second.status).toBe(401);
    expect(second.headers['set-cookie']).toBeUndefined();
    expect(link).not.toBe(used);
    expect(new Set(links).size).toBe(links.length);
  });

  it('is needed: without it, or with a guess, nothing is served', async () => {
    for (const path of ['/', '/assets/a.js', '/?token=', `/?token=${'A'.repeat(43)}`, '/ws']) {
      const answer = await get(path);
      expect(answer.status, path).toBe(401);
      expect(answer.body).not.toContain('doctype');
    }
    expect((await get('/', { cookie: `hazri_kiosk=${'A'.repeat(43)}` })).status).toBe(401);
  });

  it('is not spent by another site or another name', async () => {
    const path = pathOf(link);
    expect((await get(path, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await get(path, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await get(path, { host: 'evil.example' })).status).toBe(403);
    expect((await get(path)).status).toBe(303);
  });
});

describe('pages', () => {
  it('are served with a strict policy and without HSTS', async () => {
    const { headers, status } = await get('/', { cookie: await signIn() });
    expect(status).toBe(200);
    const policy = String(headers['content-security-policy']);
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ]) {
      expect(policy).toContain(part);
    }
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(headers['permissions-policy']).toContain('camera=(self)');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['strict-transport-security']).toBeUndefined();
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it.each(['evil.example', 'evil.example:7071', '127.0.0.1', 'localhost', '127.0.0.1:1', '[::1]:7071'])(
    'are refused under the name %j (a rebound name)',
    async (name) => {
      expect((await get('/', { host: name, cookie: await signIn() })).status).toBe(403);
    },
  );

  it.each(['https://evil.example', 'http://localhost:1', 'null', 'http://127.0.0.1'])(
    'are refused to the origin %s',
    async (origin) => {
      expect((await get('/', { origin, cookie: await signIn() })).status).toBe(403);
    },
  );

  it('answer to reading only, and to built files only', async () => {
    const cookie = await signIn();
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH']) {
      expect((await get('/', { cookie }, method)).status, method).toBe(405);
    }
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/assets',
      '/assets/../../x',
      '/..%2f..%2fetc',
    ]) {
      expect((await get(path, { cookie })).status, path).toBe(404);
    }
  });

  it('are reachable on loopback only', async () => {
    const others = Object.values(networkInterfaces())
      .flat()
      .filter((address) => address !== undefined && !address.internal && address.family === 'IPv4');
    if (others.length === 0)
      console.warn('This machine has no other address to try; only loopback was seen.');
    for (const address of others) {
      const isOpen = await new Promise<boolean>((resolve) => {
        const socket = connect({ host: address!.address, port: host.port, timeout: 1_000 });
        socket.once('connect', () => {
          socket.destroy();
          resolve(true);
        });
        socket.once('error', () => {
          resolve(false);
        });
        socket.once('timeout', () => {
          socket.destroy();
          resolve(false);
        });
      });
      expect(isOpen, address!.address).toBe(false);
    }
  });
});

describe('the socket', () => {
  it('needs cookie, origin, name and path all at once', async () => {
    const cookie = await signIn();
    const origin = ownOrigin();
    expect(await open({ origin })).toBe(401);
    expect(await open({ cookie })).toBe(403);
    expect(await open({ cookie, origin: 'https://evil.example' })).toBe(403);
    expect(await open({ cookie, origin: `http://localhost:${host.port}` })).toBe(403);
    expect(await open({ cookie, origin: 'http://evil.example', host: 'evil.example' })).toBe(403);
    expect(await open({ cookie, origin, path: '/other' })).toBe(404);
    const socket = (await open({ cookie, origin })) as WebSocket;
    expect(socket).toBeInstanceOf(WebSocket);
    socket.close();
    await closed(socket);
  });

  it('sends the state at once, answers calls, and admits one screen at a time', async () => {
    const cookie = await signIn();
    const socket = (await open({ cookie, origin: ownOrigin() })) as WebSocket;
    const next = (): Promise<unknown> =>
      new Promise((done) =>
        socket.once('message', (data) => {
          done(JSON.parse((data as Buffer).toString()));
        }),
      );
    socket.send(JSON.stringify({ kind: 'call', id: 3, channel: 'pin.open', input: {} }));
    const messages = [await next()];
    if ((messages[0] as { kind: string }).kind === 'state') messages.push(await next());
    expect(messages.at(-1)).toEqual({ kind: 'reply', id: 3, result: { ok: true, value: {} } });
    const second = (await open({ cookie, origin: ownOrigin() })) as WebSocket;
    expect(await closed(second)).toBe(4409);
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.close();
    await closed(socket);
    const third = (await open({ cookie, origin: ownOrigin() })) as WebSocket;
    third.close();
    await closed(third);
  });

  it('acknowledges every frame, reads the newest and forgets those in between', async () => {
    const socket = (await open({ cookie: await signIn(), origin: ownOrigin() })) as WebSocket;
    let done = 0;
    socket.on('message', (data, isBinary) => {
      if (isBinary && (data as Buffer).length === 0) done += 1;
    });
    holdFrames = true;
    frames.length = 0;
    for (const value of [1, 2, 3, 4]) socket.send(new Uint8Array([value]));
    await new Promise((wait) => setTimeout(wait, 60));
    expect(frames).toEqual([1]);
    expect(done).toBe(2);
    holdFrames = false;
    releaseFrame();
    await new Promise((wait) => setTimeout(wait, 60));
    expect(frames).toEqual([1, 4]);
    expect(done).toBe(4);
    socket.close();
    await closed(socket);
  });

  it.each([
    ['text that is not JSON', 'hello'],
    ['a message of another kind', JSON.stringify({ kind: 'state', state: {} })],
    [
      'a call with more than a call has',
      JSON.stringify({ kind: 'call', id: 1, channel: 'x', input: {}, more: 1 }),
    ],
    ['a call without a number', JSON.stringify({ kind: 'call', id: 'x', channel: 'pin.open', input: {} })],
    [
      'a call that is too long',
      JSON.stringify({ kind: 'call', id: 1, channel: 'x', input: 'x'.repeat(70_000) }),
    ],
  ])('is closed on %s', async (_what, text) => {
    calls.length = 0;
    const socket = (await open({ cookie: await signIn(), origin: ownOrigin() })) as WebSocket;
    socket.send(text);
    expect(await closed(socket)).toBe(4400);
    expect(calls).toEqual([]);
  });

  it('is closed on a frame that no camera can make', async () => {
    const socket = (await open({ cookie: await signIn(), origin: ownOrigin() })) as WebSocket;
    socket.on('error', () => undefined);
    socket.send(new Uint8Array(16 * 1024 * 1024));
    expect(await closed(socket)).toBe(1009);
  });
});

it('knows an open window again after a restart, and remembers only hashes', async () => {
  const cookie = await signIn();
  expect(remembered.join()).not.toContain(cookie.split('=')[1]);
  const { port } = host;
  await host.close();
  host = await serveScreen({ agent, files, port, sessions, onLink: (fresh) => (link = fresh) });
  expect((await get('/', { cookie })).status).toBe(200);
  expect((await get('/', { cookie: `${cookie}x` })).status).not.toBe(200);
});
