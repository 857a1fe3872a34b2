// Turns what happened at the tablet into journal events: place and time filled in, secrets sealed beside them.
// When a method answers ok, the event is on disk.
import { canonicalBytes, toBase64 } from '@hazri/shared/crypto/encoding';
import { embeddingsToBytes } from '@hazri/shared/crypto/embedding-bytes';
import type { DeviceConfig, PinCredentials } from '@hazri/shared/protocol/device';
import type {
  BoxHeader,
  ConsentRecord,
  DeviceEvent,
  EpochEvent,
  LivenessEvidence,
} from '@hazri/shared/protocol/event';
import { InvariantError, type Result } from '@hazri/shared/result';
import type { Head } from '@hazri/shared/sync/heads';
import type { Entry, Journal, Position } from '../journal/journal.js';
import type { Template } from './choose-templates.js';
import type { Clock } from './clock.js';
import { type Face, wipeFace } from './face.js';
import type { Sealer } from './sealer.js';
import type { TrustedTime } from './trusted-time.js';

export type Recorded = Result<Head, 'DISK_FULL'>;

export interface Probe {
  /** Wiped once sealed. */
  readonly face: Face;
  readonly frames: number;
  readonly liveness: LivenessEvidence;
  readonly camera: string | null;
}

export interface Enrolment {
  /** At least one; wiped once sealed. */
  readonly templates: readonly Template[];
  readonly ticketId: string;
  readonly consent: ConsentRecord;
  readonly liveness: LivenessEvidence;
}

/** What was typed, and the face of the check-in that asked for it. */
export interface PinEntry {
  readonly employeeCode: string;
  readonly pin: string;
  /** Stays as it is. */
  readonly face: Face | null;
}

export interface RecorderOptions {
  readonly journal: Journal;
  readonly config: () => DeviceConfig;
  readonly time: TrustedTime;
  readonly clock: Clock;
  readonly sealer: Pick<Sealer, 'seal'>;
  /** A new UUID for each event. */
  readonly newId: () => string;
  /** Remembers the number outside the journal, before the epoch begins. */
  readonly onEpoch: (epoch: number) => void;
}

type Common = Pick<
  DeviceEvent,
  'v' | 'tenant' | 'device' | 'epoch' | 'seq' | 'prevHash' | 'id' | 'wallMs' | 'monoMs' | 'bootId' | 'atMs'
> &
  Pick<DeviceEvent, 'time' | 'zone'>;

export class Recorder {
  readonly #options: RecorderOptions;
  #owed: EpochEvent['reason'] | null;

  constructor(options: RecorderOptions, owed: EpochEvent['reason'] | null) {
    this.#options = options;
    this.#owed = owed;
  }

  /** Records the epoch that is owed, if one is; until that worked, nothing else is recorded. */
  settleEpoch(): Recorded | null {
    return this.#owed === null ? null : this.startEpoch(this.#owed);
  }

  checkIn(probe: Probe): Recorded {
    const { face, ...facts } = probe;
    try {
      return this.#append((position) =>
        this.#sealed(position, 'check-in', facesToBytes([face]), (common, sealed) => ({
          ...common,
          ...sealed,
          type: 'check-in',
          ...facts,
          models: face.models,
        })),
      );
    } finally {
      wipeFace(face);
    }
  }

  /** Every template holds the models of the first. */
  enrolment(enrolment: Enrolment): Recorded {
    const { templates, ...facts } = enrolment;
    const faces = templates.map(({ face }) => face);
    const [first] = faces;
    if (first === undefined) throw new InvariantError('an enrolment without a template');
    try {
      return this.#append((position) =>
        this.#sealed(position, 'enrolment', facesToBytes(faces), (common, sealed) => ({
          ...common,
          ...sealed,
          type: 'enrolment',
          ...facts,
          models: first.models,
          templates: templates.map(({ info }) => info),
        })),
      );
    } finally {
      for (const face of faces) wipeFace(face);
    }
  }

  pin({ employeeCode, pin, face }: PinEntry, refersTo: Head | null): Recorded {
    const bytes = face === null ? null : facesToBytes([face]);
    const embedding = bytes === null ? null : toBase64(bytes);
    bytes?.fill(0);
    const credentials: PinCredentials = { employeeCode, pin, embedding };
    return this.#append((position) =>
      this.#sealed(position, 'pin', canonicalBytes(credentials), (common, sealed) => ({
        ...common,
        ...sealed,
        type: 'pin',
        models: face?.models ?? null,
        refersTo: refersTo === null ? null : { epoch: refersTo.epoch, seq: refersTo.seq },
      })),
    );
  }

  dispute(refersTo: Head): Recorded {
    return this.#append((position) => ({
      event: {
        ...this.#common(position),
        type: 'dispute',
        boxHash: null,
        refersTo: { epoch: refersTo.epoch, seq: refersTo.seq },
      },
      box: null,
    }));
  }

  /** Begins a new epoch. What was not taken of the old one is held back unless the server never saw a difference. */
  startEpoch(reason: EpochEvent['reason']): Recorded {
    const { journal } = this.#options;
    const { epoch, seq, hash } = journal.head;
    const holdBack = reason === 'fork' || reason === 'restored';
    this.#options.onEpoch(journal.nextEpoch);
    const started = journal.startEpoch(
      (position) => ({
        event: {
          ...this.#common(position),
          type: 'epoch',
          boxHash: null,
          reason,
          previous: seq === 0 ? null : { epoch, seq, hash },
        },
        box: null,
      }),
      holdBack,
    );
    if (started.ok) this.#owed = null;
    return started;
  }

  #append(compose: (position: Position) => Entry): Recorded {
    const owed = this.settleEpoch();
    return owed?.ok === false ? owed : this.#options.journal.append(compose);
  }

  #sealed(
    position: Position,
    type: BoxHeader['type'],
    payload: Uint8Array,
    finish: (
      common: Common,
      sealed: { boxHash: string; senderKey: string; serverKeyId: string },
    ) => DeviceEvent,
  ): Entry {
    const common = this.#common(position);
    const { tenant, device, epoch, seq, id } = common;
    const header: BoxHeader = { v: 1, tenant, device, epoch, seq, id, type };
    const { box, fields } = this.#options.sealer.seal(this.#options.config().serverBoxKey, header, payload);
    return { event: finish(common, fields), box };
  }

  #common(position: Position): Common {
    const { clock, time, config, newId } = this.#options;
    const { tenantId, deviceId, zone } = config();
    const { atMs, time: claim } = time.claim();
    return {
      v: 1,
      tenant: tenantId,
      device: deviceId,
      epoch: position.epoch,
      seq: position.seq,
      prevHash: position.prevHash,
      id: newId(),
      wallMs: Math.round(clock.wallMs()),
      monoMs: clock.monoMs(),
      bootId: clock.bootId,
      atMs,
      time: claim,
      zone,
    };
  }
}

/** All embeddings of the current model, then all of the next one, if every face has one. */
function facesToBytes(faces: readonly Face[]): Uint8Array {
  const nexts = faces.flatMap(({ next }) => (next === null ? [] : [next]));
  if (nexts.length > 0 && nexts.length !== faces.length)
    throw new InvariantError('faces of different models');
  return embeddingsToBytes([...faces.map(({ current }) => current), ...nexts]);
}
