import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { linesInOrder } from './in-order.js';

async function collect(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

describe('linesInOrder', () => {
  it('keeps the order of inputs that finish in another one', async () => {
    const lines = linesInOrder([30, 1, 15], async (waitMs, onLine) => {
      onLine(`${String(waitMs)} begins`);
      await wait(waitMs);
      onLine(`${String(waitMs)} ends`);
    });
    const expected = [30, 1, 15].flatMap((waitMs) => [`${String(waitMs)} begins`, `${String(waitMs)} ends`]);
    expect(await collect(lines)).toEqual(expected);
  });

  it('starts a few ahead, not a million', async () => {
    let started = 0;
    const endless = (function* () {
      for (let index = 0; index < 1e6; index += 1) yield index;
    })();
    const lines = linesInOrder(endless, (index, onLine) => {
      started += 1;
      onLine(String(index));
      return Promise.resolve();
    });
    for await (const line of lines) if (line === '5') break;
    expect(started).toBeLessThan(100);
  });

  it('passes a failure on at its place', async () => {
    const lines = linesInOrder(['good', 'bad'], (input, onLine) => {
      if (input === 'bad') return Promise.reject(new Error('no'));
      onLine(input);
      return Promise.resolve();
    });
    const seen: string[] = [];
    await expect(
      (async () => {
        for await (const line of lines) seen.push(line);
      })(),
    ).rejects.toThrow('no');
    expect(seen).toEqual(['good']);
  });
});
