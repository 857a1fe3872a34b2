// How often pairing codes may be tried: few times from one address, not many more from all together. With 40 random bits
// per code and ten minutes of life, guessing does not succeed even for someone with many addresses.
import { type ThrottlePolicy, atMost } from '../../platform/throttle/throttle.js';

const WINDOW_MS = 10 * 60_000;
const PER_ADDRESS: ThrottlePolicy = atMost(10, WINDOW_MS);
const FROM_EVERYWHERE: ThrottlePolicy = atMost(100, WINDOW_MS);

export const pairingLimits = (address: string) => [
  { bucket: `pairing|${address}`, policy: PER_ADDRESS },
  { bucket: 'pairing-all', policy: FROM_EVERYWHERE },
];
