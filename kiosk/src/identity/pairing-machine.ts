// The states of pairing, as a pure machine. Nothing is trusted before the person at the tablet and the administrator at
// the console have both said that they see the same words.
//
//  ┌──────────┐ start ┌─────────┐ welcomed ┌───────────┐ words match ┌──────────┐ active ┌────────┐
//  │ unpaired │ ────▶ │ sending │ ───────▶ │ comparing │ ──────────▶ │ awaiting │ ─────▶ │ paired │
//  └──────────┘       └─────────┘          └───────────┘             └──────────┘        └────────┘
//       ▲   failed         │      words differ,  │   active is remembered      │ refused,
//       └──────────────────┴─────── refused ─────┴── until the words match ────┘ timed out
import type { DeviceConfig } from '@hazri/shared/protocol/device';

export type PairingError =
  | 'PAIRING_CODE_INVALID'
  | 'PAIRING_THROTTLED'
  | 'PAIRING_UNREACHABLE'
  | 'PAIRING_CERTIFICATE'
  | 'PAIRING_REFUSED'
  | 'PAIRING_WORDS_DIFFER'
  | 'PAIRING_TIMED_OUT';

/** What the tablet learned from the server when its code was taken. */
export interface Welcome {
  readonly companyName: string;
  readonly words: readonly string[];
}

export type PairingState =
  | { readonly name: 'unpaired'; readonly error: PairingError | null }
  | { readonly name: 'sending' }
  | {
      readonly name: 'comparing';
      readonly welcome: Welcome;
      /** The administrator was first; taken only once the words matched here too. */
      readonly config: DeviceConfig | null;
    }
  | { readonly name: 'awaiting'; readonly welcome: Welcome }
  | { readonly name: 'paired'; readonly config: DeviceConfig };

export type PairingEvent =
  | { readonly name: 'start' }
  | { readonly name: 'welcomed'; readonly welcome: Welcome }
  | { readonly name: 'failed'; readonly error: PairingError }
  | { readonly name: 'words'; readonly match: boolean }
  | { readonly name: 'active'; readonly config: DeviceConfig };

const unpaired = (error: PairingError | null): PairingState => ({ name: 'unpaired', error });

/** An event that has no meaning in a state changes nothing. */
export function stepPairing(state: PairingState, event: PairingEvent): PairingState {
  switch (state.name) {
    case 'unpaired':
      return event.name === 'start' ? { name: 'sending' } : state;
    case 'sending':
      if (event.name === 'failed') return unpaired(event.error);
      return event.name === 'welcomed' ? { name: 'comparing', welcome: event.welcome, config: null } : state;
    case 'comparing':
      if (event.name === 'failed') return unpaired(event.error);
      if (event.name === 'active') return { ...state, config: event.config };
      if (event.name !== 'words') return state;
      if (!event.match) return unpaired('PAIRING_WORDS_DIFFER');
      return state.config === null
        ? { name: 'awaiting', welcome: state.welcome }
        : { name: 'paired', config: state.config };
    case 'awaiting':
      if (event.name === 'failed') return unpaired(event.error);
      return event.name === 'active' ? { name: 'paired', config: event.config } : state;
    case 'paired':
      return state;
  }
}
