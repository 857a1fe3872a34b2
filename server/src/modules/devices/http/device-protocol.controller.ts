// What tablets call: pairing and heartbeat. Events have a controller of their own in the ingest module.
import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { DEVICE_PATHS, heartbeatRequest, pairRequest } from '@hazri/shared/protocol/device';
import { DeviceOnly, UnpairedDevice } from '../../../platform/http/access.js';
import { deviceBody } from '../../../platform/http/device-body.js';
import type { DevicePrincipal } from '../../../platform/http/principal.js';
import { answer } from '../../../platform/http/refusal.js';
import { ClientAddress, CurrentDevice } from '../../../platform/http/request.js';
import { Heartbeat } from '../heartbeat.js';
import { PairDevice } from '../pair-device.js';
import { PairStatus } from '../pair-status.js';

@Controller()
export class DeviceProtocolController {
  constructor(
    @Inject(PairDevice) private readonly pairDevice: PairDevice,
    @Inject(PairStatus) private readonly pairStatus: PairStatus,
    @Inject(Heartbeat) private readonly heartbeatOf: Heartbeat,
  ) {}

  @UnpairedDevice()
  @Post(DEVICE_PATHS.pair)
  @HttpCode(200)
  async pair(@Body() body: unknown, @ClientAddress() address: string) {
    return answer(await this.pairDevice.run(deviceBody(pairRequest, body), address));
  }

  @DeviceOnly()
  @Get(DEVICE_PATHS.pairStatus)
  status(@CurrentDevice() by: DevicePrincipal) {
    return this.pairStatus.run(by);
  }

  @DeviceOnly()
  @Post(DEVICE_PATHS.heartbeat)
  @HttpCode(200)
  heartbeat(@CurrentDevice() by: DevicePrincipal, @Body() body: unknown) {
    return this.heartbeatOf.run(by, deviceBody(heartbeatRequest, body));
  }
}
