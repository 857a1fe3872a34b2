// The clocks of this machine behind a port. The monotonic one keeps counting while the tablet sleeps.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';

export interface Clock {
  /** The tablet's wall clock, whatever it says: UTC ms. */
  wallMs(): number;
  /** Milliseconds since this boot, sleep included. */
  monoMs(): number;
  /** Changes with every boot. */
  readonly bootId: string;
}

export function systemClock(): Clock {
  return { wallMs: () => Date.now(), monoMs: () => uptime() * 1000, bootId: readBootId() };
}

function readBootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    // No boot id here: every start of the agent counts as a boot, which trusts less, never more.
    return randomUUID();
  }
}
