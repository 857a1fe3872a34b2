// JSON lines on standard error. Only codes and plain numbers: no names, no texts of errors, no personal data.

export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export interface Log {
  info(code: string, fields?: LogFields): void;
  error(code: string, error: unknown, fields?: LogFields): void;
}

/** What can be said of an error without repeating what it was about. */
function describe(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code } = error as Error & { code?: unknown };
  return { error: error.name, ...(typeof code === 'string' && { errorCode: code }) };
}

export function createLog(write: (line: string) => void, wallMs: () => number): Log {
  const line = (level: string, code: string, fields: LogFields): void => {
    write(`${JSON.stringify({ at: new Date(wallMs()).toISOString(), level, code, ...fields })}\n`);
  };
  return {
    info: (code, fields = {}) => {
      line('info', code, fields);
    },
    error: (code, error, fields = {}) => {
      line('error', code, { ...describe(error), ...fields });
    },
  };
}
