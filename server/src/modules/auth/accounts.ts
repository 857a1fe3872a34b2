// Making accounts and proving a password, for this module and for the founding of a company.
import { type Result, err, ok } from '@hazri/shared/result';
import type { Clock } from '../../platform/clock/clock.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Refusal } from '../../platform/http/refusal.js';
import { type AttemptStore, type Throttle, risingDelay } from '../../platform/throttle/throttle.js';
import type { PasswordHash } from './password-hash.js';
import { passwordIssues } from './password-policy.js';
import { hashToken } from './tokens.js';
import type { UserAccount, UserStore } from './user-store.js';

/** Slows guessing at one account down; it never locks the owner out for long. */
export const PER_ACCOUNT = risingDelay({ free: 3, firstMs: 1000, longestMs: 60_000, windowMs: 3_600_000 });

/** The address itself does not stand in the table of attempts. */
export const accountBucket = (email: string): string => `account|${hashToken(email)}`;

export class Accounts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly users: UserStore,
    private readonly hash: PasswordHash,
    private readonly limits: { readonly throttle: Throttle; readonly attempts: AttemptStore },
    private readonly clock: Clock,
  ) {}

  /** The hash of a new password, or what is wrong with it. Outside a unit of work. */
  async newPassword(password: string, names: readonly string[]): Promise<Result<string, Refusal>> {
    const issues = passwordIssues(password, names);
    if (issues.length > 0) return err({ code: 'PASSWORD_WEAK', issues });
    return ok(await this.hash.make(password));
  }

  /** One founding at a time, on every server; inside the caller's unit of work. */
  lockDirectory(): Promise<void> {
    return this.limits.attempts.lock('directory');
  }

  /** Inside the caller's unit of work. */
  addActive(
    user: Pick<UserAccount, 'id' | 'tenantId' | 'email' | 'name' | 'role' | 'locale' | 'department'>,
    passwordHash: string,
  ): Promise<'added' | 'email-taken'> {
    return this.users.add({
      ...user,
      state: 'active',
      passwordHash,
      mustChangePassword: false,
      lastSignInMs: null,
      createdAtMs: this.clock.nowMs(),
    });
  }

  /** A signed-in person proves again who they are. Outside a unit of work. */
  async confirmPassword(
    userId: string,
    password: string,
  ): Promise<Result<UserAccount, 'SIGN_IN_REFUSED' | 'SIGN_IN_THROTTLED'>> {
    const user = await this.unitOfWork.run(() => this.users.byId(userId));
    if (user === null) return err('SIGN_IN_REFUSED');
    const bucket = accountBucket(user.email);
    const admitted = await this.limits.throttle.admit([{ bucket, policy: PER_ACCOUNT }]);
    if (!admitted.ok) return err('SIGN_IN_THROTTLED');
    if (!(await this.hash.matches(password, user.passwordHash))) return err('SIGN_IN_REFUSED');
    await this.limits.throttle.clear(bucket);
    return ok(user);
  }
}
