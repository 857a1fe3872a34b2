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

describe('EventTurns', () => {
  it('lets a device go on only after its request before', async () => {
    const turns = new EventTurns();
    const first = held();
    const order: string[] = [];
    const one = turns.run('a', () => first.work().then(() => order.push('first')));
    const two = turns.run('a', () => Promise.resolve(order.push('second')));
    const other = turns.run('b', () => Promise.resolve(order.push('other')));
    await other;
    first.finish();
    await Promise.all([one, two]);
    expect(order).toEqual(['other', 'first', 'second']);
  });

  it('goes on after a request that failed', async () => {
    const turns = new EventTurns();
    await expect(turns.run('a', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await turns.run('a', () => Promise.resolve(7))).toEqual({ ok: true, value: 7 });
  });

  it('says that it is busy when too many wait, and takes more when they are done', async () => {
    const turns = new EventTurns();
    const { work, finish } = held();
    const waiting = Array.from({ length: 256 }, (_, at) => turns.run(`device-${String(at)}`, work));
    expect(await turns.run('one more', work)).toEqual({ ok: false, error: 'SERVER_BUSY' });
    finish();
    await Promise.all(waiting);
    expect((await turns.run('one more', work)).ok).toBe(true);
  });
});
