// The one way to refuse a request: a stable code from a closed list, each with its status.
import type { ConsoleErrorCode } from '@hazri/shared/protocol/console';
import type { DeviceErrorCode } from '@hazri/shared/protocol/device';
import type { Result } from '@hazri/shared/result';

export type PlatformErrorCode =
  'INTERNAL' | 'SERVER_BUSY' | 'HOST_REFUSED' | 'METHOD_REFUSED' | 'BODY_TOO_LARGE' | 'BODY_UNREADABLE';

export type ErrorCode = ConsoleErrorCode | DeviceErrorCode | PlatformErrorCode;

export interface Issue {
  readonly path: string;
  readonly code: string;
}

export const ERROR_STATUS: Readonly<Record<ErrorCode, number>> = {
  REQUEST_INVALID: 400,
  SESSION_MISSING: 401,
  SESSION_EXPIRED: 401,
  SIGN_IN_REFUSED: 401,
  SIGN_IN_THROTTLED: 429,
  PASSWORD_WEAK: 422,
  PASSWORD_MUST_CHANGE: 403,
  PERMISSION_DENIED: 403,
  CSRF_REFUSED: 403,
  NOT_FOUND: 404,
  TOKEN_INVALID: 400,
  EMAIL_TAKEN: 409,
  PERSON_CODE_TAKEN: 409,
  PERSON_LEFT: 409,
  IMPORT_REFUSED: 422,
  DEVICE_NOT_ACTIVE: 409,
  PAIRING_EXPIRED: 410,
  PAIRING_NOT_READY: 409,
  ROOT_KEY_NOT_SAVED: 409,
  ROOT_KEY_MISMATCH: 422,
  USER_IS_SELF: 409,
  ALREADY_DONE: 409,
  ENROLMENT_BLOCKED: 409,
  FACES_TOO_NEAR: 409,
  ROLL_OVER_UNFINISHED: 409,
  DEVICE_UNKNOWN: 401,
  DEVICE_REVOKED: 401,
  DEVICE_SIGNATURE_INVALID: 401,
  DEVICE_CLOCK_SKEW: 401,
  DEVICE_NONCE_REUSED: 401,
  PAIRING_CODE_INVALID: 400,
  PAIRING_THROTTLED: 429,
  PAIRING_KEY_REFUSED: 400,
  PROTOCOL_UNSUPPORTED: 426,
  EVENT_MALFORMED: 400,
  EVENT_FOREIGN: 403,
  EVENT_TAMPERED: 422,
  EVENT_GAP: 409,
  EVENT_FORK: 409,
  SERVER_BUSY: 503,
  INTERNAL: 500,
  HOST_REFUSED: 421,
  METHOD_REFUSED: 405,
  BODY_TOO_LARGE: 413,
  BODY_UNREADABLE: 415,
};

const RETRYABLE = new Set<ErrorCode>(['SERVER_BUSY', 'SIGN_IN_THROTTLED', 'PAIRING_THROTTLED']);

export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERROR_STATUS, code);
export const isRetryableCode = (code: ErrorCode): boolean => RETRYABLE.has(code);

/** An expected refusal on its way to the wire. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  constructor(
    readonly code: ErrorCode,
    readonly more: {
      readonly issues?: readonly Issue[];
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(code);
  }
}

/** What a use-case refuses with: a code, or a code with the fields it concerns. */
export type Refusal = ErrorCode | { readonly code: ErrorCode; readonly issues: readonly Issue[] };

/** Turns a use-case's result into the reply's value, or into a refusal. */
export function answer<T>(result: Result<T, Refusal>): T {
  if (result.ok) return result.value;
  const { error } = result;
  throw typeof error === 'string'
    ? new RequestRefused(error)
    : new RequestRefused(error.code, { issues: error.issues });
}
