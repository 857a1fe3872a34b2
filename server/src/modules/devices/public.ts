// What other modules may use of devices, and the ports that they provide for them.
export { DeviceRegister } from './device-directory.js';
export {
  DEVICE_ALARMS,
  EVENT_HEADS,
  MODELS_TO_RUN,
  type DeviceAlarms,
  type DeviceHead,
  type EventHeads,
  type ModelsToRun,
} from './device.js';
export { COMPANY_POLICIES, type CompanyPolicies, type CompanyPolicy } from './company-policy.js';
export { verifyDeviceSignature } from './device-key.js';
export { isKnownNotice } from './notices.js';
