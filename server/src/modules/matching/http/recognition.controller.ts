// The recognition models that tablets run, and the change from one to the next. Counts only, no people.
import { Controller, Inject } from '@nestjs/common';
import { Requires } from '../../../platform/http/access.js';
import { Checked, Handles, type Input } from '../../../platform/http/console-route.js';
import type { UserRequest } from '../../../platform/http/principal.js';
import { answer } from '../../../platform/http/refusal.js';
import { CurrentUser } from '../../../platform/http/request.js';
import { RecognitionModels } from '../recognition-models.js';

@Controller()
export class RecognitionController {
  constructor(@Inject(RecognitionModels) private readonly models: RecognitionModels) {}

  @Requires('devices.read')
  @Handles('recognition')
  read(@CurrentUser() by: UserRequest) {
    return this.models.read(by.principal.tenantId);
  }

  @Requires('devices.manage')
  @Handles('startRollOver')
  async start(@CurrentUser() by: UserRequest, @Checked() input: Input<'startRollOver'>) {
    return answer(await this.models.start(by, input.body.next));
  }

  @Requires('devices.manage')
  @Handles('endRollOver')
  async end(@CurrentUser() by: UserRequest) {
    return answer(await this.models.end(by));
  }
}
