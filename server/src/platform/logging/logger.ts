// JSON lines on standard error. A field may carry ids, counts and codes; names, keys, tokens and embeddings never pass.
export type LogFields = Readonly<Record<string, unknown>>;

export interface Logger {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  /** `error` is reduced to its kind, its code and where it was thrown: its message may quote a value. */
  error(event: string, error: unknown, fields?: LogFields): void;
}

type Write = (line: string) => void;

const SECRET_NAME =
  /pass|pin$|^pin|token|secret|cookie|authori[sz]ation|csrf|embedding|template|probe|name$|email|phone|body|csv|url$|key$/i;
const SECRET_VALUE = /[A-Za-z0-9+/_-]{40,}={0,2}|(?:[A-Z2-7]{4}-){4,}|eyJ[\w-]+\.|\S+@\S+\.\S+/;
const HIDDEN = '[hidden]';
const MAX_TEXT = 300;
const MAX_DEPTH = 4;

export function jsonLogger(
  nowMs: () => number,
  write: Write = (line) => void process.stderr.write(line),
): Logger {
  const line = (level: string, event: string, fields: LogFields): void => {
    const safe = redact(fields, 0) as Record<string, unknown>;
    write(`${JSON.stringify({ at: new Date(nowMs()).toISOString(), level, event, ...safe })}\n`);
  };
  return {
    info: (event, fields = {}) => {
      line('info', event, fields);
    },
    warn: (event, fields = {}) => {
      line('warn', event, fields);
    },
    error: (event, error, fields = {}) => {
      line('error', event, { ...fields, error: describeError(error) });
    },
  };
}

/** Kind, code and stack frames of an error and its causes; never a message that we did not write ourselves. */
export function describeError(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const { code, what } = error as { code?: unknown; what?: unknown };
  const frames = (error.stack ?? '').split('\n').filter((frame) => /^\s+at /.test(frame));
  return {
    kind: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof what === 'string' ? { what } : {}),
    at: frames.slice(0, 6).map((frame) => frame.trim().replace(/(?:file:\/\/)?\/\S*\/(?=[^/]+\))/, '')),
    ...(error.cause === undefined || depth >= MAX_DEPTH
      ? {}
      : { cause: describeError(error.cause, depth + 1) }),
  };
}

function redact(value: unknown, depth: number): unknown {
  if (typeof value === 'string') {
    return SECRET_VALUE.test(value) ? HIDDEN : value.slice(0, MAX_TEXT);
  }
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value) || depth > MAX_DEPTH) return HIDDEN;
  if (Array.isArray(value)) {
    const isNumbers = value.length > 16 && value.every((item) => typeof item === 'number');
    return isNumbers ? HIDDEN : value.map((item) => redact(item, depth + 1));
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      SECRET_NAME.test(name) ? HIDDEN : redact(item, depth + 1),
    ]),
  );
}
