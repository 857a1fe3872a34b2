// Expected outcomes as values. Errors that cross a boundary carry a stable code, never a secret.

export type Result<T, E> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const err = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error });

/** Makes the compiler prove that every member of a union was handled. */
export function assertNever(value: never): never {
  throw new InvariantError('unreachable', { kind: typeof value });
}

/** A bug: something that this code promises can never happen. Its details hold no personal data. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
  constructor(
    readonly what: string,
    readonly details: Readonly<Record<string, string | number | boolean>> = {},
  ) {
    super(`invariant broken: ${what}`);
  }
}

/** The network, a disk or a database did not do its work; `retryable` says whether trying again can help. */
export class OperationalError extends Error {
  override readonly name = 'OperationalError';
  constructor(
    readonly code: string,
    readonly retryable: boolean,
    options?: { cause?: unknown },
  ) {
    super(code, options);
  }
}

/** Something a person gave us is wrong: a stable code and one clear sentence for that person. */
export class UserError extends Error {
  override readonly name = 'UserError';
  constructor(
    readonly code: string,
    message: string,
    readonly path?: string,
  ) {
    super(message);
  }
}
