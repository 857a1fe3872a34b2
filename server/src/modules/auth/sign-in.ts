// Signing in with e-mail address and password. Throttled per address and per account before anything is hashed; an
// unknown account takes as long as a wrong password and is refused in the same words.
import { type Result, err, ok } from '@hazri/shared/result';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Logger } from '../../platform/logging/logger.js';
import {
  type Limit,
  type Throttle,
  addressBucket,
  atMost,
  countOnly,
} from '../../platform/throttle/throttle.js';
import type { AuditTrail } from '../audit/public.js';
import { PER_ACCOUNT, accountBucket } from './accounts.js';
import type { PasswordHash } from './password-hash.js';
import type { OpenSession, OpenedSession } from './sessions.js';
import type { UserStore } from './user-store.js';

const MINUTE_MS = 60_000;
const PER_ADDRESS = atMost(20, 60 * MINUTE_MS);
const ALERT_WINDOW_MS = 10 * MINUTE_MS;
const ALERT_AT = 5;

/** The alert's counter stands first. */
const limitsFor = (email: string, address: string): [Limit, ...Limit[]] => [
  { bucket: addressBucket('sign-in', address), policy: countOnly(ALERT_WINDOW_MS) },
  { bucket: addressBucket('sign-in-hour', address), policy: PER_ADDRESS },
  { bucket: accountBucket(email), policy: PER_ACCOUNT },
];

export class SignIn {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly users: UserStore,
    private readonly hash: PasswordHash,
    private readonly openSession: OpenSession,
    private readonly watch: {
      readonly throttle: Throttle;
      readonly audit: AuditTrail;
      readonly logger: Logger;
    },
  ) {}

  async run(input: {
    readonly email: string;
    readonly password: string;
    readonly address: string;
  }): Promise<Result<OpenedSession, 'SIGN_IN_REFUSED' | 'SIGN_IN_THROTTLED'>> {
    const { throttle, logger } = this.watch;
    const { email, password, address } = input;
    const admitted = await throttle.admit(limitsFor(email, address));
    if (!admitted.ok) {
      logger.warn('sign-in throttled', { address });
      return err('SIGN_IN_THROTTLED');
    }
    const user = await this.unitOfWork.run(() => this.users.byEmail(email));
    const isRight = await this.hash.matches(password, user?.passwordHash ?? null);
    if (!isRight || user?.state !== 'active') {
      if (admitted.value.counts[0] === ALERT_AT) logger.warn('sign-in alert: repeated failures', { address });
      if (user !== null) await this.recordRefusal(user.tenantId, email, address);
      return err('SIGN_IN_REFUSED');
    }
    await throttle.forgive(admitted.value);
    await throttle.clear(accountBucket(email));
    return ok(await this.openSession.run(user.id, address));
  }

  private async recordRefusal(tenantId: string, email: string, address: string): Promise<void> {
    const actor = { kind: 'system', id: null, name: 'unknown', address } as const;
    await this.unitOfWork.run(() => {
      this.watch.audit.record({ tenantId, actor, action: 'session.refused', subject: email });
      return Promise.resolve();
    });
  }
}
