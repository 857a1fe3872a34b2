// Leaving and withdrawing consent: templates and keys are destroyed in the same unit of work, open tickets are closed.
import type { PersonDetail } from '@hazri/shared/protocol/console-types';
import { type Result, err, ok } from '@hazri/shared/result';
import type { Clock } from '../../platform/clock/clock.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Refusal } from '../../platform/http/refusal.js';
import type { UserRequest } from '../../platform/http/principal.js';
import type { Employee, EnrolmentState, TemplateStore } from './employee.js';
import type { TicketStore } from './enrolment-tickets.js';
import type { PersonEditor } from './change-people.js';
import type { ConsentStore } from './person-detail.js';

/** Ends everything that biometric processing of one person rests on; inside the caller's unit of work. */
export class EndEnrolment {
  constructor(
    private readonly templates: TemplateStore,
    private readonly tickets: TicketStore,
    private readonly consents: ConsentStore,
    private readonly clock: Clock,
  ) {}

  async of(employee: Employee): Promise<void> {
    const { tenantId, id } = employee;
    await this.templates.destroyFor(tenantId, id);
    await this.consents.withdrawConsents(tenantId, id, this.clock.nowMs());
    const ticket = await this.tickets.openFor(tenantId, { employeeId: id });
    if (ticket !== null) await this.tickets.closeTicket(tenantId, ticket.id, 'cancelled');
  }
}

export class LeavePerson {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly editor: PersonEditor,
    private readonly endEnrolment: EndEnrolment,
  ) {}

  run(by: UserRequest, personId: string, lastDay: string): Promise<Result<PersonDetail, Refusal>> {
    const { tenantId } = by.principal;
    const { people, records, details } = this.editor;
    return this.unitOfWork.attempt<PersonDetail, Refusal>(async () => {
      const before = await people.employee(tenantId, personId);
      if (before === null) return err('NOT_FOUND');
      if (lastDay < before.joined) {
        return err({ code: 'REQUEST_INVALID', issues: [{ path: 'body.lastDay', code: 'BEFORE_JOINING' }] });
      }
      if (!(await people.leave(tenantId, personId, lastDay))) return err('PERSON_LEFT');
      await this.endEnrolment.of(before);
      const enrolment: EnrolmentState = before.enrolment === 'none' ? 'none' : 'destroyed';
      await people.setEnrolment(tenantId, personId, enrolment);
      records.changed(by.actor, before, 'person.left', { lastDay });
      return ok(await details.of({ ...before, leftOn: lastDay, enrolment, hasPin: false }));
    });
  }
}

export class WithdrawConsent {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly editor: PersonEditor,
    private readonly endEnrolment: EndEnrolment,
  ) {}

  run(by: UserRequest, personId: string): Promise<Result<PersonDetail, Refusal>> {
    const { tenantId } = by.principal;
    const { people, records, details } = this.editor;
    return this.unitOfWork.attempt<PersonDetail, Refusal>(async () => {
      const before = await people.employee(tenantId, personId);
      if (before === null) return err('NOT_FOUND');
      if (before.enrolment !== 'enrolled') return err('ALREADY_DONE');
      await this.endEnrolment.of(before);
      await people.setEnrolment(tenantId, personId, 'withdrawn');
      records.changed(by.actor, before, 'person.consent-withdrawn');
      return ok(await details.of({ ...before, enrolment: 'withdrawn' }));
    });
  }
}
