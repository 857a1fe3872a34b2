// Accounts of a company's console users.
import { Controller, Inject } from '@nestjs/common';
import { Requires } from '../../../platform/http/access.js';
import { Checked, Handles, type Input } from '../../../platform/http/console-route.js';
import type { UserRequest } from '../../../platform/http/principal.js';
import { answer } from '../../../platform/http/refusal.js';
import { CurrentUser } from '../../../platform/http/request.js';
import { DisableUser, InviteUser, ListUsers, ResetUser, SignOutUser } from '../manage-users.js';

@Controller()
export class UsersController {
  constructor(
    @Inject(ListUsers) private readonly listUsers: ListUsers,
    @Inject(InviteUser) private readonly inviteUser: InviteUser,
    @Inject(ResetUser) private readonly resetUser: ResetUser,
    @Inject(SignOutUser) private readonly signOutUser: SignOutUser,
    @Inject(DisableUser) private readonly disableUser: DisableUser,
  ) {}

  @Requires('users.read')
  @Handles('users')
  list(@CurrentUser() by: UserRequest) {
    return this.listUsers.run(by.principal.tenantId);
  }

  @Requires('users.manage')
  @Handles('inviteUser')
  async invite(@CurrentUser() by: UserRequest, @Checked() input: Input<'inviteUser'>) {
    return answer(await this.inviteUser.run(by, input.body));
  }

  @Requires('users.manage')
  @Handles('resetUser')
  async reset(@CurrentUser() by: UserRequest, @Checked() input: Input<'resetUser'>) {
    return answer(await this.resetUser.run(by, input.params.id));
  }

  @Requires('users.manage')
  @Handles('signOutUser')
  async signOut(@CurrentUser() by: UserRequest, @Checked() input: Input<'signOutUser'>) {
    return answer(await this.signOutUser.run(by, input.params.id));
  }

  @Requires('users.manage')
  @Handles('disableUser')
  async disable(@CurrentUser() by: UserRequest, @Checked() input: Input<'disableUser'>) {
    return answer(await this.disableUser.run(by, input.params.id));
  }
}
