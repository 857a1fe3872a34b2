// The guards that keep punches, and the suite that must notice when one of them is gone. Each mutation is one edit of one
// file; when the code moves, its text here must move with it.

export interface Mutation {
  readonly guard: string;
  readonly file: string;
  /** Must stand in the file exactly once. */
  readonly from: string;
  readonly to: string;
  readonly suite: string;
}

const SIMULATION = 'tests/simulation/fleet-even.test.ts';
const HOSTILE = 'tests/torture/hostile-batches.test.ts';
const SYNC = 'tests/integration/kiosk-sync.test.ts';
const JOURNAL = 'tests/integration/kiosk-journal.test.ts';
const RULES = 'shared/src/sync/';

export const mutations: readonly Mutation[] = [
  {
    guard: 'idempotency: what is stored is not stored again',
    file: 'server/src/modules/ingest/accept-events.ts',
    from: 'filter(({ event }) => event.seq > head.seq)',
    to: 'filter(() => true)',
    suite: SIMULATION,
  },
  {
    guard: 'idempotency: an epoch that moved meanwhile is looked at anew',
    file: 'server/src/modules/ingest/store-events.ts',
    from: "if (current?.seq !== head.seq || current.hash !== head.hash) return 'moved';",
    to: '',
    suite: SIMULATION,
  },
  {
    guard: 'chain: an event continues the one before it',
    file: 'server/src/modules/ingest/event-batch.ts',
    from: "if (before !== undefined && event.prevHash !== before.hash) return err('EVENT_TAMPERED');",
    to: '',
    suite: HOSTILE,
  },
  {
    guard: 'chain: the head is signed by the device',
    file: 'server/src/modules/ingest/event-batch.ts',
    from: "if (!isHeadSigned(request, sender)) return err('EVENT_TAMPERED');",
    to: '',
    suite: HOSTILE,
  },
  {
    guard: 'chain: a box is the one of its event',
    file: 'server/src/modules/ingest/event-batch.ts',
    from: "if (box !== null && sha256Hex(box) !== event.boxHash) return err('EVENT_TAMPERED');",
    to: '',
    suite: HOSTILE,
  },
  {
    guard: 'fork: another event at a known place is put aside',
    file: 'server/src/modules/ingest/accept-events.ts',
    from: 'hashes.get(event.seq) !== hash',
    to: 'false',
    suite: HOSTILE,
  },
  {
    guard: 'FULL sync on every open',
    file: 'kiosk/src/journal/database.ts',
    from: "database.pragma('synchronous = FULL');",
    to: '',
    suite: JOURNAL,
  },
  {
    guard: 'one writer of the journal',
    file: 'kiosk/src/journal/database.ts',
    from: "database.pragma('locking_mode = EXCLUSIVE');",
    to: '',
    suite: JOURNAL,
  },
  {
    guard: 'delete after acknowledgement: only of events that are ours',
    file: 'kiosk/src/journal/journal.ts',
    from: "if (this.hashAt(epoch, ackedSeq) !== ackedHash) return err('ACK_UNKNOWN');",
    to: '',
    suite: JOURNAL,
  },
  {
    guard: 'delete after acknowledgement: only when the server signed it',
    file: 'kiosk/src/sync/device-client.ts',
    from: 'signed.epoch === request.epoch && this.#isSigned(bytes, signature) ? parsed',
    to: 'signed.epoch === request.epoch && bytes.length > 0 && signature !== null ? parsed',
    suite: SYNC,
  },
  {
    guard: 'unit of work: one after the other on SQLite',
    file: 'server/src/platform/database/fifo-commits.ts',
    from: 'if (!this.isBusy) void this.drain();',
    to: 'void this.drain();',
    suite: 'tests/integration/unit-of-work.test.ts',
  },
  {
    guard: "backoff: the server's time is obeyed",
    file: 'shared/src/sync/backoff.ts',
    from: 'retryAfterMs === null ? own',
    to: 'retryAfterMs !== undefined ? own',
    suite: RULES,
  },
  {
    guard: 'backoff: waits are spread',
    file: 'shared/src/sync/backoff.ts',
    from: 'ceiling * (0.5 + 0.5 * jitter)',
    to: 'ceiling',
    suite: RULES,
  },
  {
    guard: 'epochs: a tablet behind its server begins anew',
    file: 'shared/src/sync/heads.ts',
    from: "if (server.seq > local.seq) return { kind: 'server-ahead' };",
    to: '',
    suite: RULES,
  },
  {
    guard: 'epochs: a refused old epoch is held back, not followed by new ones',
    file: 'kiosk/src/sync/sync-runner.ts',
    from: 'if (epoch < journal.head.epoch)',
    to: 'if (epoch < 0)',
    suite: SIMULATION,
  },
  {
    guard: 'lost answers: the same events go again',
    file: 'kiosk/src/sync/sync-runner.ts',
    from: "this.#dispatch({ name: 'lost', ...this.#now() });\n        return;\n      case 'untrusted'",
    to: "return;\n      case 'untrusted'",
    suite: SYNC,
  },
];
