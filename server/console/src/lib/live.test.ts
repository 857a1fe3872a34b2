// Only events of the contract are believed.
import { describe, expect, it } from 'vitest';
import { parseLiveEvent } from './live.js';

describe('parseLiveEvent', () => {
  it('reads an event', () => {
    const id = '00000000-0000-4000-8000-000000000001';
    expect(parseLiveEvent(JSON.stringify({ type: 'device', id }))).toEqual({ type: 'device', id });
  });

  it.each(['', 'not json', '{"type":"device"}', '{"type":"shutdown","id":"x"}', 'null'])(
    'ignores %j',
    (data) => {
      expect(parseLiveEvent(data)).toBeNull();
    },
  );
});
