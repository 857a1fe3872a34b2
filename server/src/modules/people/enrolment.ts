// HR starts or cancels an enrolment at one tablet. A real company must have saved its root key first: without it a lost
// disk makes every template unreadable.
import { randomUUID } from 'node:crypto';
import type { PersonDetail } from '@hazri/shared/protocol/console-types';
import { type Result, err, ok } from '@hazri/shared/result';
import type { Clock } from '../../platform/clock/clock.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Refusal } from '../../platform/http/refusal.js';
import type { UserRequest } from '../../platform/http/principal.js';
import type { PersonEditor } from './change-people.js';
import type { DeviceDirectory } from './employee.js';
import { TICKET_LIFE_MS, type TicketStore } from './enrolment-tickets.js';

export class StartEnrolment {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly editor: PersonEditor,
    private readonly tickets: TicketStore,
    private readonly devices: DeviceDirectory,
    private readonly clock: Clock,
  ) {}

  run(by: UserRequest, personId: string, deviceId: string): Promise<Result<PersonDetail, Refusal>> {
    const { tenantId } = by.principal;
    const { people, records, companies, details } = this.editor;
    return this.unitOfWork.attempt<PersonDetail, Refusal>(async () => {
      const employee = await people.employee(tenantId, personId);
      if (employee === null) return err('NOT_FOUND');
      if (employee.leftOn !== null) return err('PERSON_LEFT');
      const company = await companies.company(tenantId);
      if (company === null || !(company.isDemo || company.isRootKeySaved)) return err('ROOT_KEY_NOT_SAVED');
      const device = await this.devices.device(tenantId, deviceId);
      if (device?.isActive !== true) return err('DEVICE_NOT_ACTIVE');
      await this.closeOpen(tenantId, { employeeId: personId });
      await this.closeOpen(tenantId, { deviceId });
      const createdAtMs = this.clock.nowMs();
      await this.tickets.addTicket({
        id: randomUUID(),
        tenantId,
        employeeId: personId,
        deviceId,
        state: 'open',
        createdAtMs,
        expiresAtMs: createdAtMs + TICKET_LIFE_MS,
      });
      records.changed(by.actor, employee, 'person.enrolment-started', { device: device.name });
      return ok(await details.of(employee));
    });
  }

  private async closeOpen(
    tenantId: string,
    of: { readonly employeeId: string } | { readonly deviceId: string },
  ): Promise<void> {
    const open = await this.tickets.openFor(tenantId, of);
    if (open !== null) await this.tickets.closeTicket(tenantId, open.id, 'cancelled');
  }
}

export class CancelEnrolment {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly editor: PersonEditor,
    private readonly tickets: TicketStore,
  ) {}

  run(by: UserRequest, personId: string): Promise<Result<PersonDetail, Refusal>> {
    const { tenantId } = by.principal;
    const { people, records, details } = this.editor;
    return this.unitOfWork.attempt<PersonDetail, Refusal>(async () => {
      const employee = await people.employee(tenantId, personId);
      if (employee === null) return err('NOT_FOUND');
      const open = await this.tickets.openFor(tenantId, { employeeId: personId });
      if (open === null) return err('ALREADY_DONE');
      await this.tickets.closeTicket(tenantId, open.id, 'cancelled');
      records.changed(by.actor, employee, 'person.enrolment-cancelled');
      return ok(await details.of(employee));
    });
  }
}
