// Who may talk to the loopback host: this machine's own page in a browser that opened a one-time link. Guards against
// other sites that reach for 127.0.0.1 (Origin), names that were rebound to it (Host) and other local pages (cookie).
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const COOKIE = 'hazri_kiosk';
const MOST_SESSIONS = 4;

export type Refusal = 'HOST_FOREIGN' | 'ORIGIN_FOREIGN' | 'SITE_FOREIGN' | 'SESSION_MISSING';

/** Keeps the hashes of the open sessions, so that a kiosk window outlives a restart of its host. */
export interface SessionMemory {
  read(): readonly string[];
  write(hashes: readonly string[]): void;
}

export class Access {
  readonly #port: number;
  readonly #onToken: (token: string) => void;
  readonly #memory: SessionMemory;
  #token: string;
  /** SHA-256 of each session's secret; the secret itself is only in the browser. */
  #sessions: readonly string[];

  /** @param onToken is told every fresh one-time token, the first one included */
  constructor(port: number, memory: SessionMemory, onToken: (token: string) => void) {
    this.#port = port;
    this.#onToken = onToken;
    this.#memory = memory;
    this.#sessions = memory.read().slice(0, MOST_SESSIONS);
    this.#token = newSecret();
    onToken(this.#token);
  }

  /** Null when the request comes from our own page or from the address bar. */
  refuseForeign(request: IncomingMessage): Refusal | null {
    const { host, origin } = request.headers;
    if (!this.#ownHosts().includes(host ?? '')) return 'HOST_FOREIGN';
    if (origin !== undefined && origin !== `http://${host ?? ''}`) return 'ORIGIN_FOREIGN';
    const site = request.headers['sec-fetch-site'];
    return site === 'cross-site' || site === 'same-site' ? 'SITE_FOREIGN' : null;
  }

  /** A WebSocket is bound to no same-origin policy: it must name our origin, and hold the cookie. */
  refuseSocket(request: IncomingMessage): Refusal | null {
    const foreign = this.refuseForeign(request);
    if (foreign !== null) return foreign;
    if (request.headers.origin === undefined) return 'ORIGIN_FOREIGN';
    return this.hasSession(request) ? null : 'SESSION_MISSING';
  }

  hasSession(request: IncomingMessage): boolean {
    const sent = readCookie(request.headers.cookie ?? '');
    return sent !== null && this.#sessions.some((session) => isEqual(session, hashOf(sent)));
  }

  /** Spends the token and answers with the cookie of a new session, or null. A fresh token follows at once. */
  redeem(token: string): string | null {
    if (!isEqual(this.#token, token)) return null;
    this.#token = newSecret();
    this.#onToken(this.#token);
    const session = newSecret();
    this.#sessions = [hashOf(session), ...this.#sessions].slice(0, MOST_SESSIONS);
    this.#memory.write(this.#sessions);
    return `${COOKIE}=${session}; Path=/; HttpOnly; SameSite=Strict`;
  }

  #ownHosts(): string[] {
    return [`127.0.0.1:${this.#port}`, `localhost:${this.#port}`];
  }
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
const newSecret = (): string => randomBytes(32).toString('base64url');

function isEqual(secret: string, guess: string): boolean {
  const a = Buffer.from(secret);
  const b = Buffer.from(guess);
  return a.length === b.length && timingSafeEqual(a, b);
}

function readCookie(header: string): string | null {
  for (const part of header.split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === COOKIE && value !== undefined) return value;
  }
  return null;
}
