// Enrolment tickets and consents of one company's employees.
import { IsNull } from 'typeorm';
import type { Database } from '../../../platform/database/unit-of-work.js';
import type { StoredConsent, Ticket, TicketStore } from '../enrolment-tickets.js';
import type { ConsentStore } from '../person-detail.js';
import { consentSchema, ticketSchema } from './people.schema.js';

export class EnrolmentRepository implements TicketStore, ConsentStore {
  constructor(private readonly database: Database) {}

  ticket(tenantId: string, ticketId: string): Promise<Ticket | null> {
    return this.database.lockRow(ticketSchema, { tenantId, id: ticketId });
  }

  openFor(tenantId: string, by: { deviceId: string } | { employeeId: string }): Promise<Ticket | null> {
    return this.tickets().findOne({
      where: { tenantId, state: 'open', ...by },
      order: { createdAtMs: 'DESC', id: 'ASC' },
    });
  }

  async addTicket(ticket: Ticket): Promise<void> {
    await this.tickets().insert({ ...ticket });
  }

  async closeTicket(tenantId: string, ticketId: string, state: 'used' | 'cancelled'): Promise<void> {
    await this.tickets().update({ tenantId, id: ticketId }, { state });
  }

  async addConsent(consent: StoredConsent): Promise<void> {
    await this.consents().insert({ ...consent });
  }

  latestConsent(tenantId: string, employeeId: string): Promise<StoredConsent | null> {
    return this.consents().findOne({
      where: { tenantId, employeeId },
      order: { createdAtMs: 'DESC', id: 'ASC' },
    });
  }

  async withdrawConsents(tenantId: string, employeeId: string, withdrawnAtMs: number): Promise<void> {
    await this.consents().update({ tenantId, employeeId, withdrawnAtMs: IsNull() }, { withdrawnAtMs });
  }

  private tickets() {
    return this.database.manager().getRepository(ticketSchema);
  }

  private consents() {
    return this.database.manager().getRepository(consentSchema);
  }
}
