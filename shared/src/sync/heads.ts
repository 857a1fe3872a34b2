// Compares what the server holds of an epoch with what this tablet can prove, before anything is sent.
// Pure: the journal's hashes come in as a lookup.

export interface Head {
  readonly epoch: number;
  readonly seq: number;
  readonly hash: string;
}

/**
 * `agrees`: the server holds a prefix of this journal, at least as long as was acknowledged here.
 * `server-behind`: it holds a shorter prefix than it once acknowledged (restored from a backup): send again from there.
 * `server-ahead`: it holds events that this journal lost (the tablet was restored): a new epoch begins.
 * `differs`: the same place holds another event: a new epoch begins and the server raises the alarm.
 */
export type HeadRelation =
  | { readonly kind: 'agrees' }
  | { readonly kind: 'server-behind'; readonly serverSeq: number }
  | { readonly kind: 'server-ahead' }
  | { readonly kind: 'differs' };

export function compareHeads(input: {
  /** What the server says it holds of `local.epoch`; null when it knows nothing of it. */
  readonly server: Head | null;
  readonly local: Head;
  /** Last sequence number of `local.epoch` that the server acknowledged to this tablet, 0 for none. */
  readonly acknowledgedSeq: number;
  /** Hash of a stored event of `local.epoch`, or null when it is not here. */
  readonly hashAt: (seq: number) => string | null;
}): HeadRelation {
  const { server, local, acknowledgedSeq, hashAt } = input;
  if (server === null || server.epoch !== local.epoch || server.seq === 0) {
    return acknowledgedSeq === 0 ? { kind: 'agrees' } : behind(0, hashAt);
  }
  if (server.seq > local.seq) return { kind: 'server-ahead' };
  if (hashAt(server.seq) !== server.hash) return { kind: 'differs' };
  return server.seq < acknowledgedSeq ? behind(server.seq, hashAt) : { kind: 'agrees' };
}

/** What was forgotten here after its time cannot be sent again: then the server stays without it, and a new epoch begins. */
function behind(serverSeq: number, hashAt: (seq: number) => string | null): HeadRelation {
  return hashAt(serverSeq + 1) === null ? { kind: 'differs' } : { kind: 'server-behind', serverSeq };
}
