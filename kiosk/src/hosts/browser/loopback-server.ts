// Serves the screen and its socket on 127.0.0.1 and nowhere else.
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { UserError } from '@hazri/shared/result';
import type { Agent } from '../../agent/agent.js';
import { FRAME_MAX_SIDE } from '../../contract/frame.js';
import { SCREEN_HEADERS } from '../security-headers.js';
import { Access, type SessionMemory } from './access.js';
import type { ScreenFile } from '../screen-files.js';
import { ScreenSockets } from './screen-socket.js';

const LOOPBACK = '127.0.0.1';
const MOST_FRAME_BYTES = FRAME_MAX_SIDE * FRAME_MAX_SIDE * 4 + 64;

export interface LoopbackOptions {
  readonly agent: Agent;
  readonly files: ReadonlyMap<string, ScreenFile>;
  /** 0 chooses a free one. */
  readonly port: number;
  readonly sessions: SessionMemory;
  /** Told every fresh one-time link, the first one included. */
  readonly onLink: (link: string) => void;
}

export interface LoopbackHost {
  readonly port: number;
  close(): Promise<void>;
}

/** Errors: KIOSK_PORT_BUSY. */
export async function serveScreen(options: LoopbackOptions): Promise<LoopbackHost> {
  const server = createServer();
  const port = await listen(server, options.port);
  const access = new Access(port, options.sessions, (token) => {
    options.onLink(`http://${LOOPBACK}:${port}/?token=${token}`);
  });
  const screens = new ScreenSockets(options.agent);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MOST_FRAME_BYTES,
    perMessageDeflate: false,
  });
  server.on('request', (request, response) => {
    answer(request, response, access, options.files);
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = access.refuseSocket(request);
    if (refusal !== null || request.url !== '/ws') {
      const status =
        refusal === null
          ? '404 Not Found'
          : refusal === 'SESSION_MISSING'
            ? '401 Unauthorized'
            : '403 Forbidden';
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (screen) => {
      screens.attach(screen);
    });
  });
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        screens.close();
        sockets.close();
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isBusy = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      reject(
        isBusy
          ? new UserError(
              'KIOSK_PORT_BUSY',
              `Port ${port} on 127.0.0.1 is taken or not allowed; stop the program that uses it, or set HAZRI_KIOSK_PORT.`,
            )
          : error,
      );
    });
    server.listen(port, LOOPBACK, () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  access: Access,
  files: ReadonlyMap<string, ScreenFile>,
): void {
  for (const [name, value] of Object.entries(SCREEN_HEADERS)) response.setHeader(name, value);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    say(response, 405, 'Method not allowed.');
    return;
  }
  const refusal = access.refuseForeign(request);
  if (refusal !== null) {
    say(response, 403, 'This address belongs to the tablet on this machine.');
    return;
  }
  const url = new URL(request.url ?? '/', 'http://tablet.invalid');
  const token = url.searchParams.get('token');
  if (token !== null) {
    const cookie = access.redeem(token);
    if (cookie !== null) {
      response.writeHead(303, { 'Set-Cookie': cookie, Location: '/' }).end();
      return;
    }
  }
  if (!access.hasSession(request)) {
    say(response, 401, 'This link was used before. "./hazri kiosk --link" prints a fresh one.');
    return;
  }
  if (token !== null) {
    response.writeHead(303, { Location: '/' }).end();
    return;
  }
  const file = files.get(url.pathname);
  if (file === undefined) {
    say(response, 404, 'There is no such page.');
    return;
  }
  response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': file.body.length });
  response.end(request.method === 'HEAD' ? undefined : file.body);
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}
