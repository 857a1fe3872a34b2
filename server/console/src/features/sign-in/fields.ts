// Small checks shared by the forms outside.
import { email } from '@hazri/shared/protocol/console-types';

export function isEmail(value: string): boolean {
  return email.safeParse(value).success;
}

/** Where to go after signing in: only a path of this console, never another address. */
export function safeNext(next: string | null): string {
  if (next === null || !next.startsWith('/') || next.startsWith('//') || next.startsWith('/\\')) return '/';
  return next;
}

/** The one-time token of a link: last part of the path, after #, or ?token=. */
export function linkToken(
  fromPath: string | undefined,
  location: { hash: string; search: string },
): string | null {
  const hash = location.hash.replace(/^#(token=)?/, '');
  const token =
    fromPath ?? (hash === '' ? new URLSearchParams(location.search).get('token') : decodeURIComponent(hash));
  return token === null || token.length < 20 ? null : token;
}
