// Serves the built console as the real server will: strict CSP with a fresh nonce, the API answered from typed fixtures.
// Every answer is checked against the contract, so a fixture can never show what the real server could not send.
import {
  CONSOLE_API,
  LIVE_EVENTS_PATH,
  type ConsoleRoute,
  type OutputOf,
} from '@hazri/shared/protocol/console';
import { liveEvent, type LiveEvent } from '@hazri/shared/protocol/console-types';
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export interface Asked {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
}
export type Refused = { readonly refuse: string; readonly status: number };
type Behaviour = 'hang' | 'down' | Refused | { readonly answer: (asked: Asked) => unknown };

export class ConsoleFixtureServer {
  readonly problems: string[] = [];
  private readonly behaviours = new Map<ConsoleRoute, Behaviour>();
  private readonly listeners = new Set<ServerResponse>();
  private readonly files = new Map<string, Buffer>();
  private isLiveDown = false;
  private readonly server = createServer((request, response) => {
    void this.handle(request, response).catch((error: unknown) => {
      this.problems.push(String(error));
      response.writeHead(500).end();
    });
  });

  constructor(private readonly distFolder: string) {}

  /** Reads the whole build first: a build made meanwhile cannot change what is pictured. */
  async start(): Promise<string> {
    for (const entry of await readdir(this.distFolder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      this.files.set(path.relative(this.distFolder, file), await readFile(file));
    }
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  reset(): void {
    this.behaviours.clear();
    this.problems.length = 0;
    this.isLiveDown = false;
    for (const listener of this.listeners) listener.end();
    this.listeners.clear();
  }

  answer<R extends ConsoleRoute>(route: R, answer: OutputOf<R> | ((asked: Asked) => OutputOf<R>)): void {
    const give = typeof answer === 'function' ? answer : () => answer;
    this.behaviours.set(route, { answer: give });
  }

  /** Changes the session that was set, if the shot is signed in at all. */
  changeSession(change: (session: OutputOf<'currentSession'>) => OutputOf<'currentSession'>): void {
    const set = this.behaviours.get('currentSession');
    if (typeof set !== 'object' || !('answer' in set)) return;
    this.behaviours.set('currentSession', {
      answer: (asked) => change(set.answer(asked) as OutputOf<'currentSession'>),
    });
  }

  behave(route: ConsoleRoute, behaviour: 'hang' | 'down' | Refused): void {
    this.behaviours.set(route, behaviour);
  }

  breakLive(): void {
    this.isLiveDown = true;
    for (const listener of this.listeners) listener.destroy();
  }

  push(event: LiveEvent): void {
    for (const listener of this.listeners)
      listener.write(`data: ${JSON.stringify(liveEvent.parse(event))}\n\n`);
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = new URL(request.url ?? '/', 'http://fixture');
    if (address.pathname === LIVE_EVENTS_PATH) this.listen(response);
    else if (address.pathname.startsWith('/api/')) await this.api(request, response, address);
    else this.file(response, address.pathname);
  }

  private listen(response: ServerResponse): void {
    if (this.isLiveDown) {
      response.destroy();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': open\n\n');
    this.listeners.add(response);
    response.on('close', () => this.listeners.delete(response));
  }

  private file(response: ServerResponse, pathname: string): void {
    const isAsset = path.extname(pathname) !== '';
    const file = isAsset ? pathname.slice(1) : 'index.html';
    const nonce = randomBytes(16).toString('base64');
    const bytes = this.files.get(file);
    if (bytes === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-security-policy': [
        "default-src 'self'",
        "script-src 'self'",
        `style-src 'self' 'nonce-${nonce}'`,
        "img-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
      ].join('; '),
    });
    response.end(isAsset ? bytes : bytes.toString('utf8').replace('__CSP_NONCE__', nonce));
  }

  private async api(request: IncomingMessage, response: ServerResponse, address: URL): Promise<void> {
    const found = matchRoute(request.method ?? 'GET', address.pathname);
    if (found === null) {
      this.problems.push(`no such route: ${request.method ?? ''} ${address.pathname}`);
      refuse(response, 404, 'NOT_FOUND');
      return;
    }
    const behaviour = this.behaviours.get(found.route);
    if (behaviour === 'hang') return;
    if (behaviour === 'down') {
      response.destroy();
      return;
    }
    if (behaviour === undefined) {
      this.problems.push(`asked for without a fixture: ${found.route}`);
      refuse(response, 500, 'UNKNOWN');
      return;
    }
    if ('refuse' in behaviour) {
      refuse(response, behaviour.status, behaviour.refuse);
      return;
    }
    const body = await bodyOf(request);
    this.checkInput(found.route, address.searchParams, body);
    const answer = CONSOLE_API[found.route].output.safeParse(
      behaviour.answer({ params: found.params, query: address.searchParams, body }),
    );
    if (!answer.success)
      this.problems.push(`fixture of ${found.route} breaks the contract: ${answer.error.message}`);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.data));
  }

  /** What the console sends must be what the contract says, too. */
  private checkInput(route: ConsoleRoute, query: URLSearchParams, body: unknown): void {
    const declared = CONSOLE_API[route];
    const sent = [
      'query' in declared ? declared.query.safeParse(Object.fromEntries(query)) : null,
      'body' in declared ? declared.body.safeParse(body) : null,
    ];
    for (const parsed of sent) {
      if (parsed?.success === false) this.problems.push(`console sent to ${route}: ${parsed.error.message}`);
    }
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ code, correlationId: '7f3a-19c2', retryable: false }));
}

function matchRoute(
  method: string,
  pathname: string,
): { route: ConsoleRoute; params: Record<string, string> } | null {
  const asked = pathname.split('/');
  // A path without parameters is more exact than one with them.
  const routes = (Object.keys(CONSOLE_API) as ConsoleRoute[]).sort(
    (a, b) => CONSOLE_API[a].path.split(':').length - CONSOLE_API[b].path.split(':').length,
  );
  for (const route of routes) {
    const declared = CONSOLE_API[route];
    const parts = declared.path.split('/');
    if (declared.method !== method || parts.length !== asked.length) continue;
    if (!parts.every((part, index) => part.startsWith(':') || part === asked[index])) continue;
    const params = Object.fromEntries(
      parts.flatMap((part, index) => (part.startsWith(':') ? [[part.slice(1), asked[index] ?? '']] : [])),
    ) as Record<string, string>;
    return { route, params };
  }
  return null;
}
