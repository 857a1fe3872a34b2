// People who look alike, and the comparison that finds them.
import { Controller, Inject } from '@nestjs/common';
import { Requires } from '../../../platform/http/access.js';
import { Checked, Handles, type Input } from '../../../platform/http/console-route.js';
import type { UserRequest } from '../../../platform/http/principal.js';
import { answer } from '../../../platform/http/refusal.js';
import { CurrentUser } from '../../../platform/http/request.js';
import { LookAlikeCheck } from '../look-alike-check.js';
import { LookAlikes } from '../look-alikes.js';

@Controller()
export class LookAlikesController {
  constructor(
    @Inject(LookAlikes) private readonly lookAlikes: LookAlikes,
    @Inject(LookAlikeCheck) private readonly check: LookAlikeCheck,
  ) {}

  @Requires('enrolment.manage')
  @Handles('lookAlikes')
  list(@CurrentUser() by: UserRequest, @Checked() input: Input<'lookAlikes'>) {
    return this.lookAlikes.page(by, input.query);
  }

  @Requires('enrolment.manage')
  @Handles('decideLookAlike')
  async decide(@CurrentUser() by: UserRequest, @Checked() input: Input<'decideLookAlike'>) {
    return answer(await this.lookAlikes.decide(by, input.params.id, input.body.decision));
  }

  @Requires('enrolment.manage')
  @Handles('lookAlikeCheck')
  checkState(@CurrentUser() by: UserRequest) {
    return this.check.view(by.principal.tenantId);
  }

  @Requires('enrolment.manage')
  @Handles('startLookAlikeCheck')
  startCheck(@CurrentUser() by: UserRequest) {
    return this.check.start(by.principal.tenantId, by.actor);
  }
}
