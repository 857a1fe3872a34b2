// What an event led to: what is stored, and the name that only the tablet's reply carries.
import type { Refusal } from './prepare-event.js';
import type { StoredOutcome } from './stored-event.js';

export interface Decided {
  readonly outcome: StoredOutcome;
  readonly displayName: string;
}

export const nameless = (outcome: StoredOutcome): Decided => ({ outcome, displayName: '' });
export const refused = (reason: Refusal): Decided => nameless({ kind: 'refused', reason });
