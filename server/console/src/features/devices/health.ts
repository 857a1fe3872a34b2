// What a tablet's numbers mean in one word. Data in, word out.
import type { Device } from '@hazri/shared/protocol/console-types';
import { devices } from '../../lib/words/en/devices.js';
import type { Tone } from '../../ui/chip.js';

/** A tablet speaks every two seconds; after this it counts as silent. */
export const SILENT_AFTER_MS = 120_000;
/** A clock further off than this is worth saying. */
export const CLOCK_NOTABLE_MS = 30_000;

type ProblemWord = keyof typeof devices.problems;
export type Health =
  | { readonly kind: 'state'; readonly tone: Tone; readonly state: Exclude<Device['state'], 'active'> }
  | { readonly kind: 'problem'; readonly tone: Tone; readonly problem: ProblemWord; readonly code: string }
  | { readonly kind: 'silent' | 'behind' | 'healthy'; readonly tone: Tone };

/** The worst thing first: state, problem, silence, backlog. */
export function healthOf(device: Device, nowMs: number): Health {
  if (device.state !== 'active') {
    return { kind: 'state', state: device.state, tone: device.state === 'pairing' ? 'wait' : 'out' };
  }
  if (device.problem !== null) {
    const problem = Object.hasOwn(devices.problems, device.problem)
      ? (device.problem as ProblemWord)
      : 'OTHER';
    return { kind: 'problem', tone: 'bad', problem, code: device.problem };
  }
  if (device.lastSeenMs === null || nowMs - device.lastSeenMs > SILENT_AFTER_MS)
    return { kind: 'silent', tone: 'wait' };
  return device.unsent > 0 ? { kind: 'behind', tone: 'wait' } : { kind: 'healthy', tone: 'in' };
}
