// The typed client of CONSOLE_API: builds the address, sends the CSRF header, checks every answer against its schema.
// Never keeps a password, a PIN or a one-time link: those live only in the component that shows them.
import type { BodyOf, ConsoleApi, ConsoleRoute, OutputOf, QueryOf } from '@hazri/shared/protocol/console';
import { CONSOLE_API, CSRF_HEADER } from '@hazri/shared/protocol/console';
import { errorBody } from '@hazri/shared/protocol/primitives';
import { ApiError } from './api-error.js';

type PathParams<P extends string> = P extends `${string}:${infer N}/${infer Rest}`
  ? N | PathParams<`/${Rest}`>
  : P extends `${string}:${infer N}`
    ? N
    : never;
type ParamsOf<R extends ConsoleRoute> = PathParams<ConsoleApi[R]['path']>;

/** What a call needs: `params` for the path's ids, `body` where the route has one, `query` always optional. */
export type CallInput<R extends ConsoleRoute> = ([ParamsOf<R>] extends [never]
  ? { params?: never }
  : { params: Record<ParamsOf<R>, string> }) &
  ([BodyOf<R>] extends [never] ? { body?: never } : { body: BodyOf<R> }) & {
    query?: QueryOf<R> | undefined;
    keepalive?: boolean;
  };

let csrfToken: string | null = null;

/** The session's token, sent on every request that changes something; null after signing out. */
export function rememberCsrfToken(token: string | null): void {
  csrfToken = token;
}

/** Address of a route with its ids filled in and empty filters left out. */
export function addressOf(
  route: ConsoleRoute,
  params: Readonly<Record<string, string>> = {},
  query: Readonly<Record<string, unknown>> = {},
): string {
  const path = CONSOLE_API[route].path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (typeof value === 'number' || (typeof value === 'string' && value !== ''))
      search.set(key, String(value));
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Calls a route. Throws `ApiError` with the server's code, NETWORK, or ANSWER_UNREADABLE. */
export async function call<R extends ConsoleRoute>(route: R, input: CallInput<R>): Promise<OutputOf<R>> {
  const { method } = CONSOLE_API[route];
  const headers: Record<string, string> = { accept: 'application/json' };
  if (input.body !== undefined) headers['content-type'] = 'application/json';
  if (method !== 'GET' && csrfToken !== null) headers[CSRF_HEADER] = csrfToken;
  let response: Response;
  try {
    response = await fetch(
      addressOf(route, input.params, input.query as Record<string, unknown> | undefined),
      {
        method,
        headers,
        credentials: 'same-origin',
        cache: 'no-store',
        keepalive: input.keepalive === true,
        ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
      },
    );
  } catch {
    throw localError('NETWORK', 0, true);
  }
  if (!response.ok) throw await refusalOf(response);
  const parsed = CONSOLE_API[route].output.safeParse(await jsonOf(response));
  if (!parsed.success) throw localError('ANSWER_UNREADABLE', response.status, false);
  return parsed.data as OutputOf<R>;
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

async function refusalOf(response: Response): Promise<ApiError> {
  const parsed = errorBody.safeParse(await jsonOf(response));
  if (!parsed.success) {
    // A proxy that answers for a server which is down says 502–504 with a page of its own.
    return response.status >= 502 && response.status <= 504
      ? localError('NETWORK', response.status, true)
      : localError('UNKNOWN', response.status, false);
  }
  const { code, correlationId, retryable, issues } = parsed.data;
  return new ApiError({ code, status: response.status, correlationId, retryable, issues: issues ?? [] });
}

function localError(
  code: 'NETWORK' | 'ANSWER_UNREADABLE' | 'UNKNOWN',
  status: number,
  retryable: boolean,
): ApiError {
  return new ApiError({ code, status, correlationId: null, retryable, issues: [] });
}
