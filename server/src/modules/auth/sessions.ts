// Sessions: opaque, revocable, a day at most and shorter when nobody uses them. A disabled person's next request fails.
import { randomUUID } from 'node:crypto';
import type { Session } from '@hazri/shared/protocol/console-types';
import { ROLE_PERMISSIONS } from '@hazri/shared/protocol/roles';
import { InvariantError, type Result, err, ok } from '@hazri/shared/result';
import type { Clock } from '../../platform/clock/clock.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { UserPrincipal } from '../../platform/http/principal.js';
import type { AuditTrail } from '../audit/public.js';
import type { CompanyLookup } from './company-lookup.js';
import { csrfTokenOf, hashToken, newToken } from './tokens.js';
import type { SessionStore, StoredSession, UserAccount, UserStore } from './user-store.js';

export const SESSION_LIFE_MS = 24 * 3_600_000;
export const SESSION_IDLE_MS = 8 * 3_600_000;
/** How stale `lastSeenMs` may be, so that not every read is a write. */
const SEEN_EVERY_MS = 60_000;

/** What the browser gets: the token goes into the cookie only, the rest into the body. */
export interface OpenedSession {
  readonly token: string;
  readonly session: Session;
}

export function principalOf(user: UserAccount, session: StoredSession, token: string): UserPrincipal {
  const { id: userId, tenantId, name, email, role, locale, mustChangePassword } = user;
  return {
    kind: 'user',
    tenantId,
    userId,
    sessionId: session.id,
    name,
    email,
    role,
    permissions: ROLE_PERMISSIONS[role],
    locale,
    department: role === 'head' ? (user.department ?? '') : null,
    csrfToken: csrfTokenOf(token),
    mustChangePassword,
  };
}

/** The session as the console sees it; inside the caller's unit of work. */
export class SessionViews {
  constructor(private readonly companies: CompanyLookup) {}

  async of(principal: UserPrincipal): Promise<Session> {
    const company = await this.companies.company(principal.tenantId);
    if (company === null) throw new InvariantError('a session without a company');
    const { userId: id, name, email, role, permissions, locale } = principal;
    return {
      user: { id, name, email, role, permissions: [...permissions], locale },
      company: { id: company.id, name: company.name, isDemo: company.isDemo, zone: company.zone },
      csrfToken: principal.csrfToken,
      mustChangePassword: principal.mustChangePassword,
      rootKeySaved: company.isRootKeySaved,
    };
  }
}

/** Starts a session for someone who has just proved who they are. */
export class OpenSession {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stores: { readonly users: UserStore; readonly sessions: SessionStore },
    private readonly views: SessionViews,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  run(userId: string, address: string | null): Promise<OpenedSession> {
    const token = newToken();
    return this.unitOfWork.run(async () => {
      const user = await this.stores.users.byId(userId);
      if (user?.state !== 'active') throw new InvariantError('a session for nobody active');
      const nowMs = this.clock.nowMs();
      const { tenantId } = user;
      const stored: StoredSession = {
        tokenHash: hashToken(token),
        id: randomUUID(),
        tenantId,
        userId,
        createdAtMs: nowMs,
        lastSeenMs: nowMs,
        expiresAtMs: nowMs + SESSION_LIFE_MS,
      };
      await this.stores.sessions.add(stored);
      await this.stores.users.change(userId, { lastSignInMs: nowMs });
      const actor = { kind: 'user', id: userId, name: user.name, address } as const;
      this.audit.record({ tenantId, actor, action: 'session.opened', subject: user.email });
      return { token, session: await this.views.of(principalOf(user, stored, token)) };
    });
  }
}

export class ResolveSession {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly users: UserStore,
    private readonly sessions: SessionStore,
    private readonly clock: Clock,
  ) {}

  run(token: string): Promise<Result<UserPrincipal, 'SESSION_MISSING' | 'SESSION_EXPIRED'>> {
    return this.unitOfWork.run(async () => {
      const session = await this.sessions.byToken(hashToken(token));
      if (session === null) return err('SESSION_MISSING');
      const nowMs = this.clock.nowMs();
      if (isOver(session, nowMs)) {
        await this.sessions.remove(session.id);
        return err('SESSION_EXPIRED');
      }
      const user = await this.users.byId(session.userId);
      if (user?.state !== 'active' || user.tenantId !== session.tenantId) return err('SESSION_MISSING');
      if (nowMs - session.lastSeenMs >= SEEN_EVERY_MS) await this.sessions.seen(session.tokenHash, nowMs);
      return ok(principalOf(user, session, token));
    });
  }

  /** Whether a stream that was opened under this session may go on. */
  isAlive(sessionId: string): Promise<boolean> {
    return this.unitOfWork.run(async () => {
      const session = await this.sessions.byId(sessionId);
      if (session === null || isOver(session, this.clock.nowMs())) return false;
      return (await this.users.byId(session.userId))?.state === 'active';
    });
  }

  async removeExpired(): Promise<void> {
    await this.unitOfWork.run(() => this.sessions.removeExpired(this.clock.nowMs()));
  }
}

const isOver = (session: StoredSession, nowMs: number): boolean =>
  session.expiresAtMs <= nowMs || nowMs - session.lastSeenMs >= SESSION_IDLE_MS;
