// A tablet of the fleet: the real journal, recorder, trusted time and sync runner over a simulated disk, clock and network.
import { acknowledgementBytes } from '@hazri/shared/crypto/reply-signing';
import { sha256Hex } from '@hazri/shared/crypto/hash-chain';
import { fromBase64, toBase64 } from '@hazri/shared/crypto/encoding';
import type { DeviceConfig, EventsRequest, HeartbeatResponse } from '@hazri/shared/protocol/device';
import { ok, err, type Result } from '@hazri/shared/result';
import { Recorder } from '../../kiosk/src/agent/recorder.js';
import { TrustedTime } from '../../kiosk/src/agent/trusted-time.js';
import type { Journal } from '../../kiosk/src/journal/journal.js';
import { resumeJournal } from '../../kiosk/src/journal/open-journal.js';
import type { TimeAnchor } from '../../kiosk/src/identity/pairing-store.js';
import { type ClientFailure, REPLY_INVALID } from '../../kiosk/src/sync/pinned-http.js';
import { SyncRunner } from '../../kiosk/src/sync/sync-runner.js';
import { SimulatedDisk, type SimulatedTables } from './disk.js';
import type { Network } from './network.js';
import type { Random } from './random.js';
import { SERVER_KEY, START_MS, type SimulatedServer, TENANT } from './server.js';
import { isKeyedSignature, keyedSignature } from './signing.js';
import type { Timeline } from './timeline.js';

export interface World {
  readonly timeline: Timeline;
  readonly random: Random;
  readonly network: Network;
  readonly server: SimulatedServer;
}

interface Process {
  readonly journal: Journal;
  readonly recorder: Recorder;
  readonly runner: SyncRunner;
  readonly tables: SimulatedTables;
}

export class SimulatedTablet {
  readonly disk = new SimulatedDisk();
  readonly deviceId: string;
  /** How far the wall clock is from the truth. */
  wallErrorMs = 0;
  epochsBegun = 0;
  #process: Process | null = null;
  #anchor: TimeAnchor | null = null;
  #bootId = 'boot-0';
  #boots = 0;
  #bootedAtMs = 0;
  #lastId = '';

