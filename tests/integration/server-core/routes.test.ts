// Walks every route that the server has: each says who may call it, none changes anything for a foreign page.
import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCESS_METADATA, type Access } from '../../../server/src/platform/http/access.js';
import { CSRF_HEADER } from '../../../shared/src/protocol/console.js';
import type { ConsoleClient } from '../../support/console-client.js';
import { foundCompany, startTestServer, type TestServer } from '../../support/server.js';

interface Route {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly access: Access | undefined;
}

function routesOf(server: TestServer): Route[] {
  const routes: Route[] = [];
  for (const module of server.running.app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      const prototype = (metatype as Type).prototype as Record<string, object>;
      for (const name of Object.getOwnPropertyNames(prototype)) {
        const handler = prototype[name];
        const url = handler && (Reflect.getMetadata(PATH_METADATA, handler) as string | string[] | undefined);
        if (name === 'constructor' || handler === undefined || url === undefined) continue;
        const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number] ?? '';
        const access = (Reflect.getMetadata(ACCESS_METADATA, handler) ??
          Reflect.getMetadata(ACCESS_METADATA, metatype as Type)) as Access | undefined;
        for (const path of [url].flat()) {
          routes.push({ name: `${(metatype as Type).name}.${name}`, method, path, access });
        }
      }
    }
  }
  return routes;
}

let server: TestServer;
let owner: ConsoleClient;
let routes: Route[];
beforeAll(async () => {
  server = await startTestServer();
  owner = await foundCompany(server);
  routes = routesOf(server);
}, 60_000);
afterAll(() => server.close());

const filled = (path: string): string => path.replaceAll(/:\w+/g, '22222222-2222-4222-8222-222222222222');

describe('routes', () => {
  it('are found by the walk', () => {
    expect(routes.length).toBeGreaterThan(30);
  });

  it('all declare who may call them', () => {
    expect(routes.filter((route) => route.access === undefined)).toEqual([]);
  });

  it('that are public are exactly these', () => {
    const open = routes.filter(
      ({ access }) => access?.kind === 'public' || access?.kind === 'unpaired-device',
    );
    expect(open.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
      [
        'GET /health',
        'GET /ready',
        'POST /api/companies',
        ...(open.some(({ path }) => path.endsWith('/pair')) ? ['POST /api/device/v1/pair'] : []),
        'POST /api/invitations/accept',
        'POST /api/password-resets/complete',
        'POST /api/session',
      ].sort(),
    );
  });

  it('answer nobody without a session', async () => {
    for (const { method, path, access } of routes.filter((route) => route.access?.kind === 'user')) {
      const headers = { origin: owner.origin, 'content-type': 'application/json' };
      const reply = await server.client().raw({ method, path: filled(path), headers });
      expect([reply.status, (reply.body as { code: string }).code], `${method} ${path}`).toEqual([
        401,
        'SESSION_MISSING',
      ]);
      expect(access?.kind).toBe('user');
    }
  });

  it('change nothing without our own origin and the CSRF token', async () => {
    const changing = routes.filter(
      ({ method, access }) => method !== 'GET' && (access?.kind === 'user' || access?.kind === 'public'),
    );
    expect(changing.length).toBeGreaterThan(15);
    for (const { method, path, access } of changing) {
      const own = owner.ownHeaders();
      const attempts: Record<string, Record<string, string>> = {
        'no origin': { ...own, origin: '' },
        'foreign origin': { ...own, origin: 'https://evil.example' },
        'null origin': { ...own, origin: 'null' },
      };
      if (access?.kind === 'user') {
        attempts['no token'] = { ...own, [CSRF_HEADER]: '' };
        attempts['wrong token'] = { ...own, [CSRF_HEADER]: `${owner.csrf ?? ''}x` };
      }
      for (const [what, headers] of Object.entries(attempts)) {
        const reply = await owner.raw({ method, path: filled(path), headers, body: '{}' });
        const label = `${method} ${path} with ${what}`;
        expect([reply.status, (reply.body as { code: string }).code], label).toEqual([403, 'CSRF_REFUSED']);
      }
    }
  });

  it('for devices refuse people and the other way round', async () => {
    for (const { method, path } of routes.filter((route) => route.access?.kind === 'device')) {
      const reply = await owner.raw({ method, path, headers: owner.ownHeaders(), body: '{}' });
      expect(reply.status, path).toBe(401);
    }
  });
});
