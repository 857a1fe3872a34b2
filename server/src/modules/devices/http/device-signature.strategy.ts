// The passport strategy of tablets: a signed request becomes a device principal, or is refused with its code.
import { Inject } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-custom';
import { REQUEST_HEADERS } from '@hazri/shared/crypto/request-signing';
import { DEVICE_PATHS } from '@hazri/shared/protocol/device';
import { DEVICE_STRATEGY } from '../../../platform/http/access-guard.js';
import type { DevicePrincipal } from '../../../platform/http/principal.js';
import { RequestRefused } from '../../../platform/http/refusal.js';
import type { HazriRequest } from '../../../platform/http/request.js';
import { AuthenticateDevice } from '../authenticate-device.js';
import type { DeviceState } from '../device.js';

/** A device that waits for its confirmation, or was refused one, may ask how its pairing stands and nothing else. */
const MAY_ASK_STATUS: readonly DeviceState[] = ['pairing', 'active', 'refused'];
const MAY_WORK: readonly DeviceState[] = ['active'];

export class DeviceSignatureStrategy extends PassportStrategy(Strategy, DEVICE_STRATEGY) {
  constructor(@Inject(AuthenticateDevice) private readonly devices: AuthenticateDevice) {
    super();
  }

  async validate(request: HazriRequest): Promise<DevicePrincipal> {
    const isStatus = request.path === DEVICE_PATHS.pairStatus;
    const result = await this.devices.run(
      {
        method: request.method,
        path: request.originalUrl,
        body: request.rawBody ?? new Uint8Array(),
        device: request.header(REQUEST_HEADERS.device),
        created: request.header(REQUEST_HEADERS.created),
        nonce: request.header(REQUEST_HEADERS.nonce),
        signature: request.header(REQUEST_HEADERS.signature),
      },
      isStatus ? MAY_ASK_STATUS : MAY_WORK,
    );
    if (!result.ok) {
      const { code, headers } = result.error;
      throw new RequestRefused(code, headers === undefined ? {} : { headers });
    }
    const { id: deviceId, tenantId, name, siteId, signPublicKey, cameraPin } = result.value;
    const address = request.ip ?? null;
    return { kind: 'device', tenantId, deviceId, name, siteId, signPublicKey, cameraPin, address };
  }
}
