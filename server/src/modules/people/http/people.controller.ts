// Employees: reading, adding, changing, leaving, enrolment and PINs.
import { Controller, Inject } from '@nestjs/common';
import { Requires } from '../../../platform/http/access.js';
import { Checked, Handles, type Input } from '../../../platform/http/console-route.js';
import type { UserRequest } from '../../../platform/http/principal.js';
import { answer } from '../../../platform/http/refusal.js';
import { CurrentUser } from '../../../platform/http/request.js';
import { CreatePerson, UpdatePerson } from '../change-people.js';
import { ImportPeople } from '../import-people.js';
import { LeavePerson } from '../offboard.js';
import { ListPeople, ReadPerson } from '../read-people.js';

@Controller()
export class PeopleController {
  constructor(
    @Inject(ListPeople) private readonly listPeople: ListPeople,
    @Inject(ReadPerson) private readonly readPerson: ReadPerson,
    @Inject(CreatePerson) private readonly createPerson: CreatePerson,
    @Inject(UpdatePerson) private readonly updatePerson: UpdatePerson,
    @Inject(LeavePerson) private readonly leavePerson: LeavePerson,
  ) {}

  @Requires('people.read')
  @Handles('people')
  list(@CurrentUser() by: UserRequest, @Checked() input: Input<'people'>) {
    return this.listPeople.run(by.principal, input.query);
  }

  @Requires('people.read')
  @Handles('person')
  async read(@CurrentUser() by: UserRequest, @Checked() input: Input<'person'>) {
    return answer(await this.readPerson.run(by.principal, input.params.id));
  }

  @Requires('people.manage')
  @Handles('createPerson')
  async create(@CurrentUser() by: UserRequest, @Checked() input: Input<'createPerson'>) {
    return answer(await this.createPerson.run(by, input.body));
  }

  @Requires('people.manage')
  @Handles('updatePerson')
  async update(@CurrentUser() by: UserRequest, @Checked() input: Input<'updatePerson'>) {
    return answer(await this.updatePerson.run(by, input.params.id, input.body));
  }

  @Requires('people.manage')
  @Handles('leavePerson')
  async leave(@CurrentUser() by: UserRequest, @Checked() input: Input<'leavePerson'>) {
    return answer(await this.leavePerson.run(by, input.params.id, input.body.lastDay));
  }
}

@Controller()
export class ImportController {
  constructor(@Inject(ImportPeople) private readonly importPeople: ImportPeople) {}

  @Requires('people.manage')
  @Handles('importPeople')
  async import(@CurrentUser() by: UserRequest, @Checked() input: Input<'importPeople'>) {
    const { tenantId } = by.principal;
    return answer(await this.importPeople.run({ tenantId, actor: by.actor }, input.body.csv));
  }
}
