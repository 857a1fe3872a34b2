// Enrolment tickets: HR lets one employee enrol at one tablet for a short time. Without an open ticket nothing that a
// tablet sends becomes a template, and without a stored consent no ticket is completed.
import { randomUUID } from 'node:crypto';
import type { EnrolmentTicket } from '@hazri/shared/protocol/device';
import type { ConsentRecord } from '@hazri/shared/protocol/event';
import { type Result, err, ok } from '@hazri/shared/result';
import type { Clock } from '../../platform/clock/clock.js';
import type { Actor } from '../../platform/http/principal.js';
import type { Employee, EnrolmentState } from './employee.js';
import type { PersonRecords } from './person-records.js';

export const TICKET_LIFE_MS = 30 * 60_000;

export interface Ticket {
  readonly id: string;
  readonly tenantId: string;
  readonly employeeId: string;
  readonly deviceId: string;
  readonly state: 'open' | 'used' | 'cancelled';
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

export interface StoredConsent extends ConsentRecord {
  readonly id: string;
  readonly tenantId: string;
  readonly employeeId: string;
  readonly deviceId: string | null;
  readonly withdrawnAtMs: number | null;
  readonly createdAtMs: number;
}

/** Every method runs inside the caller's unit of work. */
export interface TicketStore {
  ticket(tenantId: string, ticketId: string): Promise<Ticket | null>;
  openFor(tenantId: string, by: { deviceId: string } | { employeeId: string }): Promise<Ticket | null>;
  addTicket(ticket: Ticket): Promise<void>;
  closeTicket(tenantId: string, ticketId: string, state: 'used' | 'cancelled'): Promise<void>;
  addConsent(consent: StoredConsent): Promise<void>;
}

export interface EnrolledEmployees {
  employee(tenantId: string, employeeId: string): Promise<Employee | null>;
  setEnrolment(tenantId: string, employeeId: string, state: EnrolmentState): Promise<void>;
}

export type TicketError = 'TICKET_UNKNOWN' | 'TICKET_EXPIRED' | 'CONSENT_MISSING' | 'NOT_EMPLOYED';

/** Every method runs inside the caller's unit of work. */
export class EnrolmentTickets {
  constructor(
    private readonly tickets: TicketStore,
    private readonly employees: EnrolledEmployees,
    private readonly records: PersonRecords,
    private readonly clock: Clock,
  ) {}

  /** What a tablet's heartbeat brings; null when nobody is to be enrolled there. */
  async openTicketForDevice(tenantId: string, deviceId: string): Promise<EnrolmentTicket | null> {
    const ticket = await this.tickets.openFor(tenantId, { deviceId });
    if (ticket === null || ticket.expiresAtMs <= this.clock.nowMs()) return null;
    const employee = await this.employees.employee(tenantId, ticket.employeeId);
    if (employee?.leftOn !== null) return null;
    return {
      ticketId: ticket.id,
      employeeId: employee.id,
      displayName: employee.name,
      employeeCode: employee.code,
      locale: employee.locale,
      basis: 'consent',
      expiresAtMs: ticket.expiresAtMs,
    };
  }

  /** Who may be enrolled with this ticket at `atMs`, before the templates are stored. */
  async check(input: {
    readonly tenantId: string;
    readonly deviceId: string;
    readonly ticketId: string;
    /** When the person enrolled at the tablet. */
    readonly atMs: number;
  }): Promise<Result<{ ticket: Ticket; employee: Employee }, TicketError>> {
    const ticket = await this.tickets.ticket(input.tenantId, input.ticketId);
    if (ticket?.deviceId !== input.deviceId || ticket.state !== 'open') return err('TICKET_UNKNOWN');
    if (input.atMs > ticket.expiresAtMs) return err('TICKET_EXPIRED');
    const employee = await this.employees.employee(input.tenantId, ticket.employeeId);
    if (employee?.leftOn !== null) return err('NOT_EMPLOYED');
    return ok({ ticket, employee });
  }

  /** The enrolment came to nothing (the face is another employee's): the ticket is over, and the console sees it. */
  async refuseTicket(input: {
    readonly tenantId: string;
    readonly actor: Actor;
    readonly ticketId: string;
    readonly employee: Employee;
    readonly reason: string;
  }): Promise<void> {
    await this.tickets.closeTicket(input.tenantId, input.ticketId, 'cancelled');
    this.records.changed(input.actor, input.employee, 'person.enrolment-refused', { reason: input.reason });
  }

  /** Stores the consent, closes the ticket and marks the employee as enrolled. The caller stores the templates. */
  async completeTicket(input: {
    readonly tenantId: string;
    readonly deviceId: string;
    readonly actor: Actor;
    readonly ticketId: string;
    readonly consent: ConsentRecord;
    readonly atMs: number;
  }): Promise<Result<Employee, TicketError>> {
    const checked = await this.check(input);
    if (!checked.ok) return checked;
    if (input.consent.basis !== 'consent') return err('CONSENT_MISSING');
    const { ticket, employee } = checked.value;
    await this.tickets.addConsent({
      ...input.consent,
      id: randomUUID(),
      tenantId: input.tenantId,
      employeeId: employee.id,
      deviceId: input.deviceId,
      withdrawnAtMs: null,
      createdAtMs: this.clock.nowMs(),
    });
    await this.tickets.closeTicket(input.tenantId, ticket.id, 'used');
    await this.employees.setEnrolment(input.tenantId, employee.id, 'enrolled');
    this.records.changed(input.actor, employee, 'person.enrolled', {
      noticeVersion: input.consent.noticeVersion,
      basis: input.consent.basis,
    });
    return ok({ ...employee, enrolment: 'enrolled' });
  }
}
