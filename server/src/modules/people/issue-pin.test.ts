import { describe, expect, it } from 'vitest';
import { isWeakPin, newPin } from './issue-pin.js';

describe('a PIN', () => {
  it.each([
    '000000',
    '123456',
    '654321',
    '890123',
    '121212',
    '123123',
    '112211',
    '198507',
    '200199',
    '311985',
  ])('like %s is never issued', (pin) => {
    expect(isWeakPin(pin)).toBe(true);
  });

  it.each(['804713', '592738', '047318'])('like %s is fine', (pin) => {
    expect(isWeakPin(pin)).toBe(false);
  });

  it('is drawn again while it is weak, and keeps its leading zeros', () => {
    const drawn = [0, 123_456, 47_318];
    expect(newPin(() => drawn.shift() ?? 0)).toBe('047318');
  });
});
