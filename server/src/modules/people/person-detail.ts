// One employee as the console shows one: with consent, templates (never their contents) and an open ticket.
import type { Person, PersonDetail } from '@hazri/shared/protocol/console-types';
import type { Clock } from '../../platform/clock/clock.js';
import type { DeviceDirectory, Employee, TemplateStore } from './employee.js';
import type { StoredConsent, TicketStore } from './enrolment-tickets.js';

/** Every method runs inside the caller's unit of work. */
export interface ConsentStore {
  latestConsent(tenantId: string, employeeId: string): Promise<StoredConsent | null>;
  withdrawConsents(tenantId: string, employeeId: string, withdrawnAtMs: number): Promise<void>;
}

export function toPerson(employee: Employee, isWaiting: boolean): Person {
  const { id, code, name, department, siteId, locale, joined, leftOn, hasPin } = employee;
  const enrolment = isWaiting && employee.enrolment !== 'enrolled' ? 'waiting' : employee.enrolment;
  return { id, code, name, department, siteId, locale, joined, left: leftOn, enrolment, hasPin };
}

/** Reads inside the caller's unit of work. */
export class PersonDetails {
  constructor(
    private readonly tickets: TicketStore,
    private readonly consents: ConsentStore,
    private readonly templates: TemplateStore,
    private readonly devices: DeviceDirectory,
    private readonly clock: Clock,
  ) {}

  async of(employee: Employee): Promise<PersonDetail> {
    const { tenantId, id } = employee;
    const consent = await this.consents.latestConsent(tenantId, id);
    const ticket = await this.openTicket(tenantId, id);
    return {
      ...toPerson(employee, ticket !== null),
      consent: consent === null ? null : await this.consentView(consent),
      templates: [...(await this.templates.templatesOf(tenantId, id))],
      ticket,
    };
  }

  async isWaiting(employee: Employee): Promise<boolean> {
    return (await this.openTicket(employee.tenantId, employee.id)) !== null;
  }

  private async openTicket(tenantId: string, employeeId: string): Promise<PersonDetail['ticket']> {
    const ticket = await this.tickets.openFor(tenantId, { employeeId });
    if (ticket === null || ticket.expiresAtMs <= this.clock.nowMs()) return null;
    const { id, deviceId, expiresAtMs } = ticket;
    return { id, deviceId, deviceName: await this.deviceName(tenantId, deviceId), expiresAtMs };
  }

  private async consentView(consent: StoredConsent): Promise<NonNullable<PersonDetail['consent']>> {
    const { basis, noticeVersion, locale, givenAtMs, withdrawnAtMs, tenantId, deviceId } = consent;
    const deviceName = deviceId === null ? null : await this.deviceName(tenantId, deviceId);
    return { basis, noticeVersion, locale, givenAtMs, withdrawnAtMs, deviceName };
  }

  private async deviceName(tenantId: string, deviceId: string): Promise<string> {
    return (await this.devices.device(tenantId, deviceId))?.name ?? '—';
  }
}
