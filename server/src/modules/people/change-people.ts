// Adds employees and changes what is known of them. A code belongs to one employee for ever, also after leaving.
import { randomUUID } from 'node:crypto';
import type { PersonDetail } from '@hazri/shared/protocol/console-types';
import { type Result, err, ok } from '@hazri/shared/result';
import type { Clock } from '../../platform/clock/clock.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Refusal } from '../../platform/http/refusal.js';
import type { UserRequest } from '../../platform/http/principal.js';
import type { CompanyDirectory } from '../tenants/public.js';
import type { Employee } from './employee.js';
import type { EmployeeChange, NewEmployee, PeopleStore } from './people-store.js';
import type { PersonDetails } from './person-detail.js';
import type { PersonRecords } from './person-records.js';

export type PersonInput = Omit<NewEmployee, 'id' | 'tenantId'>;

const SITE_UNKNOWN = {
  code: 'REQUEST_INVALID',
  issues: [{ path: 'body.siteId', code: 'SITE_UNKNOWN' }],
} as const;

/** An empty department is none. */
const departmentOf = (department: string | null): string | null => (department === '' ? null : department);

export class PersonEditor {
  constructor(
    readonly people: PeopleStore,
    readonly details: PersonDetails,
    readonly records: PersonRecords,
    readonly companies: CompanyDirectory,
  ) {}
}

export class CreatePerson {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly editor: PersonEditor,
    private readonly clock: Clock,
  ) {}

  run(by: UserRequest, input: PersonInput): Promise<Result<PersonDetail, Refusal>> {
    const { tenantId } = by.principal;
    const { people, records, companies, details } = this.editor;
    return this.unitOfWork.attempt<PersonDetail, Refusal>(async () => {
      if ((await companies.site(tenantId, input.siteId)) === null) return err(SITE_UNKNOWN);
      if ((await people.takenCodes(tenantId, [input.code])).size > 0) return err('PERSON_CODE_TAKEN');
      const id = randomUUID();
      const created = { ...input, department: departmentOf(input.department), id, tenantId };
      if ((await people.add([created], this.clock.nowMs())) === 'code-taken') return err('PERSON_CODE_TAKEN');
      records.changed(by.actor, created, 'person.created');
      const employee: Employee = { ...created, leftOn: null, enrolment: 'none', hasPin: false };
      return ok(await details.of(employee));
    });
  }
}

export class UpdatePerson {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly editor: PersonEditor,
  ) {}

  run(
    by: UserRequest,
    personId: string,
    given: { readonly [K in keyof PersonInput]?: PersonInput[K] | undefined },
  ): Promise<Result<PersonDetail, Refusal>> {
    const { tenantId } = by.principal;
    const { people, records, companies, details } = this.editor;
    return this.unitOfWork.attempt<PersonDetail, Refusal>(async () => {
      const before = await people.employee(tenantId, personId);
      if (before === null) return err('NOT_FOUND');
      if (before.leftOn !== null) return err('PERSON_LEFT');
      const change = changeOf(given, before);
      const fields = Object.keys(change);
      if (fields.length === 0) return ok(await details.of(before));
      if (change.siteId !== undefined && (await companies.site(tenantId, change.siteId)) === null) {
        return err(SITE_UNKNOWN);
      }
      const isRenamed = change.code !== undefined && change.code.toLowerCase() !== before.code.toLowerCase();
      if (isRenamed && (await people.takenCodes(tenantId, [change.code])).size > 0) {
        return err('PERSON_CODE_TAKEN');
      }
      if ((await people.change(tenantId, personId, change)) === 'code-taken') return err('PERSON_CODE_TAKEN');
      const after = { ...before, ...change };
      records.changed(by.actor, after, 'person.updated', { fields: fields.sort().join(',') });
      return ok(await details.of(after));
    });
  }
}

/** Only what is given and differs. */
function changeOf(
  given: { readonly [K in keyof PersonInput]?: PersonInput[K] | undefined },
  before: Employee,
): EmployeeChange {
  const wanted = {
    ...given,
    ...(given.department === undefined ? {} : { department: departmentOf(given.department) }),
  };
  const differing = Object.entries(wanted).filter(
    ([field, value]) => value !== undefined && value !== before[field as keyof PersonInput],
  );
  return Object.fromEntries(differing);
}
