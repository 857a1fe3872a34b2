// Employees for the console. A head sees the own team only; whoever is outside it is not found.
import type { Person, PersonDetail } from '@hazri/shared/protocol/console-types';
import { type Result, err, ok } from '@hazri/shared/result';
import { localDate } from '../../platform/clock/local-date.js';
import type { Clock } from '../../platform/clock/clock.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { UserPrincipal } from '../../platform/http/principal.js';
import type { CompanyDirectory } from '../tenants/public.js';
import type { Employee } from './employee.js';
import type { PeopleQuestion, PeopleStore } from './people-store.js';
import { type PersonDetails, toPerson } from './person-detail.js';

const DEFAULT_LIMIT = 50;

export class ListPeople {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly people: PeopleStore,
    private readonly details: PersonDetails,
    private readonly companies: CompanyDirectory,
    private readonly clock: Clock,
  ) {}

  run(
    by: UserPrincipal,
    question: {
      readonly search?: string | undefined;
      readonly state?: PeopleQuestion['state'] | undefined;
      readonly cursor?: string | undefined;
      readonly limit?: number | undefined;
    },
  ): Promise<{ items: Person[]; nextCursor: string | null; total: number }> {
    const limit = question.limit ?? DEFAULT_LIMIT;
    return this.unitOfWork.run(async () => {
      const company = await this.companies.company(by.tenantId);
      const { items, total } = await this.people.page({
        tenantId: by.tenantId,
        department: by.department,
        search: question.search?.trim() ?? '',
        state: question.state ?? 'employed',
        today: localDate(this.clock.nowMs(), company?.zone ?? 'UTC'),
        after: await this.startAfter(by, question.cursor),
        limit: limit + 1,
      });
      const shown = items.slice(0, limit);
      const last = shown.at(-1);
      const people: Person[] = [];
      for (const employee of shown) people.push(toPerson(employee, await this.details.isWaiting(employee)));
      const nextCursor = items.length > limit && last !== undefined ? last.id : null;
      return { items: people, nextCursor, total };
    });
  }

  /** The cursor is the last person shown; one that nobody has starts from the beginning. */
  private startAfter(by: UserPrincipal, cursor: string | undefined): Promise<Employee | null> {
    return cursor === undefined ? Promise.resolve(null) : this.people.employee(by.tenantId, cursor);
  }
}

export class ReadPerson {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly people: PeopleStore,
    private readonly details: PersonDetails,
  ) {}

  run(by: UserPrincipal, personId: string): Promise<Result<PersonDetail, 'NOT_FOUND'>> {
    return this.unitOfWork.run(async () => {
      const employee = await this.people.employee(by.tenantId, personId);
      return isVisible(employee, by) ? ok(await this.details.of(employee)) : err('NOT_FOUND');
    });
  }
}

function isVisible(employee: Employee | null, by: UserPrincipal): employee is Employee {
  return employee !== null && (by.department === null || by.department === employee.department);
}
