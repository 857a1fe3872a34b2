// Turns of requests: one of a device after the other, many devices at once, and an end to how many may wait.
import { describe, expect, it } from 'vitest';
import { EventTurns } from './event-turns.js';

/** Work that ends when it is told to. */
function held() {
  let finish = (): void => undefined;
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  return { work: () => done, finish };
}

const live = (deviceId: string) => ({ deviceId, events: 1 });
const backlog = (deviceId: string) => ({ deviceId, events: 500 });

describe('EventTurns', () => {
  it('lets a device go on only after its request before', async () => {
    const turns = new EventTurns(() => 0);
    const first = held();
    const order: string[] = [];
    const one = turns.run(live('a'), () => first.work().then(() => order.push('first')));
    const two = turns.run(live('a'), () => Promise.resolve(order.push('second')));
    const other = turns.run(live('b'), () => Promise.resolve(order.push('other')));
    await other;
    first.finish();
    await Promise.all([one, two]);
    expect(order).toEqual(['other', 'first', 'second']);
  });

  it('goes on after a request that failed', async () => {
    const turns = new EventTurns(() => 0);
    await expect(turns.run(live('a'), () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await turns.run(live('a'), () => Promise.resolve(7))).toEqual({ ok: true, value: 7 });
  });

  it('says that it is busy when too many wait, and takes more when they are done', async () => {
    const turns = new EventTurns(() => 0);
    const { work, finish } = held();
    const waiting = Array.from({ length: 256 }, (_, at) => turns.run(live(`device-${String(at)}`), work));
    expect(await turns.run(live('one more'), work)).toMatchObject({
      ok: false,
      error: { code: 'SERVER_BUSY' },
    });
    finish();
    await Promise.all(waiting);
    expect((await turns.run(live('one more'), work)).ok).toBe(true);
  });

  it('keeps room for live punches while backlogs wait', async () => {
    const turns = new EventTurns(() => 0);
    const { work, finish } = held();
    const running = [1, 2, 3, 4].map((at) => turns.run(backlog(`slow-${String(at)}`), work));
    expect((await turns.run(backlog('one more'), work)).ok).toBe(false);
    expect(await turns.run(live('somebody'), () => Promise.resolve(7))).toEqual({ ok: true, value: 7 });
    finish();
    await Promise.all(running);
    expect((await turns.run(backlog('one more'), work)).ok).toBe(true);
  });

  it('sends more tablets away for longer, and forgets who did not come back', async () => {
    let nowMs = 0;
    const turns = new EventTurns(() => nowMs);
    const { work, finish } = held();
    const running = [1, 2, 3, 4].map((at) => turns.run(backlog(`slow-${String(at)}`), work));
    const retryAfterSec = async (deviceId: string) => {
      const turn = await turns.run(backlog(deviceId), work);
      return turn.ok ? null : turn.error.retryAfterSec;
    };
    expect(await retryAfterSec('first')).toBe(3);
    for (let at = 0; at < 99; at += 1) await retryAfterSec(`tablet-${String(at)}`);
    expect(await retryAfterSec('first')).toBe(27);
    for (let at = 0; at < 400; at += 1) await retryAfterSec(`other-${String(at)}`);
    expect(await retryAfterSec('first')).toBe(30);
    nowMs = 10 * 60_000;
    expect(await retryAfterSec('first')).toBe(3);
    finish();
    await Promise.all(running);
  });
});
