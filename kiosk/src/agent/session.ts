// Everything a paired tablet runs: its journal, its link to the server, its clock and the check-in, wired together and
// torn down together. One session per pairing.
import { randomBytes, randomUUID } from 'node:crypto';
import { fromBase64 } from '@hazri/shared/crypto/encoding';
import type { DeviceConfig } from '@hazri/shared/protocol/device';
import type { Flow } from './flow.js';
import { CheckIn } from './check-in.js';
import type { Clock } from './clock.js';
import type { Log } from './log.js';
import { Recorder } from './recorder.js';
import { Sealer } from './sealer.js';
import { TrustedTime } from './trusted-time.js';
import type { LivenessCheck } from '../engine/liveness/port.js';
import type { FaceEngine, RecognitionModels } from '../engine/port.js';
import { verifySignature } from '../identity/device-key.js';
import type { Pairing, PairingStore } from '../identity/pairing-store.js';
import type { Journal } from '../journal/journal.js';
import { openJournal } from '../journal/open-journal.js';
import { DeviceClient } from '../sync/device-client.js';
import { type SyncStatus, SyncRunner } from '../sync/sync-runner.js';

const SAVE_TIME_EVERY_MS = 60_000;

export interface SessionParts {
  readonly pairing: Pairing;
  readonly store: PairingStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly appVersion: string;
  readonly sqliteDriver: string | null;
  readonly liveness: LivenessCheck;
  readonly engine: () => FaceEngine | null;
  readonly camera: () => string | null;
  readonly problem: () => string | null;
  /** Millisecond clock for frames. */
  readonly frameMs: () => number;
  readonly onChange: () => void;
}

export class Session {
  readonly #parts: SessionParts;
  readonly #sealer: Sealer;
  readonly #client: DeviceClient;
  readonly #sync: SyncRunner;
  readonly #recorder: Recorder;
  readonly #journal: Journal;
  readonly time: TrustedTime;
  #pairing: Pairing;
  #checkIn: CheckIn | null = null;
  /** The server asks for a recognition model that this tablet cannot run; it goes on with the one it has. */
  #lacksModel = false;
  #lastContactMs: number | null = null;
  #timeSavedMonoMs = Number.NEGATIVE_INFINITY;
  #ticker: NodeJS.Timeout | undefined;

