// The tablet's agent: everything behind the screen, put together. A host gives it calls and frames and takes its state;
// which host that is, it does not know.
import { performance } from 'node:perf_hooks';
import { UserError, type Result, err } from '@hazri/shared/result';
import { type Clock, systemClock } from './clock.js';
import { type CallTarget, answerCall } from './calls.js';
import type { Log } from './log.js';
import { ItPinGate } from './it-pin.js';
import { toScreenState } from './screen-state.js';
import { Session } from './session.js';
import { TrustedTime } from './trusted-time.js';
import type { KioskConfig } from '../config/config.js';
import type { CallError, CallInput, Camera } from '../contract/calls.js';
import { decodeFrame } from '../contract/frame.js';
import type { ProblemCode, ScreenState } from '../contract/views.js';
import type { LivenessCheck } from '../engine/liveness/port.js';
import type { FaceEngine } from '../engine/port.js';
import type { KeyProtection } from '../identity/device-key.js';
import { PairingClient } from '../identity/pairing-client.js';
import { type Pairing, PairingStore } from '../identity/pairing-store.js';

/** The clock on the screen is set right this often. */
const REPUBLISH_MS = 30_000;

/** What a host sees of the agent. */
export interface Agent {
  /** Checks its input itself; never throws for what a screen may send. */
  call(channel: string, input: unknown): Promise<Result<unknown, CallError>>;
  /** Calls back at once, then on every change. */
  onState(listener: (state: ScreenState) => void): () => void;
  /** Bytes of contract/frame.ts. Resolves when the next frame may come; the buffer is zeroed by then. */
  acceptFrame(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

export interface AgentOptions {
  readonly config: KioskConfig;
  readonly protection: KeyProtection;
  readonly log: Log;
  readonly createEngine: () => Promise<FaceEngine>;
  readonly liveness: LivenessCheck;
  readonly clock?: Clock;
}

type CameraState = CallInput<'camera.report'>;

export class TabletAgent implements Agent, CallTarget {
  readonly #options: AgentOptions;
  readonly #clock: Clock;
  readonly #store: PairingStore;
  readonly #pairing: PairingClient;
  readonly #listeners = new Set<(state: ScreenState) => void>();
  readonly itPin: ItPinGate;
  #session: Session | null = null;
  #engine: FaceEngine | null = null;
  #engineProblem: ProblemCode | null = null;
  #camera: CameraState | null = null;
  #isBusy = false;
  #lastShown = '';
  #ticker: NodeJS.Timeout | undefined;

  private constructor(options: AgentOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock();
    this.#store = new PairingStore(options.config.dataFolder, options.protection);
    this.itPin = new ItPinGate(() => this.#clock.monoMs());
    const time = new TrustedTime(this.#clock, null);
    this.#pairing = new PairingClient({
      appVersion: options.config.version,
      platform: `${process.platform}-${process.arch}`,
      camera: () => this.camera,
      monoMs: () => this.#clock.monoMs(),
      nowMs: () => time.bestNowMs(),
      onState: () => {
        this.#publish();
      },
      onPaired: (pairing) => void this.#adopt(pairing),
      onTime: (sample) => {
        time.take(sample);
      },
    });
  }

  /** Errors: JOURNAL_*, PAIRING_UNREADABLE, KEY_PROTECTION_CHANGED. */
  static async open(options: AgentOptions): Promise<TabletAgent> {
    const agent = new TabletAgent(options);
    const paired = await agent.#store.load();
    if (paired !== null) agent.#openSession(paired);
    void agent.#loadEngine();
    agent.#ticker = setInterval(() => {
      agent.#publish(true);
    }, REPUBLISH_MS);
    return agent;
  }

  get session(): Session | null {
    return this.#session;
  }

  get pairing(): PairingClient {
    return this.#pairing;
  }

  get config(): KioskConfig {
    return this.#options.config;
  }

  get engine(): FaceEngine | null {
    return this.#engine;
  }

  get camera(): Camera | null {
    return this.#camera?.state === 'open' ? this.#camera.camera : null;
  }

  reportCamera(camera: CameraState): void {
    this.#camera = camera;
    this.#publish();
  }

