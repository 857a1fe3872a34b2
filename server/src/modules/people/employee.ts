// An employee as the rest of the server sees one, and the ports that the people module needs from others.
import type { TemplateView } from '@hazri/shared/protocol/console-types';
import type { Locale } from '@hazri/shared/protocol/primitives';

export type EnrolmentState = 'none' | 'enrolled' | 'withdrawn' | 'destroyed';

export interface Employee {
  readonly id: string;
  readonly tenantId: string;
  readonly code: string;
  readonly name: string;
  readonly department: string | null;
  readonly siteId: string;
  readonly locale: Locale;
  /** Local date, inclusive. */
  readonly joined: string;
  /** Last day of work, inclusive; null while employed. */
  readonly leftOn: string | null;
  readonly enrolment: EnrolmentState;
  readonly hasPin: boolean;
}

/** Whether the person works here on a local date (YYYY-MM-DD). */
export const isEmployedOn = (employee: Employee, date: string): boolean =>
  employee.joined <= date && (employee.leftOn === null || date <= employee.leftOn);

export const PEOPLE_DIRECTORY = Symbol('PeopleDirectory');

/** Every method runs inside the caller's unit of work. */
export interface PeopleDirectory {
  employee(tenantId: string, employeeId: string): Promise<Employee | null>;
  /** Unknown ids are missing from the map. */
  employees(tenantId: string, employeeIds: readonly string[]): Promise<Map<string, Employee>>;
  /** Ids of who works at a site on a local date. */
  employedIdsAt(tenantId: string, siteId: string, date: string): Promise<string[]>;
  /** Employed on a local date, by name. */
  employedOn(
    tenantId: string,
    date: string,
    scope: { readonly department: string | null; readonly siteId: string | null },
  ): Promise<Employee[]>;
}

/** The matching module provides it under this token. */
export const TEMPLATE_STORE = Symbol('TemplateStore');

/** Both methods run inside the caller's unit of work. */
export interface TemplateStore {
  /** Destroys the person's templates and their key; the gallery forgets them after the commit. */
  destroyFor(tenantId: string, employeeId: string): Promise<void>;
  templatesOf(tenantId: string, employeeId: string): Promise<readonly TemplateView[]>;
}

/** The devices module provides it under this token. */
export const DEVICE_DIRECTORY = Symbol('DeviceDirectory');

/** Runs inside the caller's unit of work. */
export interface DeviceDirectory {
  device(
    tenantId: string,
    deviceId: string,
  ): Promise<{ readonly id: string; readonly name: string; readonly isActive: boolean } | null>;
}
