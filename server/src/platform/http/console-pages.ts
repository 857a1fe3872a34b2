// Serves the built console: hashed assets for a year, index.html never cached and with this answer's style nonce.
// Paths of the API are left alone; a path that names a file is never answered with index.html.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { RequestHandler } from 'express';
import express from 'express';
import { nonceOf } from './request-pipeline.js';

/** Stands in index.html wherever the nonce goes. */
const NONCE_PLACEHOLDER = /__CSP_NONCE__/g;
const YEAR_SEC = 31_536_000;
const NOT_BUILT = 'The console is not built. Run "npm run build" and start the server again.\n';

/** Not pages, though they are outside /api. */
const RESERVED = new Set(['/health', '/ready']);

export function consolePages(folder: string): RequestHandler[] {
  const assets = express.static(folder, {
    index: false,
    dotfiles: 'ignore',
    redirect: false,
    setHeaders: (response, file) => {
      const isHashed = path.relative(folder, file).startsWith(`assets${path.sep}`);
      const caching = isHashed ? `public, max-age=${String(YEAR_SEC)}, immutable` : 'no-cache';
      response.setHeader('cache-control', caching);
    },
  });
  const isPage = (method: string, pathname: string): boolean =>
    (method === 'GET' || method === 'HEAD') && !/^\/api(?:\/|$)/.test(pathname) && !RESERVED.has(pathname);
  return [
    (request, response, next) => {
      if (!isPage(request.method, request.path) || path.basename(request.path) === 'index.html') next();
      else assets(request, response, next);
    },
    (request, response, next) => {
      if (!isPage(request.method, request.path) || path.extname(request.path) !== '') {
        next();
        return;
      }
      const index = path.join(folder, 'index.html');
      response.setHeader('cache-control', 'no-store');
      if (!existsSync(index)) {
        response.status(503).type('text/plain').send(NOT_BUILT);
        return;
      }
      const html = readFileSync(index, 'utf8').replace(NONCE_PLACEHOLDER, nonceOf(response));
      response.type('text/html').send(html);
    },
  ];
}
