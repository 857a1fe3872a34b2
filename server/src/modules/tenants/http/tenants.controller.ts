// Companies, sites and the copy of the root key.
import { Controller, Inject, Res } from '@nestjs/common';
import { Public, Requires } from '../../../platform/http/access.js';
import { Checked, Handles, type Input } from '../../../platform/http/console-route.js';
import type { UserRequest } from '../../../platform/http/principal.js';
import { answer } from '../../../platform/http/refusal.js';
import { ClientAddress, CurrentUser, type HazriResponse } from '../../../platform/http/request.js';
import { setSessionCookie } from '../../auth/public.js';
import { StartCompany } from '../create-company.js';
import { ConfirmRootKey, CopyRootKey } from '../root-key-copy.js';
import { CreateSite, ListSites } from '../sites.js';

@Controller()
export class TenantsController {
  constructor(
    @Inject(StartCompany) private readonly startCompany: StartCompany,
    @Inject(ListSites) private readonly listSites: ListSites,
    @Inject(CreateSite) private readonly createSite: CreateSite,
    @Inject(CopyRootKey) private readonly copyRootKey: CopyRootKey,
    @Inject(ConfirmRootKey) private readonly confirmRootKey: ConfirmRootKey,
  ) {}

  @Public()
  @Handles('createCompany')
  async found(
    @ClientAddress() address: string,
    @Checked() input: Input<'createCompany'>,
    @Res({ passthrough: true }) response: HazriResponse,
  ) {
    return setSessionCookie(response, answer(await this.startCompany.run(input.body, address)));
  }

  @Requires('company.read')
  @Handles('sites')
  sites(@CurrentUser() by: UserRequest) {
    return this.listSites.run(by.principal.tenantId);
  }

  @Requires('company.manage')
  @Handles('createSite')
  async addSite(@CurrentUser() by: UserRequest, @Checked() input: Input<'createSite'>) {
    return answer(await this.createSite.run(by, input.body));
  }

  @Requires('keys.manage')
  @Handles('rootKeyCopy')
  async copy(@CurrentUser() by: UserRequest, @Checked() input: Input<'rootKeyCopy'>) {
    return answer(await this.copyRootKey.run(by, input.body.password));
  }

  @Requires('keys.manage')
  @Handles('rootKeyConfirm')
  async confirm(@CurrentUser() by: UserRequest, @Checked() input: Input<'rootKeyConfirm'>) {
    return answer(await this.confirmRootKey.run(by, input.body.lastSix));
  }
}
