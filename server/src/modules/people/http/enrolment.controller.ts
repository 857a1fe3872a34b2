// Starts and ends enrolments and issues PINs.
import { Controller, Inject } from '@nestjs/common';
import { Requires } from '../../../platform/http/access.js';
import { Checked, Handles, type Input } from '../../../platform/http/console-route.js';
import type { UserRequest } from '../../../platform/http/principal.js';
import { answer } from '../../../platform/http/refusal.js';
import { CurrentUser } from '../../../platform/http/request.js';
import { CancelEnrolment, StartEnrolment } from '../enrolment.js';
import { IssuePin } from '../issue-pin.js';
import { WithdrawConsent } from '../offboard.js';

@Controller()
export class EnrolmentController {
  constructor(
    @Inject(StartEnrolment) private readonly startEnrolment: StartEnrolment,
    @Inject(CancelEnrolment) private readonly cancelEnrolment: CancelEnrolment,
    @Inject(WithdrawConsent) private readonly withdrawConsent: WithdrawConsent,
    @Inject(IssuePin) private readonly issuePin: IssuePin,
  ) {}

  @Requires('enrolment.manage')
  @Handles('startEnrolment')
  async start(@CurrentUser() by: UserRequest, @Checked() input: Input<'startEnrolment'>) {
    return answer(await this.startEnrolment.run(by, input.params.id, input.body.deviceId));
  }

  @Requires('enrolment.manage')
  @Handles('cancelEnrolment')
  async cancel(@CurrentUser() by: UserRequest, @Checked() input: Input<'cancelEnrolment'>) {
    return answer(await this.cancelEnrolment.run(by, input.params.id));
  }

  @Requires('enrolment.manage')
  @Handles('withdrawConsent')
  async withdraw(@CurrentUser() by: UserRequest, @Checked() input: Input<'withdrawConsent'>) {
    return answer(await this.withdrawConsent.run(by, input.params.id));
  }

  @Requires('people.manage')
  @Handles('issuePin')
  async pin(@CurrentUser() by: UserRequest, @Checked() input: Input<'issuePin'>) {
    return answer(await this.issuePin.run(by, input.params.id));
  }
}
