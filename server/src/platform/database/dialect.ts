// The three databases and what differs between them. Modules never ask which one it is.
export type Dialect = 'sqlite' | 'postgres' | 'mysql';

/** The database's own name for a portable column type. */
export function nativeType(dialect: Dialect, type: string): string {
  if (type === 'blob' && dialect === 'postgres') return 'bytea';
  if (type === 'simple-json') return 'text';
  return type;
}

const RETRYABLE = new Set<string | number>([
  '40001',
  '40P01',
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_CHECKREAD',
]);
const DUPLICATE = new Set<string | number>([
  '23505',
  'ER_DUP_ENTRY',
  'SQLITE_CONSTRAINT_UNIQUE',
  'SQLITE_CONSTRAINT_PRIMARYKEY',
]);

/** The driver's code of an error, also when the ORM has wrapped it. */
function driverCode(error: unknown): string | number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, driverError } = error as { code?: string | number; driverError?: { code?: string | number } };
  return driverError?.code ?? code;
}

/** A deadlock or a serialisation failure: the same work may succeed when it is done again. */
export function isRetryable(error: unknown): boolean {
  const code = driverCode(error);
  return code !== undefined && RETRYABLE.has(code);
}

/** A unique key refused the row. */
export function isDuplicate(error: unknown): boolean {
  const code = driverCode(error);
  return code !== undefined && DUPLICATE.has(code);
}
