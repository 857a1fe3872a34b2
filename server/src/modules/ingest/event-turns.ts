// Lets one request of a device in after the other, and only so many requests at all: beyond that a tablet is told to come
// back, keeps its events and loses nothing.
import { type Result, err, ok } from '@hazri/shared/result';

const WAITING_AT_MOST = 256;

export class EventTurns {
  private waiting = 0;
  private readonly tails = new Map<string, Promise<unknown>>();

  async run<T>(deviceId: string, work: () => Promise<T>): Promise<Result<T, 'SERVER_BUSY'>> {
    if (this.waiting >= WAITING_AT_MOST) return err('SERVER_BUSY');
    this.waiting += 1;
    const before = this.tails.get(deviceId) ?? Promise.resolve();
    const turn = before.then(work, work);
    const tail = turn.catch(() => undefined);
    this.tails.set(deviceId, tail);
    try {
      return ok(await turn);
    } finally {
      this.waiting -= 1;
      if (this.tails.get(deviceId) === tail) this.tails.delete(deviceId);
    }
  }
}