  /** Errors: those of openJournal. */
  constructor(parts: SessionParts) {
    const { pairing, store, clock, log } = parts;
    const { deviceId } = pairing.config;
    this.#parts = parts;
    this.#pairing = pairing;
    const progress = store.progress(deviceId);
    this.time = new TrustedTime(clock, progress.timeAnchor);
    this.#sealer = new Sealer(() => clock.monoMs());
    const opened = openJournal({
      path: store.journalPath(deviceId),
      deviceId,
      signer: pairing.key,
      verify: (bytes, signature) => verifySignature(pairing.key.publicKey, bytes, signature),
      lastEpoch: progress.lastEpoch,
      driver: parts.sqliteDriver,
      wallMs: () => clock.wallMs(),
    });
    this.#journal = opened.journal;
    if (opened.announce !== null) log.error('JOURNAL_NEW_EPOCH', null, { reason: opened.announce });
    this.#recorder = new Recorder(
      {
        journal: opened.journal,
        config: () => this.#pairing.config,
        time: this.time,
        clock,
        sealer: this.#sealer,
        newId: randomUUID,
        onEpoch: (epoch) => {
          this.#saveProgress(epoch);
        },
      },
      opened.announce,
    );
    this.#recorder.settleEpoch();
    this.#saveProgress(this.#journal.head.epoch);
    this.#client = this.#connect();
    this.#sync = this.#createSync();
  }

  get config(): DeviceConfig {
    return this.#pairing.config;
  }

  get address(): string {
    return `${this.#pairing.host}:${this.#pairing.port}`;
  }

  get status(): SyncStatus {
    return this.#sync.status;
  }

  get lastContactMs(): number | null {
    return this.#lastContactMs;
  }

  get checkIn(): CheckIn | null {
    return this.#checkIn;
  }

  get flow(): Flow | null {
    return this.#checkIn?.flow ?? null;
  }

  queue(): { unsent: number; heldBack: number; epoch: number; headSeq: number } {
    const { unsent, heldBack } = this.#journal.queue();
    const { epoch, seq } = this.#journal.head;
    return { unsent, heldBack, epoch, headSeq: seq };
  }

  start(): void {
    this.#sync.start();
    this.engineReady();
    this.#ticker = setInterval(() => {
      this.#checkIn?.tick();
    }, 250);
  }

  /** The engine loads while the tablet already talks to its server. */
  engineReady(): void {
    const { engine: loaded, liveness, camera, frameMs, onChange, log } = this.#parts;
    const engine = loaded();
    if (engine === null || this.#checkIn !== null) return;
    this.#checkIn = new CheckIn({
      engine,
      liveness,
      recorder: this.#recorder,
      config: () => this.#pairing.config,
      camera,
      decide: (head, timeoutMs) => this.#sync.decide(head, timeoutMs),
      isOnline: () => this.#sync.status.online,
      nowMs: () => this.time.claim().atMs,
      monoMs: frameMs,
      onFlow: onChange,
      log,
    });
    void this.#useModels(engine);
    onChange();
  }

  async close(): Promise<void> {
    clearInterval(this.#ticker);
    this.#checkIn?.close();
    await this.#sync.stop();
    this.#client.close();
    this.#sealer.close();
    this.#saveProgress(this.#journal.head.epoch);
    this.#journal.close();
  }

  #connect(): DeviceClient {
    const { clock } = this.#parts;
    return new DeviceClient({
      host: this.#pairing.host,
      port: this.#pairing.port,
      trust: {
        spkiPins: () => this.#pairing.spkiPins,
        trustedNowMs: () => this.time.trustedNowMs(),
      },
      deviceId: this.config.deviceId,
      signer: this.#pairing.key,
      serverSignKey: fromBase64(this.config.serverSignPublicKey),
      monoMs: () => clock.monoMs(),
      nowMs: () => this.time.bestNowMs(),
      onTime: (sample) => {
        this.time.take(sample);
        this.#lastContactMs = sample.serverMs;
        if (clock.monoMs() - this.#timeSavedMonoMs < SAVE_TIME_EVERY_MS) return;
        this.#timeSavedMonoMs = clock.monoMs();
        this.#saveProgress(this.#journal.head.epoch);
      },
    });
  }

  #createSync(): SyncRunner {
    const { clock, engine, camera, appVersion, onChange, log } = this.#parts;
    return new SyncRunner({
      journal: this.#journal,
      client: this.#client,
      monoMs: () => clock.monoMs(),
      after,
      random: () => randomBytes(4).readUInt32LE() / 2 ** 32,
      describe: () => ({
        appVersion,
        configVersion: this.config.version,
        camera: camera(),
        models: engine()?.modelIds ?? null,
        wallMs: Math.round(clock.wallMs()),
        problem: this.#parts.problem() ?? this.#quietProblem(),
      }),
      startEpoch: (reason) => {
        log.error('JOURNAL_NEW_EPOCH', null, { reason });
        return this.#recorder.startEpoch(reason).ok;
      },
      onConfig: (config) => {
        this.#takeConfig(config);
      },
      onEnrolment: (ticket) => {
        this.#checkIn?.offerTicket(ticket);
      },
      onSent: onChange,
      onStatus: (status) => {
        log.info('SYNC_STATUS', { online: status.online, problem: status.problem });
        onChange();
      },
    });
  }

  /** What IT should know of although the tablet works. */
  #quietProblem(): string | null {
    if (this.#journal.isShortOfSpace) return 'DISK_FULL';
    if (this.#journal.queue().heldBack > 0) return 'EVENTS_HELD_BACK';
    return this.#lacksModel ? 'RECOGNITION_MODEL_MISSING' : null;
  }

  #takeConfig(config: DeviceConfig): void {
    const { deviceId, tenantId, serverSignPublicKey, spkiPins } = this.config;
    const isOurs = config.deviceId === deviceId && config.tenantId === tenantId;
    if (!isOurs || config.serverSignPublicKey !== serverSignPublicKey) {
      this.#parts.log.error('CONFIG_FOREIGN', null);
      return;
    }
    // New pins that share none with the old ones are added, not swapped: a mistake must not lock the tablet out.
    const overlaps = config.spkiPins.some((pin) => spkiPins.includes(pin));
    const pins = overlaps ? config.spkiPins : [...new Set([...this.#pairing.spkiPins, ...config.spkiPins])];
    this.#pairing = { ...this.#pairing, config, spkiPins: pins };
    this.#parts.store.updateConfig(this.#pairing);
    const engine = this.#parts.engine();
    if (engine !== null) void this.#useModels(engine);
    this.#parts.onChange();
  }

  /** Runs the models that the server names. Without the next one the tablet works on with the current one alone. */
  async #useModels(engine: FaceEngine): Promise<void> {
    const { current, next } = this.config.recognition;
    const { recognition, nextRecognition } = engine.modelIds;
    // A pairing from before there were model ids names none.
    if (current === '' || (current === recognition && next === (nextRecognition ?? null))) {
      this.#lacksModel = false;
      return;
    }
    const isNamed = await this.#switchTo(engine, { current, next });
    const isSwitched = isNamed || (next !== null && (await this.#switchTo(engine, { current, next: null })));
    this.#lacksModel = !isNamed;
    this.#parts.log.info('RECOGNITION_MODELS', { current, next, isNamed, isSwitched });
    if (isSwitched) this.#checkIn?.modelsChanged();
  }

  async #switchTo(engine: FaceEngine, models: RecognitionModels): Promise<boolean> {
    try {
      return (await engine.useRecognition(models)).ok;
    } catch (error) {
      this.#parts.log.error('RECOGNITION_MODEL_UNUSABLE', error);
      return false;
    }
  }

  #saveProgress(epoch: number): void {
    const { store } = this.#parts;
    try {
      store.saveProgress(this.config.deviceId, {
        lastEpoch: Math.max(epoch, store.progress(this.config.deviceId).lastEpoch),
        timeAnchor: this.time.anchor,
      });
    } catch (error) {
      // A full disk: the journal itself says so to whoever punches.
      this.#parts.log.error('PROGRESS_NOT_SAVED', error);
    }
  }
}

function after(waitMs: number, work: () => void): () => void {
  const timer = setTimeout(work, waitMs);
  return () => {
    clearTimeout(timer);
  };
}
