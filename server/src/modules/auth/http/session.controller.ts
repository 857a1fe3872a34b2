// Signing in and out, the own account, and one-time links.
import { Controller, Inject, Res } from '@nestjs/common';
import { Public, RequiresSignIn } from '../../../platform/http/access.js';
import { Checked, Handles, type Input } from '../../../platform/http/console-route.js';
import type { UserRequest } from '../../../platform/http/principal.js';
import { answer } from '../../../platform/http/refusal.js';
import { ClientAddress, CurrentUser, type HazriResponse } from '../../../platform/http/request.js';
import { ChangePassword, CurrentSession, SetLocale, SignOut } from '../own-account.js';
import { SignIn } from '../sign-in.js';
import { AcceptInvitation, CompleteReset } from '../use-link.js';
import { clearSessionCookie, setSessionCookie } from './session-cookie.js';

@Controller()
export class SessionController {
  constructor(
    @Inject(SignIn) private readonly signIn: SignIn,
    @Inject(SignOut) private readonly signOut: SignOut,
    @Inject(CurrentSession) private readonly currentSession: CurrentSession,
    @Inject(ChangePassword) private readonly changePassword: ChangePassword,
    @Inject(SetLocale) private readonly setLocale: SetLocale,
  ) {}

  @Public()
  @Handles('signIn')
  async open(
    @ClientAddress() address: string,
    @Checked() input: Input<'signIn'>,
    @Res({ passthrough: true }) response: HazriResponse,
  ) {
    return setSessionCookie(response, answer(await this.signIn.run({ ...input.body, address })));
  }

  @RequiresSignIn({ beforePasswordChange: true })
  @Handles('currentSession')
  current(@CurrentUser() by: UserRequest) {
    return this.currentSession.run(by);
  }

  @RequiresSignIn({ beforePasswordChange: true })
  @Handles('signOut')
  async close(@CurrentUser() by: UserRequest, @Res({ passthrough: true }) response: HazriResponse) {
    return clearSessionCookie(response, await this.signOut.run(by));
  }

  @RequiresSignIn({ beforePasswordChange: true })
  @Handles('changePassword')
  async password(
    @CurrentUser() by: UserRequest,
    @Checked() input: Input<'changePassword'>,
    @Res({ passthrough: true }) response: HazriResponse,
  ) {
    return setSessionCookie(response, answer(await this.changePassword.run(by, input.body)));
  }

  @RequiresSignIn({ beforePasswordChange: true })
  @Handles('setLocale')
  language(@CurrentUser() by: UserRequest, @Checked() input: Input<'setLocale'>) {
    return this.setLocale.run(by, input.body.locale);
  }
}

@Controller()
export class LinkController {
  constructor(
    @Inject(AcceptInvitation) private readonly acceptInvitation: AcceptInvitation,
    @Inject(CompleteReset) private readonly completeReset: CompleteReset,
  ) {}

  @Public()
  @Handles('acceptInvitation')
  async accept(
    @ClientAddress() address: string,
    @Checked() input: Input<'acceptInvitation'>,
    @Res({ passthrough: true }) response: HazriResponse,
  ) {
    return setSessionCookie(response, answer(await this.acceptInvitation.run({ ...input.body, address })));
  }

  @Public()
  @Handles('completeReset')
  async reset(@ClientAddress() address: string, @Checked() input: Input<'completeReset'>) {
    return answer(await this.completeReset.run({ ...input.body, address }));
  }
}
