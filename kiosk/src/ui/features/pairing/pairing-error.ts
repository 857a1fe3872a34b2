// Which sentence stands for a pairing that did not work. A code without its own sentence gets the general one.

const SENTENCES = [
  'PAIRING_CODE_INVALID',
  'PAIRING_THROTTLED',
  'PAIRING_UNREACHABLE',
  'PAIRING_KEY_REFUSED',
  'PAIRING_WORDS_DIFFER',
  'PAIRING_CERTIFICATE',
  'PAIRING_TIMED_OUT',
  'PAIRING_REFUSED',
] as const;
export type PairingErrorKey = (typeof SENTENCES)[number] | 'other';

export function pairingErrorKey(code: string): PairingErrorKey {
  return SENTENCES.find((known) => known === code) ?? 'other';
}
