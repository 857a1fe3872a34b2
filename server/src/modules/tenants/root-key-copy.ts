// Hands out the copy of the root key that a company must keep elsewhere, and has it confirmed by its last characters.
// Only with the password typed again, and never to the demo company: the key protects every company of this server.
import { timingSafeEqual } from 'node:crypto';
import type { Session } from '@hazri/shared/protocol/console-types';
import { type Result, err, ok } from '@hazri/shared/result';
import type { Clock } from '../../platform/clock/clock.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Refusal } from '../../platform/http/refusal.js';
import type { UserRequest } from '../../platform/http/principal.js';
import type { RootKey } from '../../platform/keys/root-key.js';
import type { AuditTrail } from '../audit/public.js';
import type { Accounts, SessionViews } from '../auth/public.js';
import type { CompanyDirectory } from './company-directory.js';
import type { CompanyStore } from './company-store.js';

const LAST = 6;

export class CopyRootKey {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly companies: CompanyDirectory,
    private readonly rootKey: RootKey,
    private readonly accounts: Accounts,
    private readonly audit: AuditTrail,
  ) {}

  async run(by: UserRequest, password: string): Promise<Result<{ text: string; fileName: string }, Refusal>> {
    const { tenantId, userId } = by.principal;
    const isThemselves = await this.accounts.confirmPassword(userId, password);
    if (!isThemselves.ok) return isThemselves;
    const { written, fingerprint } = this.rootKey;
    return this.unitOfWork.attempt<{ text: string; fileName: string }, Refusal>(async () => {
      const company = await this.companies.company(tenantId);
      if (company === null || company.isDemo || written === null) return err('PERMISSION_DENIED');
      this.audit.record({ tenantId, actor: by.actor, action: 'root-key.copied' });
      return ok({ text: `HAZRI ROOT KEY 1\n${written}\n`, fileName: `hazri-root-key-${fingerprint}.txt` });
    });
  }
}

export class ConfirmRootKey {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly companies: CompanyStore,
    private readonly rootKey: RootKey,
    private readonly audit: AuditTrail,
    private readonly after: { readonly views: SessionViews; readonly clock: Clock },
  ) {}

  async run(by: UserRequest, lastSix: string): Promise<Result<Session, Refusal>> {
    const { tenantId } = by.principal;
    const expected = Buffer.from((this.rootKey.written ?? '').replaceAll('-', '').slice(-LAST));
    const given = Buffer.from(lastSix.toUpperCase());
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      return err('ROOT_KEY_MISMATCH');
    return this.unitOfWork.attempt<Session, Refusal>(async () => {
      await this.companies.markRootKeySaved(tenantId, this.after.clock.nowMs());
      this.audit.record({ tenantId, actor: by.actor, action: 'root-key.confirmed' });
      return ok(await this.after.views.of(by.principal));
    });
  }
}
