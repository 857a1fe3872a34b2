// What an owner does with the accounts of others. Nobody chooses another person's password: a link is handed over.
import { randomUUID } from 'node:crypto';
import type { User } from '@hazri/shared/protocol/console-types';
import type { Role } from '@hazri/shared/protocol/roles';
import { type Result, err, ok } from '@hazri/shared/result';
import type { Clock } from '../../platform/clock/clock.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Refusal } from '../../platform/http/refusal.js';
import type { UserRequest } from '../../platform/http/principal.js';
import type { AuditTrail } from '../audit/public.js';
import type { EndSessions } from './end-sessions.js';
import type { IssuedLink, OneTimeLinks } from './one-time-links.js';
import type { UserAccount, UserStore } from './user-store.js';

type Done = Record<string, never>;

export class ListUsers {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly users: UserStore,
  ) {}

  async run(tenantId: string): Promise<{ items: User[] }> {
    const accounts = await this.unitOfWork.run(() => this.users.list(tenantId));
    return {
      items: accounts.map(({ id, name, email, role, state, lastSignInMs }) => ({
        id,
        name,
        email,
        role,
        state,
        lastSignInMs,
      })),
    };
  }
}

export class InviteUser {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly users: UserStore,
    private readonly links: OneTimeLinks,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  run(
    by: UserRequest,
    input: {
      readonly email: string;
      readonly name: string;
      readonly role: Role;
      readonly department?: string | null | undefined;
    },
  ): Promise<Result<IssuedLink, Refusal>> {
    const { tenantId } = by.principal;
    return this.unitOfWork.attempt<IssuedLink, Refusal>(async () => {
      const known = await this.users.byEmail(input.email);
      // An invitation that was lost or ran out may be made again.
      const isOpen = known?.tenantId === tenantId && known.state === 'invited';
      if (known !== null && !isOpen) return err('EMAIL_TAKEN');
      const userId = known?.id ?? randomUUID();
      if (known === null) {
        const invited = await this.users.add(this.newUser(userId, tenantId, by, input));
        if (invited === 'email-taken') return err('EMAIL_TAKEN');
      }
      const link = await this.links.issue({ tenantId, userId, purpose: 'invitation' });
      this.audit.record({
        tenantId,
        actor: by.actor,
        action: 'user.invited',
        subject: input.email,
        detail: { role: known?.role ?? input.role },
      });
      return ok(link);
    });
  }

  private newUser(
    id: string,
    tenantId: string,
    by: UserRequest,
    input: {
      readonly email: string;
      readonly name: string;
      readonly role: Role;
      readonly department?: string | null | undefined;
    },
  ): UserAccount {
    return {
      id,
      tenantId,
      email: input.email,
      name: input.name,
      role: input.role,
      state: 'invited',
      department: input.department ?? null,
      locale: by.principal.locale,
      passwordHash: null,
      mustChangePassword: false,
      lastSignInMs: null,
      createdAtMs: this.clock.nowMs(),
    };
  }
}

export class ResetUser {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly users: UserStore,
    private readonly links: OneTimeLinks,
    private readonly audit: AuditTrail,
  ) {}

  run(by: UserRequest, userId: string): Promise<Result<IssuedLink, Refusal>> {
    const { tenantId } = by.principal;
    return this.unitOfWork.attempt<IssuedLink, Refusal>(async () => {
      const user = await this.users.inTenant(tenantId, userId);
      if (user === null) return err('NOT_FOUND');
      if (user.state !== 'active') return err('ALREADY_DONE');
      const link = await this.links.issue({ tenantId, userId, purpose: 'reset' });
      this.audit.record({
        tenantId,
        actor: by.actor,
        action: 'user.reset-issued',
        subject: user.email,
      });
      return ok(link);
    });
  }
}

export class SignOutUser {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly users: UserStore,
    private readonly endSessions: EndSessions,
    private readonly audit: AuditTrail,
  ) {}

  run(by: UserRequest, userId: string): Promise<Result<Done, Refusal>> {
    const { tenantId } = by.principal;
    return this.unitOfWork.attempt<Done, Refusal>(async () => {
      const user = await this.users.inTenant(tenantId, userId);
      if (user === null) return err('NOT_FOUND');
      await this.endSessions.all(userId);
      this.audit.record({ tenantId, actor: by.actor, action: 'user.signed-out', subject: user.email });
      return ok({});
    });
  }
}

export class DisableUser {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly users: UserStore,
    private readonly links: OneTimeLinks,
    private readonly endSessions: EndSessions,
    private readonly audit: AuditTrail,
  ) {}

  run(by: UserRequest, userId: string): Promise<Result<Done, Refusal>> {
    const { tenantId } = by.principal;
    return this.unitOfWork.attempt<Done, Refusal>(async () => {
      if (userId === by.principal.userId) return err('USER_IS_SELF');
      const user = await this.users.inTenant(tenantId, userId);
      if (user === null) return err('NOT_FOUND');
      if (user.state === 'disabled') return err('ALREADY_DONE');
      await this.users.change(userId, { state: 'disabled', passwordHash: null });
      await this.links.revoke(userId);
      await this.endSessions.all(userId);
      this.audit.record({ tenantId, actor: by.actor, action: 'user.disabled', subject: user.email });
      return ok({});
    });
  }
}
