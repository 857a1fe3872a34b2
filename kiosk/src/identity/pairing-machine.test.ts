import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeviceConfig } from '@hazri/shared/protocol/device';
import { type PairingEvent, type PairingState, stepPairing } from './pairing-machine.js';

const config = { companyName: 'Company' } as DeviceConfig;
const welcome = { companyName: 'Company', words: ['a', 'b', 'c', 'd', 'e', 'f'] };
const walk = (...events: PairingEvent[]): PairingState =>
  events.reduce<PairingState>(stepPairing, { name: 'unpaired', error: null });
const start: PairingEvent = { name: 'start' };
const welcomed: PairingEvent = { name: 'welcomed', welcome };
const active: PairingEvent = { name: 'active', config };
const match: PairingEvent = { name: 'words', match: true };

describe('pairing', () => {
  it('ends paired whoever confirms first', () => {
    expect(walk(start, welcomed, match, active)).toEqual({ name: 'paired', config });
    expect(walk(start, welcomed, active, match)).toEqual({ name: 'paired', config });
  });

  it('goes back to the start when the words differ, even if the administrator confirmed', () => {
    expect(walk(start, welcomed, active, { name: 'words', match: false })).toEqual({
      name: 'unpaired',
      error: 'PAIRING_WORDS_DIFFER',
    });
  });

  it('says why it failed', () => {
    expect(walk(start, { name: 'failed', error: 'PAIRING_THROTTLED' })).toEqual({
      name: 'unpaired',
      error: 'PAIRING_THROTTLED',
    });
  });

  it('is never paired unless the words matched here and the server was activated', () => {
    const event = fc.constantFrom<PairingEvent>(
      start,
      welcomed,
      active,
      match,
      { name: 'words', match: false },
      { name: 'failed', error: 'PAIRING_REFUSED' },
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (events) => {
        let state: PairingState = { name: 'unpaired', error: null };
        let confirmed = false;
        let activated = false;
        for (const one of events) {
          const before = state.name;
          state = stepPairing(state, one);
          if (state.name === 'unpaired' || state.name === 'sending') confirmed = activated = false;
          else {
            confirmed ||= before === 'comparing' && one.name === 'words' && one.match;
            activated ||= (before === 'comparing' || before === 'awaiting') && one.name === 'active';
          }
          if (state.name === 'paired') expect(confirmed && activated).toBe(true);
        }
      }),
    );
  });
});
