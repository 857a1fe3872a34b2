// The session cookie: bound to this host, unreadable for scripts, never sent along by another site.
import { parseCookie, stringifySetCookie } from 'cookie';
import type { Session } from '@hazri/shared/protocol/console-types';
import type { HazriResponse } from '../../../platform/http/request.js';
import { type OpenedSession, SESSION_LIFE_MS } from '../sessions.js';

export const SESSION_COOKIE = '__Host-hazri';

const ATTRIBUTES = { path: '/', httpOnly: true, secure: true, sameSite: 'strict' } as const;

/** Sets the cookie and returns what goes into the body. */
export function setSessionCookie(response: HazriResponse, opened: OpenedSession): Session {
  const maxAge = SESSION_LIFE_MS / 1000;
  response.append('set-cookie', stringifySetCookie(SESSION_COOKIE, opened.token, { ...ATTRIBUTES, maxAge }));
  return opened.session;
}

export function clearSessionCookie<T>(response: HazriResponse, body: T): T {
  response.append('set-cookie', stringifySetCookie(SESSION_COOKIE, '', { ...ATTRIBUTES, maxAge: 0 }));
  return body;
}

/** The token of a request; null when there is none or it cannot be one of ours. */
export function sessionTokenOf(cookieHeader: string | undefined): string | null {
  const token = cookieHeader === undefined ? undefined : parseCookie(cookieHeader)[SESSION_COOKIE];
  return token !== undefined && /^[\w-]{43}$/.test(token) ? token : null;
}
