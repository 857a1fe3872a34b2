// What happens to a request before any controller sees it: correlation id, method and host check, security headers,
// body limits (the raw bytes are kept for device signatures).
import { randomBytes, randomUUID } from 'node:crypto';
import type { NextFunction, RequestHandler } from 'express';
import express from 'express';
import helmet from 'helmet';
import { CONSOLE_API } from '@hazri/shared/protocol/console';
import { DEVICE_PATHS } from '@hazri/shared/protocol/device';
import { RequestRefused } from './refusal.js';
import type { HazriRequest, HazriResponse } from './request.js';

const HSTS_MAX_AGE_SEC = 31_536_000;
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'DELETE']);
const USUAL_BODY_BYTES = 256 * 1024;
/** A full batch: 500 events with their boxes in base64. */
const EVENTS_BODY_BYTES = 12 * 1024 * 1024;
/** The longest CSV that the console API takes, each character up to three bytes. */
const IMPORT_BODY_BYTES = 16 * 1024 * 1024;

export type IsOwnHost = (hostname: string) => boolean;

/** In the order in which they run. */
export function requestPipeline(isOwnHost: IsOwnHost): RequestHandler[] {
  return [
    identify as unknown as RequestHandler,
    securityHeaders(),
    screen(isOwnHost) as unknown as RequestHandler,
    bodyParser(),
  ];
}

function identify(request: HazriRequest, response: HazriResponse, next: NextFunction): void {
  request.correlationId = randomUUID();
  response.setHeader('x-correlation-id', request.correlationId);
  response.locals['cspNonce'] = randomBytes(18).toString('base64');
  if (request.path.startsWith('/api')) response.setHeader('cache-control', 'no-store');
  next();
}

/** The nonce admits the style elements that the console's component library writes. */
export const nonceOf = (response: HazriResponse): string => response.locals['cspNonce'] as string;

function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", (_request, response) => `'nonce-${nonceOf(response as HazriResponse)}'`],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: { maxAge: HSTS_MAX_AGE_SEC, includeSubDomains: true },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  }) as RequestHandler;
}

function screen(isOwnHost: IsOwnHost) {
  return (request: HazriRequest, _response: HazriResponse, next: NextFunction): void => {
    if (!METHODS.has(request.method)) {
      next(new RequestRefused('METHOD_REFUSED'));
    } else if (!isOwnHost(hostnameOf(request.headers.host))) {
      next(new RequestRefused('HOST_REFUSED'));
    } else {
      next();
    }
  };
}

/** The name in a Host header without port and brackets; empty when it is malformed. */
export function hostnameOf(host: string | undefined): string {
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([A-Za-z0-9.-]+))(?::\d{1,5})?$/.exec(host ?? '');
  return (match?.[1] ?? match?.[2] ?? '').toLowerCase();
}

function bodyParser(): RequestHandler {
  const keepRaw = (request: unknown, _response: unknown, bytes: Buffer): void => {
    (request as HazriRequest).rawBody = bytes;
  };
  const parser = (limit: number): RequestHandler =>
    express.json({ limit, inflate: false, strict: true, verify: keepRaw });
  const [usual, events, csvImport] = [USUAL_BODY_BYTES, EVENTS_BODY_BYTES, IMPORT_BODY_BYTES].map(parser) as [
    RequestHandler,
    RequestHandler,
    RequestHandler,
  ];
  return (request, response, next) => {
    if (request.path === DEVICE_PATHS.events) {
      events(request, response, next);
    } else if (request.path === CONSOLE_API.importPeople.path && request.headers.cookie !== undefined) {
      csvImport(request, response, next);
    } else {
      usual(request, response, next);
    }
  };
}
