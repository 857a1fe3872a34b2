// One https exchange with the pinned server, as a value: what a network, a proxy or a server may do never throws here.
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { ACKED_HEADER } from '@hazri/shared/crypto/reply-signing';
import { DEVICE_ERROR_CODES, type DeviceErrorCode } from '@hazri/shared/protocol/device';
import { errorBody } from '@hazri/shared/protocol/primitives';
import { type Result, err, ok } from '@hazri/shared/result';
import type { Head } from '@hazri/shared/sync/heads';
import type { z } from 'zod';
import { type Address, type PinnedAgent, UntrustedServerError } from '../identity/pinned-connection.js';

const REQUEST_TIMEOUT_MS = 10_000;
const MAX_REPLY_BYTES = 2 * 1024 * 1024;
const MAX_RETRY_AFTER_MS = 10 * 60_000;

/** `lost`: the request may or may not have arrived. `untrusted`: the server is not ours; nothing was said to it. */
export type ClientFailure =
  | { readonly kind: 'lost'; readonly why: 'NETWORK' | 'REPLY_INVALID' }
  | { readonly kind: 'untrusted' }
  | {
      readonly kind: 'refused';
      readonly code: DeviceErrorCode | 'UNKNOWN';
      readonly retryAfterMs: number | null;
      /** Where the server says it stands, beside EVENT_GAP and EVENT_FORK; a hint, not signed. */
      readonly acked: Head | null;
    };

export const REPLY_INVALID: ClientFailure = { kind: 'lost', why: 'REPLY_INVALID' };

export interface Exchange {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Sent as it is; empty for GET. */
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** No proxy, no redirects, no cookies, no reply larger than the protocol can produce. */
export function pinnedHttp(address: Address, agent: PinnedAgent): AxiosInstance {
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return axios.create({
    baseURL: `https://${host}:${String(address.port)}`,
    adapter: 'http',
    httpsAgent: agent,
    proxy: false,
    maxRedirects: 0,
    maxContentLength: MAX_REPLY_BYTES,
    timeout: REQUEST_TIMEOUT_MS,
    responseType: 'text',
    transformRequest: [(data: unknown) => data],
    transformResponse: [(data: unknown) => data],
    validateStatus: () => true,
  });
}

export async function send(
  http: AxiosInstance,
  exchange: Exchange,
): Promise<Result<AxiosResponse<string>, ClientFailure>> {
  const { method, path, body, headers } = exchange;
  const hasBody = method === 'POST';
  try {
    const response = await http.request<string>({
      method,
      url: path,
      headers: {
        accept: 'application/json',
        ...(hasBody && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(hasBody && { data: Buffer.from(body.buffer, body.byteOffset, body.length) }),
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    return ok(response);
  } catch (error) {
    const cause = axios.isAxiosError(error) ? error.cause : error;
    return err(
      cause instanceof UntrustedServerError ? { kind: 'untrusted' } : { kind: 'lost', why: 'NETWORK' },
    );
  }
}

export const isSuccess = (response: AxiosResponse): boolean =>
  response.status >= 200 && response.status < 300;

export function parseJson(read: () => string): unknown {
  try {
    return JSON.parse(read());
  } catch {
    return undefined;
  }
}

export function parseReply<T>(schema: z.ZodType<T>, body: string): Result<T, ClientFailure> {
  const parsed = schema.safeParse(parseJson(() => body));
  return parsed.success ? ok(parsed.data) : err(REPLY_INVALID);
}

/** Anything that is not one of the protocol's own refusals is UNKNOWN, which means: try again later. */
export function readRefusal(response: AxiosResponse<string>): Extract<ClientFailure, { kind: 'refused' }> {
  const body = errorBody.safeParse(parseJson(() => response.data));
  const code = DEVICE_ERROR_CODES.find((known) => body.success && known === body.data.code);
  return {
    kind: 'refused',
    code: code ?? 'UNKNOWN',
    retryAfterMs: retryAfterMs(response),
    acked: readAcked(response),
  };
}

function readAcked(response: AxiosResponse<string>): Head | null {
  const header: unknown = response.headers[ACKED_HEADER];
  const parts = typeof header === 'string' ? /^(\d{1,15}):(\d{1,15}):([0-9a-f]{64})$/.exec(header) : null;
  const hash = parts?.[3];
  return hash === undefined ? null : { epoch: Number(parts?.[1]), seq: Number(parts?.[2]), hash };
}

function retryAfterMs(response: AxiosResponse<string>): number | null {
  const header: unknown = response.headers['retry-after'];
  const seconds = typeof header === 'string' ? Number(header) : NaN;
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1000, MAX_RETRY_AFTER_MS) : null;
}
