// What every change of an employee leaves behind: an audit row in the same unit of work, a live event after the commit.
import type { Actor } from '../../platform/http/principal.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { AuditDetail, AuditTrail } from '../audit/public.js';
import type { LiveEvents } from '../live/public.js';
import type { Employee } from './employee.js';

export class PersonRecords {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly live: LiveEvents,
  ) {}

  changed(
    actor: Actor,
    employee: Pick<Employee, 'id' | 'tenantId' | 'code' | 'department'>,
    action: string,
    detail?: AuditDetail,
  ): void {
    const { tenantId, id, code, department } = employee;
    this.audit.record({
      tenantId,
      actor,
      action,
      subject: code,
      ...(detail === undefined ? {} : { detail }),
    });
    this.unitOfWork.afterCommit(() => {
      this.live.publish(tenantId, { type: 'person', id }, { department });
    });
  }

  imported(actor: Actor, tenantId: string, count: number): void {
    this.audit.record({ tenantId, actor, action: 'people.imported', detail: { count } });
  }
}
