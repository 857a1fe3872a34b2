// What an event led to: what is stored, and the name and language that only the tablet's reply carries.
import type { Locale } from '@hazri/shared/protocol/primitives';
import type { Refusal } from './prepare-event.js';
import type { StoredOutcome } from './stored-event.js';

export interface Decided {
  readonly outcome: StoredOutcome;
  /** Empty where the outcome is about nobody. */
  readonly displayName: string;
  readonly locale?: Locale;
}

export const nameless = (outcome: StoredOutcome): Decided => ({ outcome, displayName: '' });
export const refused = (reason: Refusal): Decided => nameless({ kind: 'refused', reason });
