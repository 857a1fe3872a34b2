import { describe, expect, it } from 'vitest';
import type { Network } from '../network.js';
import { RecognitionSlots } from './recognition-slots.js';

class FakeNetwork implements Network {
  isClosed = false;

  run(): Promise<readonly Float32Array[]> {
    return Promise.resolve([]);
  }

  close(): Promise<void> {
    if (this.isClosed) throw new Error('closed twice');
    this.isClosed = true;
    return Promise.resolve();
  }
}

function slotsOf(...known: string[]) {
  const opened: Record<string, FakeNetwork[]> = {};
  const slots = new RecognitionSlots((modelId) => {
    if (!known.includes(modelId)) return Promise.resolve(null);
    const network = new FakeNetwork();
    (opened[modelId] ??= []).push(network);
    return Promise.resolve(network);
  });
  return { slots, opened };
}

describe('recognition models', () => {
  it('roll over: the next one becomes the current one without being opened again, the old one is closed', async () => {
    const { slots, opened } = slotsOf('a', 'b');
    expect((await slots.use({ current: 'a', next: null })).ok).toBe(true);
    expect(slots.modelIds).toEqual({ recognition: 'a' });
    expect((await slots.use({ current: 'a', next: 'b' })).ok).toBe(true);
    expect(slots.modelIds).toEqual({ recognition: 'a', nextRecognition: 'b' });
    expect((await slots.use({ current: 'b', next: null })).ok).toBe(true);
    expect(slots.modelIds).toEqual({ recognition: 'b' });
    expect(opened['a']?.map(({ isClosed }) => isClosed)).toEqual([true]);
    expect(opened['b']?.map(({ isClosed }) => isClosed)).toEqual([false]);
    await slots.close();
    expect(opened['b']?.[0]?.isClosed).toBe(true);
  });

  it('change nothing when one of them is unknown, and leave nothing open', async () => {
    const { slots, opened } = slotsOf('a', 'b');
    await slots.use({ current: 'a', next: null });
    for (const models of [
      { current: 'b', next: 'c' },
      { current: 'c', next: null },
    ]) {
      expect(await slots.use(models)).toEqual({ ok: false, error: 'ENGINE_MODEL_UNKNOWN' });
    }
    expect(slots.modelIds).toEqual({ recognition: 'a' });
    expect(opened['a']?.[0]?.isClosed).toBe(false);
    expect(opened['b']?.map(({ isClosed }) => isClosed)).toEqual([true]);
  });

  it('are changed one after another, the last wish wins', async () => {
    const { slots, opened } = slotsOf('a', 'b');
    await Promise.all([
      slots.use({ current: 'a', next: null }),
      slots.use({ current: 'b', next: 'a' }),
      slots.use({ current: 'a', next: 'a' }),
    ]);
    expect(slots.modelIds).toEqual({ recognition: 'a' });
    expect(opened['a']?.map(({ isClosed }) => isClosed)).toEqual([false]);
    expect(opened['b']?.map(({ isClosed }) => isClosed)).toEqual([true]);
  });

  it('are never guessed', () => {
    expect(() => slotsOf('a').slots.current).toThrow('no recognition model was opened');
  });
});
