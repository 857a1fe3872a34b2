// Builds the screen and serves it on loopback under the policy of the hosts, so that a breach of the policy shows.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { SCREEN_HEADERS } from '../../../kiosk/src/hosts/security-headers.js';

const CONFIG = fileURLToPath(new URL('../../../kiosk/src/ui/vite.config.ts', import.meta.url));
const VITE = fileURLToPath(new URL('../../../node_modules/vite/bin/vite.js', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Builds into `folder` as it is shipped: a test runner's NODE_ENV would bring React's development build. */
export async function buildScreen(folder: string): Promise<void> {
  await promisify(execFile)(
    process.execPath,
    [VITE, 'build', '--config', CONFIG, '--logLevel', 'error', '--emptyOutDir', '--outDir', folder],
    { env: { ...process.env, NODE_ENV: 'production' } },
  );
}

export async function serveScreen(folder: string): Promise<{ url: string; close: () => Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = join(folder, normalize(path === '/' ? '/index.html' : path));
    readFile(file).then(
      (body) => {
        const type = TYPES[extname(file)] ?? 'application/octet-stream';
        response.writeHead(200, { ...SCREEN_HEADERS, 'content-type': type }).end(body);
      },
      () => {
        response.writeHead(404).end();
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
