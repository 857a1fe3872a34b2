// One kind of error for everything that can go wrong between the console and its server. It never carries what the person typed.
import type { ConsoleErrorCode } from '@hazri/shared/protocol/console';

/** Codes made in the browser, beside those that the server sends. */
type LocalErrorCode = 'NETWORK' | 'ANSWER_UNREADABLE' | 'UNKNOWN';

export interface ApiErrorFields {
  readonly code: ConsoleErrorCode | LocalErrorCode | (string & {});
  readonly status: number;
  readonly correlationId: string | null;
  readonly retryable: boolean;
  readonly issues: readonly { readonly path: string; readonly code: string }[];
}

export class ApiError extends Error {
  readonly fields: ApiErrorFields;

  constructor(fields: ApiErrorFields) {
    super(fields.code);
    this.name = 'ApiError';
    this.fields = fields;
  }
}

/** The stable code of any thrown value; UNKNOWN when it is not one of ours. */
export function errorCode(error: unknown): string {
  return error instanceof ApiError ? error.fields.code : 'UNKNOWN';
}

export function isSignedOut(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'SESSION_MISSING' || code === 'SESSION_EXPIRED';
}

export function isUnreachable(error: unknown): boolean {
  return errorCode(error) === 'NETWORK';
}
