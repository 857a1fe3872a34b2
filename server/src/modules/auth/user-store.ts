// People who sign in to the console, their sessions and their one-time links, as the use-cases see them.
// Tokens are stored hashed; every method runs inside the caller's unit of work.
import type { Locale } from '@hazri/shared/protocol/primitives';
import type { Role } from '@hazri/shared/protocol/roles';

export interface UserAccount {
  readonly id: string;
  readonly tenantId: string;
  /** Lower case. */
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly state: 'invited' | 'active' | 'disabled';
  /** A head's team. */
  readonly department: string | null;
  readonly locale: Locale;
  readonly passwordHash: string | null;
  readonly mustChangePassword: boolean;
  readonly lastSignInMs: number | null;
  readonly createdAtMs: number;
}

export type UserChange = Partial<
  Pick<UserAccount, 'state' | 'passwordHash' | 'mustChangePassword' | 'lastSignInMs' | 'locale'>
>;

export interface UserStore {
  byEmail(email: string): Promise<UserAccount | null>;
  byId(userId: string): Promise<UserAccount | null>;
  inTenant(tenantId: string, userId: string): Promise<UserAccount | null>;
  /** By name. */
  list(tenantId: string): Promise<UserAccount[]>;
  add(user: UserAccount): Promise<'added' | 'email-taken'>;
  change(userId: string, change: UserChange): Promise<void>;
}

export interface StoredSession {
  readonly tokenHash: string;
  readonly id: string;
  readonly tenantId: string;
  readonly userId: string;
  readonly createdAtMs: number;
  readonly lastSeenMs: number;
  readonly expiresAtMs: number;
}

export interface SessionStore {
  add(session: StoredSession): Promise<void>;
  byToken(tokenHash: string): Promise<StoredSession | null>;
  byId(sessionId: string): Promise<StoredSession | null>;
  seen(tokenHash: string, atMs: number): Promise<void>;
  remove(sessionId: string): Promise<void>;
  removeOf(userId: string): Promise<void>;
  removeExpired(nowMs: number): Promise<void>;
}

export interface StoredLink {
  readonly tokenHash: string;
  readonly tenantId: string;
  readonly userId: string;
  readonly purpose: 'invitation' | 'reset';
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

export interface LinkStore {
  add(link: StoredLink): Promise<void>;
  /** Takes the link away; only the first caller gets it. */
  take(tokenHash: string): Promise<StoredLink | null>;
  removeOf(userId: string): Promise<void>;
}
