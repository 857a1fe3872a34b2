// Events and their outcomes as the server keeps them. Events stay for ever; a box stays only while it is undecided.
import type { Outcome } from '@hazri/shared/protocol/device';

/** An outcome without a name in it: events and their outcomes outlive the right to know whose they were. */
export type StoredOutcome =
  | (Omit<Extract<Outcome, { kind: 'accepted' }>, 'displayName' | 'locale'> & { readonly personId: string })
  | (Omit<Extract<Outcome, { kind: 'duplicate' }>, 'displayName' | 'locale'> & { readonly personId: string })
  | (Omit<Extract<Outcome, { kind: 'enrolled' }>, 'displayName' | 'locale'> & { readonly personId: string })
  | Extract<Outcome, { kind: 'second-factor' | 'not-recognised' | 'refused' | 'undone' | 'stored' }>;

export interface EpochPlace {
  readonly tenantId: string;
  readonly deviceId: string;
  readonly epoch: number;
}

export interface EventPlace extends EpochPlace {
  readonly seq: number;
}

export interface StoredEvent extends EventPlace {
  readonly id: string;
  readonly type: string;
  readonly hash: string;
  readonly canonical: string;
  /** The signature over this event's head, where the tablet gave one. */
  readonly headSignature: string | null;
  readonly receivedAtMs: number;
}

export interface UndecidedBox extends EventPlace {
  readonly box: Uint8Array;
  readonly expiresAtMs: number;
}

export interface EpochHead {
  readonly seq: number;
  readonly hash: string;
}

export interface SeqRange {
  readonly tenantId: string;
  readonly deviceId: string;
  readonly epoch: number;
  readonly fromSeq: number;
  readonly toSeq: number;
}

/** Every method runs inside the caller's unit of work. */
export interface EventStore {
  headOf(tenantId: string, deviceId: string, epoch: number): Promise<EpochHead | null>;
  /** Keeps others from appending to the epoch until the unit of work ends; null when there is none. */
  lockHead(place: EpochPlace): Promise<EpochHead | null>;
  /** Makes the epoch, empty; does nothing when another request just did. */
  beginEpoch(place: EpochPlace): Promise<void>;
  setHead(tenantId: string, deviceId: string, epoch: number, head: EpochHead): Promise<void>;
  append(events: readonly StoredEvent[]): Promise<void>;
  /** Sequence numbers to hashes. */
  hashes(range: SeqRange): Promise<Map<number, string>>;
  outcomes(range: SeqRange): Promise<Map<number, StoredOutcome>>;
  setOutcomes(
    outcomes: readonly (EventPlace & { readonly outcome: StoredOutcome })[],
    atMs: number,
  ): Promise<void>;
  /** Null when there is no such event. */
  canonicalOf(place: EventPlace): Promise<string | null>;
  keepBox(box: UndecidedBox): Promise<void>;
  dropBox(place: EventPlace): Promise<void>;
  /** The oldest undecided events with their boxes. */
  undecided(limit: number): Promise<(StoredEvent & { readonly box: Uint8Array })[]>;
  dropBoxesBefore(atMs: number): Promise<EventPlace[]>;
  quarantine(events: readonly StoredEvent[]): Promise<void>;
}