  constructor(
    private readonly world: World,
    index: number,
  ) {
    this.deviceId = `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;
  }

  get isOn(): boolean {
    return this.#process !== null;
  }

  /** Everything was sent that is to be sent; the tablet is then switched off. */
  get isDrained(): boolean {
    const process = this.#process;
    if (process === null || process.journal.queue().unsent > 0 || !process.runner.status.online) return false;
    this.kill();
    return true;
  }

  start(): void {
    if (this.#process !== null) return;
    const tables = this.disk.open(() => {
      this.#process = null;
    });
    const clock = {
      wallMs: () => START_MS + this.world.timeline.nowMs + this.wallErrorMs,
      monoMs: () => this.world.timeline.nowMs - this.#bootedAtMs,
      bootId: this.#bootId,
    };
    const time = new TrustedTime(clock, this.#anchor);
    const { journal, announce } = resumeJournal(tables, {
      deviceId: this.deviceId,
      signer: { sign: (bytes) => keyedSignature(this.deviceId, bytes) },
      verify: (bytes, signature) => isKeyedSignature(this.deviceId, bytes, signature),
      lastEpoch: this.disk.lastEpoch,
      wallMs: clock.wallMs,
      existed: !this.disk.isEmpty,
    });
    const recorder = new Recorder(
      {
        journal,
        config: () => configOf(this.deviceId),
        time,
        clock,
        sealer: { seal: (_key, _header, payload) => sealed(payload) },
        newId: () => (this.#lastId = this.world.random.uuid()),
        onEpoch: (epoch) => {
          if (!tables.isDead) this.disk.lastEpoch = Math.max(this.disk.lastEpoch, epoch);
        },
      },
      announce,
    );
    const runner = this.#runner({ journal, recorder, tables, time, monoMs: clock.monoMs });
    this.#process = { journal, recorder, runner, tables };
    recorder.settleEpoch();
    if (!tables.isDead) this.disk.lastEpoch = Math.max(this.disk.lastEpoch, journal.head.epoch);
    runner.start();
  }

  /** The process ends between two steps, as SIGKILL ends it. */
  kill(): void {
    if (this.#process !== null) this.#process.tables.isDead = true;
    this.#process = null;
  }

  reboot(): void {
    this.kill();
    this.#boots += 1;
    this.#bootId = `boot-${String(this.#boots)}`;
    this.#bootedAtMs = this.world.timeline.nowMs;
    this.start();
  }

  /** The event's id when the person was told that the punch is recorded. */
  punch(person: number, isWaiting: boolean): { id: string; isTold: boolean } | null {
    const process = this.#process;
    if (process === null) return null;
    const current = new Float32Array(128);
    current[0] = person;
    const done = process.recorder.checkIn({
      face: { current, next: null, models: { detector: 'd', landmarks: 'l', recognition: 'r' } },
      frames: 3,
      liveness: { policy: 'passive', decision: 'live', version: 'v', cues: {}, tookMs: 1 },
      camera: null,
    });
    if (!done.ok) return null;
    const isTold = !process.tables.isDead;
    if (isTold && isWaiting) void process.runner.decide(done.value, 2_500);
    return { id: this.#lastId, isTold };
  }

  #runner(parts: {
    readonly journal: Journal;
    readonly recorder: Recorder;
    readonly tables: SimulatedTables;
    readonly time: TrustedTime;
    readonly monoMs: () => number;
  }): SyncRunner {
    const { journal, recorder, tables, time, monoMs } = parts;
    const { random, timeline } = this.world;
    return new SyncRunner({
      journal,
      client: {
        heartbeat: async (request) => {
          const sentMonoMs = monoMs();
          const reply = await this.#heartbeat(request.epoch, tables);
          if (reply.ok) {
            time.take({ serverMs: reply.value.time.serverMs, sentMonoMs, receivedMonoMs: monoMs() });
            this.#anchor = time.anchor;
          }
          return reply;
        },
        sendEvents: (request) => this.#events(request, tables),
      },
      monoMs,
      after: (waitMs, work) =>
        timeline.after(waitMs, () => {
          if (!tables.isDead) work();
        }),
      random: () => random.next(),
      describe: () => ({
        appVersion: '0.1.0',
        configVersion: 1,
        camera: null,
        models: null,
        wallMs: 0,
        problem: null,
      }),
      startEpoch: (reason) => {
        if (!tables.isDead) this.epochsBegun += 1;
        return recorder.startEpoch(reason).ok;
      },
      onConfig: () => undefined,
      onEnrolment: () => undefined,
      onStatus: () => undefined,
      onSent: () => undefined,
    });
  }

  async #heartbeat(
    epoch: number,
    tables: SimulatedTables,
  ): Promise<Result<HeartbeatResponse, ClientFailure>> {
    const { network, server } = this.world;
    const answer = await network.exchange(this.deviceId, async () =>
      server.revoked.has(this.deviceId) ? 'revoked' : { acked: await server.headOf(this.deviceId, epoch) },
    );
    await untilDeath(tables);
    if (answer === null) return err({ kind: 'lost', why: 'NETWORK' });
    if (answer === 'revoked') {
      return err({ kind: 'refused', code: 'DEVICE_REVOKED', retryAfterMs: null, acked: null });
    }
    const time = { deviceId: this.deviceId, serverMs: server.nowMs(), nonce: '', signature: '' };
    return ok({ time, acked: answer.acked, config: null, enrolment: null });
  }

  async #events(request: EventsRequest, tables: SimulatedTables) {
    const { network, server, random } = this.world;
    const by = principalOf(this.deviceId);
    const answer = await network.exchange(this.deviceId, () => server.events(by, request));
    await untilDeath(tables);
    if (answer === null) return err({ kind: 'lost', why: 'NETWORK' } as const);
    if ('refused' in answer) return err({ kind: 'refused', ...answer.refused } as const);
    const isForged = random.chance(network.weather.forgeReply);
    const reply = isForged ? { ...answer.ok, ackedSeq: answer.ok.ackedSeq + 1 } : answer.ok;
    const { signature, ...signed } = reply;
    const bytes = acknowledgementBytes(this.deviceId, signed);
    return isKeyedSignature(SERVER_KEY, bytes, fromBase64(signature)) ? ok(reply) : err(REPLY_INVALID);
  }
}

/** What comes back to a process that is gone is never heard. */
function untilDeath(tables: SimulatedTables): Promise<void> {
  return tables.isDead ? new Promise(() => undefined) : Promise.resolve();
}

function sealed(payload: Uint8Array) {
  const person = new DataView(payload.buffer, payload.byteOffset).getFloat32(0, true);
  const box = new Uint8Array(Buffer.from(`p${String(person)}`));
  return { box, fields: { boxHash: sha256Hex(box), senderKey: NO_KEY, serverKeyId: 'box-1' } };
}

const NO_KEY = toBase64(new Uint8Array(32));

const principalOf = (deviceId: string) => ({
  kind: 'device' as const,
  tenantId: TENANT,
  deviceId,
  name: deviceId,
  siteId: TENANT,
  signPublicKey: deviceId,
  cameraPin: null,
  address: null,
});

function configOf(deviceId: string): DeviceConfig {
  const config: Pick<DeviceConfig, 'tenantId' | 'deviceId' | 'zone' | 'serverBoxKey'> = {
    tenantId: TENANT,
    deviceId,
    zone: 'Asia/Kolkata',
    serverBoxKey: { id: 'box-1', publicKey: NO_KEY },
  };
  return config as DeviceConfig;
}
