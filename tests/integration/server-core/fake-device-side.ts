// Strict fakes of what the people module needs from the matching and devices modules, for suites of the server's core.
import { Global, Module } from '@nestjs/common';
import {
  DEVICE_DIRECTORY,
  type DeviceDirectory,
  TEMPLATE_STORE,
  type TemplateStore,
} from '../../../server/src/modules/people/public.js';

export const ACTIVE_DEVICE = '11111111-1111-4111-8111-111111111111';
export const destroyed: string[] = [];

const templates: TemplateStore = {
  destroyFor: (_tenantId, employeeId) => {
    destroyed.push(employeeId);
    return Promise.resolve();
  },
  templatesOf: () => Promise.resolve([]),
};
const devices: DeviceDirectory = {
  device: (_tenantId, deviceId) =>
    Promise.resolve(
      deviceId === ACTIVE_DEVICE ? { id: deviceId, name: 'Gate tablet', isActive: true } : null,
    ),
};

@Global()
@Module({
  providers: [
    { provide: TEMPLATE_STORE, useValue: templates },
    { provide: DEVICE_DIRECTORY, useValue: devices },
  ],
  exports: [TEMPLATE_STORE, DEVICE_DIRECTORY],
})
export class FakeDeviceSide {}
