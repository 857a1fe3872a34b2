// Rows of employees, their consents and their enrolment tickets.
import { EntitySchema } from 'typeorm';
import { id, instantMs, nullable, primaryId, shortText } from '../../../platform/database/columns.js';
import type { Employee, EnrolmentState } from '../employee.js';
import type { StoredConsent, Ticket } from '../enrolment-tickets.js';

export interface EmployeeRow {
  id: string;
  tenantId: string;
  code: string;
  /** Codes differ in more than case. */
  codeKey: string;
  name: string;
  department: string | null;
  siteId: string;
  locale: Employee['locale'];
  joined: string;
  leftOn: string | null;
  enrolment: EnrolmentState;
  pinHash: string | null;
  createdAtMs: number;
}
export const employeeSchema = new EntitySchema<EmployeeRow>({
  name: 'Employee',
  tableName: 'employee',
  columns: {
    id: primaryId,
    tenantId: id,
    code: shortText(32),
    codeKey: shortText(32),
    name: shortText(120),
    department: nullable(shortText(80)),
    siteId: id,
    locale: shortText(8),
    joined: shortText(10),
    leftOn: nullable(shortText(10)),
    enrolment: shortText(20),
    pinHash: nullable(shortText(200)),
    createdAtMs: instantMs,
  },
});

export const codeKeyOf = (code: string): string => code.trim().toLowerCase();

export function toEmployee(row: EmployeeRow): Employee {
  const { id: employeeId, tenantId, code, name, department, siteId, locale, joined, leftOn, enrolment } = row;
  const hasPin = row.pinHash !== null;
  return {
    id: employeeId,
    tenantId,
    code,
    name,
    department,
    siteId,
    locale,
    joined,
    leftOn,
    enrolment,
    hasPin,
  };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export const consentSchema = new EntitySchema<Mutable<StoredConsent>>({
  name: 'Consent',
  tableName: 'consent',
  columns: {
    id: primaryId,
    tenantId: id,
    employeeId: id,
    basis: shortText(20),
    noticeVersion: shortText(40),
    noticeSha256: shortText(64),
    locale: shortText(8),
    givenAtMs: instantMs,
    withdrawnAtMs: nullable(instantMs),
    deviceId: nullable(id),
    createdAtMs: instantMs,
  },
});

export const ticketSchema = new EntitySchema<Mutable<Ticket>>({
  name: 'EnrolmentTicket',
  tableName: 'enrolment_ticket',
  columns: {
    id: primaryId,
    tenantId: id,
    employeeId: id,
    deviceId: id,
    state: shortText(20),
    createdAtMs: instantMs,
    expiresAtMs: instantMs,
  },
});
