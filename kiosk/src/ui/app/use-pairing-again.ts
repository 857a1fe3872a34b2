// A revoked tablet can be paired anew: shows the pairing form over the problem, until the agent shows something else.
import { useState } from 'react';
import type { ScreenState, View } from '../../contract/views.js';

const PAIRING_FORM: View = { name: 'unpaired', serverAddress: null, error: null, busy: false };

export function usePairingAgain(state: ScreenState): { state: ScreenState; pairAgain: () => void } {
  const [isAsked, setAsked] = useState(false);
  const { view } = state;
  const isRevoked = view.name === 'problem' && view.code === 'DEVICE_REVOKED';
  if (isAsked && view.name === 'waiting') setAsked(false);
  return {
    state: isAsked && isRevoked ? { ...state, view: PAIRING_FORM } : state,
    pairAgain: () => {
      setAsked(true);
    },
  };
}
