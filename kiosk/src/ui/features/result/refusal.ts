// Which sentence stands for a refusal of the server. A reason without its own sentence gets the general one.

const SENTENCES = [
  'NOT_EMPLOYED',
  'LIVENESS_MISSING',
  'CAMERA_NOT_PINNED',
  'TICKET_EXPIRED',
  'CONSENT_MISSING',
  'DUPLICATE_FACE',
  'DISPUTE_UNKNOWN',
] as const;
export type RefusalKey = (typeof SENTENCES)[number] | 'other';

export function refusalKey(reason: string): RefusalKey {
  return SENTENCES.find((known) => known === reason) ?? 'other';
}
