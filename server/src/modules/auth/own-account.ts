// What signed-in people do with their own account: change the password or the language, sign out.
import type { Session } from '@hazri/shared/protocol/console-types';
import type { Locale } from '@hazri/shared/protocol/primitives';
import { type Result, err, ok } from '@hazri/shared/result';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Refusal } from '../../platform/http/refusal.js';
import type { UserRequest } from '../../platform/http/principal.js';
import type { AuditTrail } from '../audit/public.js';
import type { CompanyLookup } from './company-lookup.js';
import type { Accounts } from './accounts.js';
import type { EndSessions } from './end-sessions.js';
import type { OpenSession, OpenedSession, SessionViews } from './sessions.js';
import type { UserStore } from './user-store.js';

export class CurrentSession {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly views: SessionViews,
  ) {}

  run(by: UserRequest): Promise<Session> {
    return this.unitOfWork.run(() => this.views.of(by.principal));
  }
}

export class SignOut {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly endSessions: EndSessions,
    private readonly audit: AuditTrail,
  ) {}

  async run(by: UserRequest): Promise<Record<string, never>> {
    const { tenantId, sessionId, email } = by.principal;
    await this.unitOfWork.run(async () => {
      await this.endSessions.one(sessionId);
      this.audit.record({ tenantId, actor: by.actor, action: 'session.closed', subject: email });
    });
    return {};
  }
}

/** Writes a new password; every session of the person ends. Inside the caller's unit of work. */
export interface PasswordChanges {
  readonly users: UserStore;
  readonly endSessions: EndSessions;
  readonly companies: CompanyLookup;
  /** A generated first password is of no use any more. */
  forgetGenerated(userId: string): void;
}

export class ChangePassword {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: Accounts,
    private readonly changes: PasswordChanges,
    private readonly openSession: OpenSession,
    private readonly audit: AuditTrail,
  ) {}

  async run(
    by: UserRequest,
    input: { readonly current: string; readonly next: string },
  ): Promise<Result<OpenedSession, Refusal>> {
    const { tenantId, userId, name, email } = by.principal;
    const confirmed = await this.accounts.confirmPassword(userId, input.current);
    if (!confirmed.ok) return confirmed;
    const company = await this.unitOfWork.run(() => this.changes.companies.company(tenantId));
    const isSame = input.next === input.current;
    if (isSame) return err({ code: 'PASSWORD_WEAK', issues: [{ path: 'body.next', code: 'PASSWORD_SAME' }] });
    const secret = await this.accounts.newPassword(input.next, [name, email, company?.name ?? '']);
    if (!secret.ok) return secret;
    await this.unitOfWork.run(async () => {
      await this.changes.users.change(userId, { passwordHash: secret.value, mustChangePassword: false });
      await this.changes.endSessions.all(userId);
      this.audit.record({ tenantId, actor: by.actor, action: 'user.password-changed', subject: email });
      this.unitOfWork.afterCommit(() => {
        this.changes.forgetGenerated(userId);
      });
    });
    return ok(await this.openSession.run(userId, by.actor.address));
  }
}

export class SetLocale {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly users: UserStore,
    private readonly audit: AuditTrail,
  ) {}

  async run(by: UserRequest, locale: Locale): Promise<Record<string, never>> {
    const { tenantId, userId, email } = by.principal;
    await this.unitOfWork.run(async () => {
      await this.users.change(userId, { locale });
      this.audit.record({ tenantId, actor: by.actor, action: 'user.locale-changed', subject: email });
    });
    return {};
  }
}