  call(channel: string, input: unknown): Promise<Result<unknown, CallError>> {
    return answerCall(this, channel, input).catch((error: unknown) => {
      this.#options.log.error('CALL_FAILED', error, { channel: channel.slice(0, 40) });
      return err({ code: 'AGENT_FAILED' } as const);
    });
  }

  onState(listener: (state: ScreenState) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#state());
    return () => {
      this.#listeners.delete(listener);
    };
  }

  async acceptFrame(bytes: Uint8Array): Promise<void> {
    const frame = decodeFrame(bytes);
    const checkIn = this.#session?.checkIn ?? null;
    // A frame that comes while one is being read is forgotten: the newest is always on its way.
    if (!this.#isBusy && frame.ok && checkIn !== null && this.#blocking() === null) {
      this.#isBusy = true;
      try {
        await checkIn.acceptFrame(frame.value);
      } catch (error) {
        this.#options.log.error('FRAME_FAILED', error);
      } finally {
        this.#isBusy = false;
      }
    }
    bytes.fill(0);
  }

  async close(): Promise<void> {
    clearInterval(this.#ticker);
    this.#pairing.close();
    await this.#session?.close();
    await this.#engine?.close();
  }

  /** A new screen shows the whole truth again, and serves whoever stands before it. */
  screenReady(): void {
    this.#session?.checkIn?.restart();
    this.#publish(true);
  }

  async #adopt(pairing: Pairing): Promise<void> {
    try {
      await this.#session?.close();
      this.#session = null;
      await this.#store.save(pairing);
      this.#openSession(pairing);
      this.#pairing.reset();
    } catch (error) {
      this.#options.log.error('PAIRING_NOT_SAVED', error);
    }
    this.#publish();
  }

  #openSession(pairing: Pairing): void {
    const { log, config, liveness } = this.#options;
    this.#session = new Session({
      pairing,
      store: this.#store,
      clock: this.#clock,
      log,
      appVersion: config.version,
      sqliteDriver: config.sqliteDriver,
      liveness,
      engine: () => this.#engine,
      camera: () => this.camera?.label ?? null,
      problem: () => this.#blocking(),
      frameMs: () => performance.now(),
      onChange: () => {
        this.#publish();
      },
    });
    this.#session.start();
  }

  async #loadEngine(): Promise<void> {
    try {
      this.#engine = await this.#options.createEngine();
      this.#session?.engineReady();
    } catch (error) {
      this.#options.log.error('ENGINE_NOT_LOADED', error, {
        reason: error instanceof UserError ? error.code : 'UNKNOWN',
      });
      this.#engineProblem = 'MODELS_MISSING';
    }
    this.#publish();
  }

  #blocking(): ProblemCode | null {
    if (this.#session?.status.problem === 'DEVICE_REVOKED') return 'DEVICE_REVOKED';
    return this.#engineProblem ?? this.#cameraProblem();
  }

  #cameraProblem(): ProblemCode | null {
    const camera = this.#camera;
    const pin = this.#session?.config.cameraPin ?? null;
    switch (camera?.state) {
      case undefined:
        return null;
      case 'missing':
        return 'CAMERA_MISSING';
      case 'denied':
        return 'CAMERA_DENIED';
      case 'not-pinned':
        return 'CAMERA_CHANGED';
      case 'open':
        return pin !== null && camera.camera.label !== pin ? 'CAMERA_CHANGED' : null;
    }
  }

  #state(): ScreenState {
    const session = this.#session;
    const problem = session?.status.problem ?? null;
    return toScreenState({
      blocking: this.#blocking(),
      noted: problem === 'DEVICE_REVOKED' ? null : problem,
      pairing: this.#pairing.state,
      serverAddress: this.#options.config.serverAddress,
      config: session?.config ?? null,
      flow: session?.flow ?? null,
      online: session?.status.online ?? false,
      unsent: session?.queue().unsent ?? 0,
      trustedNowMs: session?.time.trustedNowMs() ?? null,
      monoMs: performance.now(),
    });
  }

  #publish(always = false): void {
    if (this.#listeners.size === 0) return;
    const state = this.#state();
    const { nowMs: _nowMs, ...status } = state.status;
    const view = state.view.name === 'result' ? state.view.result : state.view;
    const shown = JSON.stringify([state.view.name, view, status]);
    if (!always && shown === this.#lastShown) return;
    this.#lastShown = shown;
    for (const listener of this.#listeners) listener(state);
  }
}
