// What the people use-cases need from the database. Every method runs inside the caller's unit of work.
import type { Employee, EnrolmentState } from './employee.js';

export type NewEmployee = Omit<Employee, 'leftOn' | 'enrolment' | 'hasPin'>;
export type EmployeeChange = Partial<Omit<NewEmployee, 'id' | 'tenantId'>>;

export interface PeopleQuestion {
  readonly tenantId: string;
  /** A head's own team; null for all. */
  readonly department: string | null;
  readonly search: string;
  readonly state: 'employed' | 'left' | 'all';
  /** Local date that decides who is still employed. */
  readonly today: string;
  /** Only people after this one, by name; null from the start. */
  readonly after: { readonly name: string; readonly id: string } | null;
  readonly limit: number;
}

export interface PeopleStore {
  employee(tenantId: string, employeeId: string): Promise<Employee | null>;
  page(question: PeopleQuestion): Promise<{ items: Employee[]; total: number }>;
  /** Which of the codes exist already, in lower case. */
  takenCodes(tenantId: string, codes: readonly string[]): Promise<Set<string>>;
  add(employees: readonly NewEmployee[], createdAtMs: number): Promise<'added' | 'code-taken'>;
  change(tenantId: string, employeeId: string, change: EmployeeChange): Promise<'changed' | 'code-taken'>;
  setPin(tenantId: string, employeeId: string, pinHash: string | null): Promise<void>;
  setEnrolment(tenantId: string, employeeId: string, state: EnrolmentState): Promise<void>;
  /** Sets the last day and removes the PIN; false when the person has left already. */
  leave(tenantId: string, employeeId: string, lastDay: string): Promise<boolean>;
}
