// Employees of one company. Every query names the tenant; a head's team narrows it further.
import { Brackets, In, IsNull, type SelectQueryBuilder } from 'typeorm';
import { isDuplicate } from '../../../platform/database/dialect.js';
import type { Database } from '../../../platform/database/unit-of-work.js';
import type { Employee, EnrolmentState, PeopleDirectory } from '../employee.js';
import type { EmployeeChange, NewEmployee, PeopleQuestion, PeopleStore } from '../people-store.js';
import { type EmployeeRow, codeKeyOf, employeeSchema, toEmployee } from './people.schema.js';

const CHUNK = 400;

export class PeopleRepository implements PeopleDirectory, PeopleStore {
  constructor(private readonly database: Database) {}

  async employee(tenantId: string, employeeId: string): Promise<Employee | null> {
    const row = await this.rows().findOneBy({ tenantId, id: employeeId });
    return row === null ? null : toEmployee(row);
  }

  async employees(tenantId: string, employeeIds: readonly string[]): Promise<Map<string, Employee>> {
    const found = new Map<string, Employee>();
    for (let at = 0; at < employeeIds.length; at += CHUNK) {
      const rows = await this.rows().findBy({ tenantId, id: In(employeeIds.slice(at, at + CHUNK)) });
      for (const row of rows) found.set(row.id, toEmployee(row));
    }
    return found;
  }

  async employedIdsAt(tenantId: string, siteId: string, date: string): Promise<string[]> {
    const rows: { id: string }[] = await this.ofTenant(tenantId)
      .select('employee.id', 'id')
      .andWhere('employee.siteId = :siteId', { siteId })
      .andWhere('employee.joined <= :date', { date })
      .andWhere('(employee.leftOn IS NULL OR employee.leftOn >= :date)')
      .getRawMany();
    return rows.map((row) => row.id);
  }

  async employedOn(
    tenantId: string,
    date: string,
    scope: { readonly department: string | null; readonly siteId: string | null },
  ): Promise<Employee[]> {
    const query = this.ofTenant(tenantId)
      .andWhere('employee.joined <= :date', { date })
      .andWhere('(employee.leftOn IS NULL OR employee.leftOn >= :date)');
    if (scope.department !== null) {
      query.andWhere('employee.department = :department', { department: scope.department });
    }
    if (scope.siteId !== null) query.andWhere('employee.siteId = :siteId', { siteId: scope.siteId });
    const rows = await query.orderBy('employee.name', 'ASC').addOrderBy('employee.id', 'ASC').getMany();
    return rows.map(toEmployee);
  }

  async byCodeWithPin(
    tenantId: string,
    code: string,
  ): Promise<{ employee: Employee; pinHash: string | null } | null> {
    const row = await this.rows().findOneBy({ tenantId, codeKey: codeKeyOf(code) });
    return row === null ? null : { employee: toEmployee(row), pinHash: row.pinHash };
  }

  async takenCodes(tenantId: string, codes: readonly string[]): Promise<Set<string>> {
    const taken = new Set<string>();
    for (let at = 0; at < codes.length; at += CHUNK) {
      const codeKey = In(codes.slice(at, at + CHUNK).map(codeKeyOf));
      for (const row of await this.rows().findBy({ tenantId, codeKey })) taken.add(row.codeKey);
    }
    return taken;
  }

  async add(employees: readonly NewEmployee[], createdAtMs: number): Promise<'added' | 'code-taken'> {
    const rows = employees.map((employee) => ({
      ...employee,
      codeKey: codeKeyOf(employee.code),
      leftOn: null,
      enrolment: 'none' as const,
      pinHash: null,
      createdAtMs,
    }));
    try {
      for (let at = 0; at < rows.length; at += CHUNK / 8) {
        await this.rows().insert(rows.slice(at, at + CHUNK / 8));
      }
      return 'added';
    } catch (error) {
      if (isDuplicate(error)) return 'code-taken';
      throw error;
    }
  }

  async change(
    tenantId: string,
    employeeId: string,
    change: EmployeeChange,
  ): Promise<'changed' | 'code-taken'> {
    const codeKey = change.code === undefined ? {} : { codeKey: codeKeyOf(change.code) };
    try {
      await this.rows().update({ tenantId, id: employeeId }, { ...change, ...codeKey });
      return 'changed';
    } catch (error) {
      if (isDuplicate(error)) return 'code-taken';
      throw error;
    }
  }

  async setPin(tenantId: string, employeeId: string, pinHash: string | null): Promise<void> {
    await this.rows().update({ tenantId, id: employeeId }, { pinHash });
  }

  async setEnrolment(tenantId: string, employeeId: string, enrolment: EnrolmentState): Promise<void> {
    await this.rows().update({ tenantId, id: employeeId }, { enrolment });
  }

  async leave(tenantId: string, employeeId: string, lastDay: string): Promise<boolean> {
    const gone = { leftOn: lastDay, pinHash: null };
    const { affected } = await this.rows().update({ tenantId, id: employeeId, leftOn: IsNull() }, gone);
    return affected === 1;
  }

  async page(question: PeopleQuestion): Promise<{ items: Employee[]; total: number }> {
    const query = this.ofTenant(question.tenantId);
    narrow(query, question);
    const total = await query.getCount();
    if (question.after !== null) {
      query.andWhere(
        new Brackets((or) =>
          or
            .where('employee.name > :afterName')
            .orWhere('(employee.name = :afterName AND employee.id > :afterId)'),
        ),
        { afterName: question.after.name, afterId: question.after.id },
      );
    }
    const rows = await query
      .orderBy('employee.name', 'ASC')
      .addOrderBy('employee.id', 'ASC')
      .take(question.limit)
      .getMany();
    return { items: rows.map(toEmployee), total };
  }

  private ofTenant(tenantId: string): SelectQueryBuilder<EmployeeRow> {
    return this.rows().createQueryBuilder('employee').where('employee.tenantId = :tenantId', { tenantId });
  }

  private rows() {
    return this.database.manager().getRepository(employeeSchema);
  }
}

function narrow(query: SelectQueryBuilder<EmployeeRow>, question: PeopleQuestion): void {
  if (question.department !== null) {
    query.andWhere('employee.department = :department', { department: question.department });
  }
  if (question.state === 'employed') {
    query.andWhere('(employee.leftOn IS NULL OR employee.leftOn >= :today)', { today: question.today });
  }
  if (question.state === 'left') query.andWhere('employee.leftOn < :today', { today: question.today });
  if (question.search !== '') {
    const search = `%${question.search.toLowerCase().replace(/[\\%_]/g, '')}%`;
    query.andWhere(
      '(LOWER(employee.name) LIKE :search OR employee.codeKey LIKE :search OR LOWER(employee.department) LIKE :search)',
      { search },
    );
  }
}
