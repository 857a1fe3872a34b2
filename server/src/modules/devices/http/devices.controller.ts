// Devices and pairings for the console.
import { Controller, Inject } from '@nestjs/common';
import { Requires } from '../../../platform/http/access.js';
import { Checked, Handles, type Input } from '../../../platform/http/console-route.js';
import type { UserRequest } from '../../../platform/http/principal.js';
import { answer } from '../../../platform/http/refusal.js';
import { CurrentUser } from '../../../platform/http/request.js';
import { CreatePairing } from '../create-pairing.js';
import { KeepDevices } from '../keep-devices.js';
import { SettlePairing } from '../settle-pairing.js';

@Controller()
export class DevicesController {
  constructor(
    @Inject(KeepDevices) private readonly devices: KeepDevices,
    @Inject(CreatePairing) private readonly createPairing: CreatePairing,
    @Inject(SettlePairing) private readonly settlePairing: SettlePairing,
  ) {}

  @Requires('devices.read')
  @Handles('devices')
  async list(@CurrentUser() by: UserRequest) {
    return { items: await this.devices.list(by.principal.tenantId) };
  }

  @Requires('devices.manage')
  @Handles('createPairing')
  async create(@CurrentUser() by: UserRequest, @Checked() input: Input<'createPairing'>) {
    return answer(await this.createPairing.run(by, input.body));
  }

  @Requires('devices.manage')
  @Handles('pairing')
  async pairing(@CurrentUser() by: UserRequest, @Checked() input: Input<'pairing'>) {
    return answer(await this.settlePairing.read(by.principal.tenantId, input.params.id));
  }

  @Requires('devices.manage')
  @Handles('confirmPairing')
  async confirm(@CurrentUser() by: UserRequest, @Checked() input: Input<'confirmPairing'>) {
    return answer(await this.settlePairing.confirm(by, input.params.id, input.body.cameraPin));
  }

  @Requires('devices.manage')
  @Handles('refusePairing')
  async refuse(@CurrentUser() by: UserRequest, @Checked() input: Input<'refusePairing'>) {
    return answer(await this.settlePairing.refuse(by, input.params.id));
  }

  @Requires('devices.manage')
  @Handles('updateDevice')
  async update(@CurrentUser() by: UserRequest, @Checked() input: Input<'updateDevice'>) {
    return answer(await this.devices.update(by, input.params.id, input.body));
  }

  @Requires('devices.manage')
  @Handles('revokeDevice')
  async revoke(@CurrentUser() by: UserRequest, @Checked() input: Input<'revokeDevice'>) {
    return answer(await this.devices.revoke(by, input.params.id));
  }
}
