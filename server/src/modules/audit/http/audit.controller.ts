// Reads the audit trail; there is no route that changes it.
import { Controller, Inject } from '@nestjs/common';
import { Requires } from '../../../platform/http/access.js';
import { Checked, Handles, type Input } from '../../../platform/http/console-route.js';
import type { UserRequest } from '../../../platform/http/principal.js';
import { CurrentUser } from '../../../platform/http/request.js';
import { ListAudit } from '../list-audit.js';

@Controller()
export class AuditController {
  constructor(@Inject(ListAudit) private readonly listAudit: ListAudit) {}

  @Requires('audit.read')
  @Handles('audit')
  list(@CurrentUser() by: UserRequest, @Checked() input: Input<'audit'>) {
    return this.listAudit.run({ tenantId: by.principal.tenantId, ...input.query });
  }
}
