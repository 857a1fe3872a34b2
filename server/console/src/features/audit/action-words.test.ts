// Recorded actions find their phrase.
import { describe, expect, it } from 'vitest';
import { actionKey } from './action-words.js';

describe('actionKey', () => {
  it('turns dots and dashes into the key', () => {
    expect(actionKey('person.enrolment-started')).toBe('person_enrolment_started');
  });

  it('is null for one without a phrase', () => {
    expect(actionKey('something.new')).toBeNull();
  });
});
