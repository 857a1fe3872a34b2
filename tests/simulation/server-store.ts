// The server's tables in memory behind its own ports, with units of work that go one after the other, are committed or
// rolled back whole, and may be interrupted by the death of the process on either side of the commit.
import { GENESIS_HASH } from '@hazri/shared/crypto/hash-chain';
import { OperationalError } from '@hazri/shared/result';
import type {
  EpochHead,
  EpochPlace,
  EventPlace,
  EventStore,
  SeqRange,
  StoredEvent,
  StoredOutcome,
  UndecidedBox,
} from '../../server/src/modules/ingest/stored-event.js';

export interface Punch {
  readonly eventId: string;
  readonly person: string;
  readonly deviceId: string;
  readonly epoch: number;
  readonly seq: number;
}

export interface Alarm {
  readonly kind: string;
  readonly deviceId?: string | null;
}

export type CommitFate = 'commits' | 'dies-before' | 'dies-after';

type Undo = () => void;

export class ServerStore implements EventStore {
  readonly events = new Map<string, StoredEvent[]>();
  readonly punches: Punch[] = [];
  readonly alarms: Alarm[] = [];
  readonly quarantined = new Map<string, StoredEvent>();
  readonly boxes = new Map<string, UndecidedBox>();
  readonly #heads = new Map<string, EpochHead>();
  readonly #outcomes = new Map<string, StoredOutcome>();
  #undo: Undo[] = [];
  #tail: Promise<unknown> = Promise.resolve();

  /** @param fate what happens to the process around the next commit */
  constructor(private readonly fate: () => CommitFate) {}

  /** Units of `isAlive` processes; one that dies takes its open unit with it. */
  unitOfWork(isAlive: () => boolean, onDeath: () => void) {
    return {
      run: <T>(work: () => Promise<T>): Promise<T> => {
        const unit = this.#tail.then(() => this.#once(work, isAlive, onDeath));
        this.#tail = unit.catch(() => undefined);
        return unit;
      },
    };
  }

  async #once<T>(work: () => Promise<T>, isAlive: () => boolean, onDeath: () => void): Promise<T> {
    if (!isAlive()) throw new OperationalError('SERVER_GONE', true);
    this.#undo = [];
    try {
      const value = await work();
      const isWrite = this.#undo.length > 0;
      const fate = isWrite ? this.fate() : 'commits';
      if (fate !== 'commits') onDeath();
      if (fate !== 'dies-after' && !isAlive()) throw new OperationalError('SERVER_GONE', true);
      this.#undo = [];
      if (fate === 'dies-after') throw new OperationalError('SERVER_GONE', true);
      return value;
    } catch (error) {
      for (const undo of this.#undo.reverse()) undo();
      this.#undo = [];
      throw error;
    }
  }

  headOf(_tenantId: string, deviceId: string, epoch: number): Promise<EpochHead | null> {
    const head = this.#heads.get(`${deviceId}|${String(epoch)}`) ?? null;
    return Promise.resolve(head?.seq === 0 ? null : head);
  }

  lockHead(place: EpochPlace): Promise<EpochHead | null> {
    return Promise.resolve(this.#heads.get(nameOf(place)) ?? null);
  }

  beginEpoch(place: EpochPlace): Promise<void> {
    if (!this.#heads.has(nameOf(place)))
      this.#set(this.#heads, nameOf(place), { seq: 0, hash: GENESIS_HASH });
    return Promise.resolve();
  }

  setHead(tenantId: string, deviceId: string, epoch: number, head: EpochHead): Promise<void> {
    this.#set(this.#heads, nameOf({ tenantId, deviceId, epoch }), head);
    return Promise.resolve();
  }

  append(events: readonly StoredEvent[]): Promise<void> {
    for (const event of events) {
      const name = nameOf(event);
      const stored = this.events.get(name) ?? [];
      // The unique key of the real table.
      if (event.seq !== stored.length + 1) throw new OperationalError('DUPLICATE_KEY', false);
      stored.push(event);
      this.events.set(name, stored);
      this.#undo.push(() => stored.pop());
    }
    return Promise.resolve();
  }

  hashes(range: SeqRange): Promise<Map<number, string>> {
    const stored = this.events.get(nameOf(range)) ?? [];
    const inside = stored.slice(range.fromSeq - 1, range.toSeq);
    return Promise.resolve(new Map(inside.map(({ seq, hash }) => [seq, hash])));
  }

  outcomes(range: SeqRange): Promise<Map<number, StoredOutcome>> {
    const found = new Map<number, StoredOutcome>();
    for (let seq = range.fromSeq; seq <= range.toSeq; seq += 1) {
      const outcome = this.#outcomes.get(placeOf({ ...range, seq }));
      if (outcome !== undefined) found.set(seq, outcome);
    }
    return Promise.resolve(found);
  }

  setOutcomes(outcomes: readonly (EventPlace & { readonly outcome: StoredOutcome })[]): Promise<void> {
    for (const one of outcomes) {
      if (this.#outcomes.has(placeOf(one))) throw new OperationalError('DUPLICATE_KEY', false);
      this.#set(this.#outcomes, placeOf(one), one.outcome);
    }
    return Promise.resolve();
  }

  canonicalOf(place: EventPlace): Promise<string | null> {
    return Promise.resolve(this.events.get(nameOf(place))?.[place.seq - 1]?.canonical ?? null);
  }

  keepBox(box: UndecidedBox): Promise<void> {
    this.#set(this.boxes, placeOf(box), box);
    return Promise.resolve();
  }

  dropBox(place: EventPlace): Promise<void> {
    const name = placeOf(place);
    const box = this.boxes.get(name);
    if (box !== undefined) {
      this.boxes.delete(name);
      this.#undo.push(() => this.boxes.set(name, box));
    }
    return Promise.resolve();
  }

  undecided(limit: number): Promise<(StoredEvent & { readonly box: Uint8Array })[]> {
    const found: (StoredEvent & { readonly box: Uint8Array })[] = [];
    for (const { box, ...place } of [...this.boxes.values()].slice(0, limit)) {
      const event = this.events.get(nameOf(place))?.[place.seq - 1];
      if (event !== undefined) found.push({ ...event, box });
    }
    return Promise.resolve(found);
  }

  dropBoxesBefore(): Promise<EventPlace[]> {
    return Promise.resolve([]);
  }

  quarantine(events: readonly StoredEvent[]): Promise<void> {
    for (const event of events) this.#set(this.quarantined, event.hash, event);
    return Promise.resolve();
  }

  addPunch(punch: Punch): void {
    this.punches.push(punch);
    this.#undo.push(() => this.punches.pop());
  }

  raise(alarm: Alarm): Promise<void> {
    this.alarms.push(alarm);
    this.#undo.push(() => this.alarms.pop());
    return Promise.resolve();
  }

  #set<V>(map: Map<string, V>, name: string, value: V): void {
    const before = map.get(name);
    map.set(name, value);
    this.#undo.push(() => {
      if (before === undefined) map.delete(name);
      else map.set(name, before);
    });
  }
}

const nameOf = ({ deviceId, epoch }: EpochPlace): string => `${deviceId}|${String(epoch)}`;
const placeOf = (place: EventPlace): string => `${nameOf(place)}|${String(place.seq)}`;
