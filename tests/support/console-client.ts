// A console without a browser: keeps the cookie and the CSRF token, speaks TLS 1.3 and trusts the test server's own CA.
import { request } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import type { ConsoleRoute } from '../../shared/src/protocol/console.js';
import { CONSOLE_API, CSRF_HEADER } from '../../shared/src/protocol/console.js';

export interface Reply<T = unknown> {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: T;
}

export interface Raw {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export class ConsoleClient {
  cookie: string | null = null;
  csrf: string | null = null;

  constructor(
    readonly server: { readonly port: number; readonly ca: string },
    /** Where the connection comes from: any loopback address. */
    readonly from = '127.0.0.1',
  ) {}

  raw({ method, path, headers = {}, body }: Raw): Promise<Reply> {
    const { port, ca } = this.server;
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          host: '127.0.0.1',
          port,
          ca,
          servername: 'localhost',
          method,
          path,
          localAddress: this.from,
          agent: false,
          headers: {
            host: `localhost:${String(port)}`,
            ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
            ...headers,
          },
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('error', reject);
          incoming.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            const isJson = incoming.headers['content-type']?.includes('json') === true;
            resolve({
              status: incoming.statusCode ?? 0,
              headers: incoming.headers,
              text,
              body: isJson ? JSON.parse(text) : text,
            });
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  get origin(): string {
    return `https://localhost:${String(this.server.port)}`;
  }

  /** The headers that our own pages send. */
  ownHeaders(): Record<string, string> {
    return {
      origin: this.origin,
      'content-type': 'application/json',
      ...(this.cookie === null ? {} : { cookie: this.cookie }),
      ...(this.csrf === null ? {} : { [CSRF_HEADER]: this.csrf }),
    };
  }

  async send<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<Reply<T>> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const raw: Raw = { method, path, headers: this.ownHeaders() };
    const reply = await this.raw(text === undefined ? raw : { ...raw, body: text });
    this.adopt(reply);
    return reply as Reply<T>;
  }

  /** Calls a route of the console API; `id` fills its path. */
  call<T = Record<string, unknown>>(
    route: ConsoleRoute,
    input: { readonly id?: string; readonly body?: unknown; readonly query?: string } = {},
  ): Promise<Reply<T>> {
    const { method, path } = CONSOLE_API[route];
    const filled = path.replace(':id', input.id ?? '') + (input.query === undefined ? '' : `?${input.query}`);
    return this.send<T>(method, filled, input.body);
  }

  private adopt(reply: Reply): void {
    for (const cookie of reply.headers['set-cookie'] ?? []) {
      const pair = cookie.split(';')[0] ?? '';
      if (pair.startsWith('__Host-hazri=')) this.cookie = pair.endsWith('=') ? null : pair;
    }
    const token = (reply.body as { csrfToken?: unknown } | null)?.csrfToken;
    if (typeof token === 'string') this.csrf = token;
  }
}
