// The company's policy for the console.
import { Controller, Inject } from '@nestjs/common';
import { Requires } from '../../../platform/http/access.js';
import { Checked, Handles, type Input } from '../../../platform/http/console-route.js';
import type { UserRequest } from '../../../platform/http/principal.js';
import { CurrentUser } from '../../../platform/http/request.js';
import { KeepPolicy } from '../keep-policy.js';

@Controller()
export class PolicyController {
  constructor(@Inject(KeepPolicy) private readonly policy: KeepPolicy) {}

  @Requires('company.read')
  @Handles('policy')
  read(@CurrentUser() by: UserRequest) {
    return this.policy.read(by.principal.tenantId);
  }

  @Requires('company.manage')
  @Handles('updatePolicy')
  change(@CurrentUser() by: UserRequest, @Checked() input: Input<'updatePolicy'>) {
    return this.policy.change(by, input.body);
  }
}
