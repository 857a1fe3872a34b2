// Notices a tablet that keeps seeing faces it does not know: someone may be trying. In memory, since it only alarms.

const WINDOW_MS = 10 * 60_000;
const ALARM_AT = 5;
const DEVICES_AT_MOST = 10_000;

export class UnknownFaces {
  private readonly instants = new Map<string, number[]>();

  /** Counts one; the text under which the alarm is known when there were too many, else null. */
  count(deviceId: string, atMs: number): string | null {
    const recent = (this.instants.get(deviceId) ?? []).filter((instant) => instant > atMs - WINDOW_MS);
    recent.push(atMs);
    if (this.instants.size >= DEVICES_AT_MOST) this.instants.clear();
    this.instants.set(deviceId, recent);
    const window = Math.floor(atMs / WINDOW_MS);
    return recent.length >= ALARM_AT ? `unknown|${deviceId}|${String(window)}` : null;
  }
}
