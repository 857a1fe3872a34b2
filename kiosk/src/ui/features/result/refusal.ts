// Which sentence stands for a refusal, and whether the person can simply try once more. A reason without its own
// sentence gets the general one.

const RETRY = ['LIVENESS_MISSING', 'LIVENESS_REFUSED', 'NOT_DECIDED', 'EMBEDDING_INVALID', 'BOX_UNREADABLE'];
const SENTENCES = [
  'NOT_EMPLOYED',
  'CAMERA_NOT_PINNED',
  'TICKET_EXPIRED',
  'CONSENT_MISSING',
  'DUPLICATE_FACE',
  'DISPUTE_UNKNOWN',
  'FACE_DIFFERS',
] as const;
export type RefusalKey = (typeof SENTENCES)[number] | 'retry' | 'other';

export function refusalKey(reason: string): RefusalKey {
  if (RETRY.includes(reason)) return 'retry';
  return SENTENCES.find((known) => known === reason) ?? 'other';
}
