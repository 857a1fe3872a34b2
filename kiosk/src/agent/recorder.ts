// Turns what happened at the tablet into journal events: place and time filled in, secrets sealed beside them.
// When a method answers ok, the event is on disk.
import { randomUUID } from 'node:crypto';
import { canonicalBytes } from '@hazri/shared/crypto/encoding';
import { embeddingsToBytes } from '@hazri/shared/crypto/embedding-bytes';
import type { DeviceConfig, PinCredentials } from '@hazri/shared/protocol/device';
import type {
  BoxHeader,
  ConsentRecord,
  DeviceEvent,
  EpochEvent,
  LivenessEvidence,
  ModelIds,
  TemplateInfo,
} from '@hazri/shared/protocol/event';
import type { Result } from '@hazri/shared/result';
import type { Head } from '@hazri/shared/sync/heads';
import type { Entry, Journal, Position } from '../journal/journal.js';
import type { Clock } from './clock.js';
import type { Sealer } from './sealer.js';
import type { TrustedTime } from './trusted-time.js';

export type Recorded = Result<Head, 'DISK_FULL'>;

export interface Probe {
  /** 128 numbers of unit length; zeroed once sealed. */
  readonly embedding: Float32Array;
  readonly frames: number;
  readonly liveness: LivenessEvidence;
  readonly models: ModelIds;
  readonly camera: string | null;
}

export interface Templates {
  /** Each 128 numbers of unit length; zeroed once sealed. */
  readonly embeddings: readonly Float32Array[];
  /** What each embedding is of, in their order. */
  readonly infos: readonly TemplateInfo[];
  readonly ticketId: string;
  readonly consent: ConsentRecord;
  readonly liveness: LivenessEvidence;
  readonly models: ModelIds;
}

export interface RecorderOptions {
  readonly journal: Journal;
  readonly config: () => DeviceConfig;
  readonly time: TrustedTime;
  readonly clock: Clock;
  readonly sealer: Sealer;
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
    const { embedding, ...facts } = probe;
    try {
      return this.#append((position) =>
        this.#sealed(position, 'check-in', embeddingsToBytes([embedding]), (common, sealed) => ({
          ...common,
          ...sealed,
          type: 'check-in',
          ...facts,
        })),
      );
    } finally {
      embedding.fill(0);
    }
  }

  enrolment(templates: Templates): Recorded {
    const { embeddings, infos, ...facts } = templates;
    try {
      return this.#append((position) =>
        this.#sealed(position, 'enrolment', embeddingsToBytes(embeddings), (common, sealed) => ({
          ...common,
          ...sealed,
          type: 'enrolment',
          ...facts,
          templates: [...infos],
        })),
      );
    } finally {
      for (const embedding of embeddings) embedding.fill(0);
    }
  }

  pin(credentials: PinCredentials, refersTo: Head | null): Recorded {
    return this.#append((position) =>
      this.#sealed(position, 'pin', canonicalBytes(credentials), (common, sealed) => ({
        ...common,
        ...sealed,
        type: 'pin',
        models: null,
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
    const { clock, time, config } = this.#options;
    const { tenantId, deviceId, zone } = config();
    const { atMs, time: claim } = time.claim();
    return {
      v: 1,
      tenant: tenantId,
      device: deviceId,
      epoch: position.epoch,
      seq: position.seq,
      prevHash: position.prevHash,
      id: randomUUID(),
      wallMs: Math.round(clock.wallMs()),
      monoMs: clock.monoMs(),
      bootId: clock.bootId,
      atMs,
      time: claim,
      zone,
    };
  }
}
