// What the holder of a one-time link does with it: choose the first password, or a new one. A weak password does not
// use the link up.
import { type Result, err, ok } from '@hazri/shared/result';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Refusal } from '../../platform/http/refusal.js';
import { type Throttle, addressBucket, atMost } from '../../platform/throttle/throttle.js';
import type { AuditTrail } from '../audit/public.js';
import type { Accounts } from './accounts.js';
import type { OneTimeLinks } from './one-time-links.js';
import type { PasswordChanges } from './own-account.js';
import type { OpenSession, OpenedSession } from './sessions.js';
import type { StoredLink, UserAccount } from './user-store.js';

const PER_ADDRESS = atMost(20, 3_600_000);

interface LinkInput {
  readonly token: string;
  readonly password: string;
  readonly address: string;
}

const STATE_BEFORE: Readonly<Record<StoredLink['purpose'], UserAccount['state']>> = {
  invitation: 'invited',
  reset: 'active',
};

/** Sets the password of whoever the link is for. */
export class UseLink {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: Accounts,
    private readonly links: OneTimeLinks,
    private readonly changes: PasswordChanges,
    private readonly watch: { readonly throttle: Throttle; readonly audit: AuditTrail },
  ) {}

  async run(purpose: StoredLink['purpose'], input: LinkInput): Promise<Result<UserAccount, Refusal>> {
    const { throttle, audit } = this.watch;
    const limit = { bucket: addressBucket('link', input.address), policy: PER_ADDRESS };
    const admitted = await throttle.admit([limit]);
    if (!admitted.ok) return err('SIGN_IN_THROTTLED');
    const names = await this.namesBehind(purpose, input.token);
    if (names === null) return err('TOKEN_INVALID');
    const secret = await this.accounts.newPassword(input.password, names);
    if (!secret.ok) return secret;
    const used = await this.unitOfWork.attempt<UserAccount, Refusal>(async () => {
      const user = await this.holder(purpose, input.token);
      if (user === null) return err('TOKEN_INVALID');
      const { tenantId, id } = user;
      const change = { state: 'active', passwordHash: secret.value, mustChangePassword: false } as const;
      await this.changes.users.change(id, change);
      await this.changes.endSessions.all(id);
      this.unitOfWork.afterCommit(() => {
        this.changes.forgetGenerated(id);
      });
      const actor = { kind: 'user', id, name: user.name, address: input.address } as const;
      const action = purpose === 'invitation' ? 'user.joined' : 'user.password-reset';
      audit.record({ tenantId, actor, action, subject: user.email });
      return ok(user);
    });
    if (used.ok) await throttle.forgive(admitted.value);
    return used;
  }

  private async holder(purpose: StoredLink['purpose'], token: string): Promise<UserAccount | null> {
    const link = await this.links.use(token, purpose);
    const user = link === null ? null : await this.changes.users.inTenant(link.tenantId, link.userId);
    return user?.state === STATE_BEFORE[purpose] ? user : null;
  }

  /** Looks without using the link up. */
  private async namesBehind(purpose: StoredLink['purpose'], token: string): Promise<string[] | null> {
    const looked = await this.unitOfWork.attempt<never, string[] | null>(async () => {
      const user = await this.holder(purpose, token);
      if (user === null) return err(null);
      const company = await this.changes.companies.company(user.tenantId);
      return err([user.name, user.email, company?.name ?? '']);
    });
    return looked.ok ? null : looked.error;
  }
}

export class AcceptInvitation {
  constructor(
    private readonly useLink: UseLink,
    private readonly openSession: OpenSession,
  ) {}

  async run(input: LinkInput): Promise<Result<OpenedSession, Refusal>> {
    const joined = await this.useLink.run('invitation', input);
    return joined.ok ? ok(await this.openSession.run(joined.value.id, input.address)) : joined;
  }
}

export class CompleteReset {
  constructor(private readonly useLink: UseLink) {}

  async run(input: LinkInput): Promise<Result<Record<string, never>, Refusal>> {
    const done = await this.useLink.run('reset', input);
    return done.ok ? ok({}) : done;
  }
}
