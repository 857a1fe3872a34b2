// The company's policy for its tablets, as the owner reads and changes it. Tablets hear of it with their next heartbeat.
import type { CompanyPolicyView } from '@hazri/shared/protocol/console-types';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { UserRequest } from '../../platform/http/principal.js';
import type { AuditTrail } from '../audit/public.js';
import type { CompanyPolicies, CompanyPolicy } from './company-policy.js';

export interface KeepPolicyDeps {
  readonly unitOfWork: UnitOfWork;
  readonly policies: CompanyPolicies;
  readonly audit: AuditTrail;
}

export type PolicyChange = { readonly [K in keyof CompanyPolicyView]?: CompanyPolicyView[K] | undefined };

export class KeepPolicy {
  constructor(private readonly deps: KeepPolicyDeps) {}

  read(tenantId: string): Promise<CompanyPolicyView> {
    const { unitOfWork, policies } = this.deps;
    return unitOfWork.run(async () => view(await policies.of(tenantId)));
  }

  change(by: UserRequest, change: PolicyChange): Promise<CompanyPolicyView> {
    const { unitOfWork, policies, audit } = this.deps;
    const { tenantId } = by.principal;
    return unitOfWork.run(async () => {
      const before = await policies.of(tenantId);
      const after: CompanyPolicy = {
        ...before,
        duplicateWithinSec: change.duplicateWithinSec ?? before.duplicateWithinSec,
        pinFallback: change.pinFallback ?? before.pinFallback,
        wrongPerMillion: change.wrongPerMillion ?? before.wrongPerMillion,
        selfUpdate: change.selfUpdate ?? before.selfUpdate,
      };
      await policies.set(tenantId, after);
      const fields = Object.entries(view(after)).map(([name, value]) => `${name}=${String(value)}`);
      audit.record({
        tenantId,
        actor: by.actor,
        action: 'policy.changed',
        subject: null,
        detail: { fields: fields.join(',') },
      });
      return view(after);
    });
  }
}

function view(policy: CompanyPolicy): CompanyPolicyView {
  const { duplicateWithinSec, pinFallback, wrongPerMillion, selfUpdate } = policy;
  return { duplicateWithinSec, pinFallback, wrongPerMillion, selfUpdate };
}
