// Keeps the agent running in a process of its own and carries what passes between it and the screen. A crash of the
// agent costs the answers under way and nothing else: it is started again, and its journal knows the rest.
import { type Result, err } from '@hazri/shared/result';
import type { CallError } from '../../contract/calls.js';
import type { ScreenState } from '../../contract/views.js';
import { type FromAgent, type ToAgent, fromAgent } from './agent-messages.js';
import type { ChildLike } from './electron-parts.js';
import type { KeyVault } from './key-vault.js';

const FIRST_RESTART_MS = 250;
const LONGEST_RESTART_MS = 10_000;
/** An agent that ran this long was healthy; its next crash counts as the first. */
const HEALTHY_AFTER_MS = 60_000;
const STOP_WITHIN_MS = 6_000;

export interface AgentLinkOptions {
  readonly fork: () => ChildLike;
  readonly vault: KeyVault | null;
  readonly onState: (state: ScreenState) => void;
  readonly onLink: (isUp: boolean) => void;
  /** The agent cannot run; the sentence says why. */
  readonly onFailed: (sentence: string) => void;
  readonly monoMs: () => number;
  readonly later: (work: () => void, ms: number) => void;
}

export class AgentLink {
  readonly #options: AgentLinkOptions;
  readonly #calls = new Map<number, (result: Result<unknown, CallError>) => void>();
  readonly #frames = new Map<number, () => void>();
  #child: ChildLike | null = null;
  #isReady = false;
  #lastId = 0;
  #crashes = 0;
  #startedMs = 0;
  #isStopping = false;
  #onExit: () => void = () => undefined;

  constructor(options: AgentLinkOptions) {
    this.#options = options;
  }

  start(): void {
    const { fork, vault, monoMs } = this.#options;
    this.#startedMs = monoMs();
    const child = fork();
    this.#child = child;
    child.on('message', (message) => {
      const parsed = fromAgent.safeParse(message);
      if (parsed.success && child === this.#child) this.#receive(parsed.data);
    });
    child.once('exit', () => {
      if (child === this.#child) this.#lose();
    });
    this.#post({ kind: 'start', hasKeychain: vault !== null });
  }

  call(channel: string, input: unknown): Promise<Result<unknown, CallError>> {
    if (!this.#isReady) return Promise.resolve(err({ code: 'AGENT_FAILED' }));
    return new Promise((resolve) => {
      const id = this.#nextId();
      this.#calls.set(id, resolve);
      this.#post({ kind: 'call', id, channel, input });
    });
  }

  /** Resolves when the next frame may come, also when the agent went away meanwhile. */
  sendFrame(bytes: Uint8Array): Promise<void> {
    if (!this.#isReady) return Promise.resolve();
    return new Promise((resolve) => {
      const id = this.#nextId();
      this.#frames.set(id, resolve);
      this.#post({ kind: 'frame', id, bytes });
    });
  }

  stop(): Promise<void> {
    this.#isStopping = true;
    const child = this.#child;
    if (child === null) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onExit = resolve;
      this.#post({ kind: 'stop' });
      this.#options.later(() => {
        child.kill();
        resolve();
      }, STOP_WITHIN_MS);
    });
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  #post(message: ToAgent): void {
    this.#child?.postMessage(message);
  }

  #receive(message: FromAgent): void {
    switch (message.kind) {
      case 'ready':
        this.#isReady = true;
        this.#options.onLink(true);
        return;
      case 'state':
        this.#options.onState(message.state);
        return;
      case 'reply':
        this.#calls.get(message.id)?.(message.result);
        this.#calls.delete(message.id);
        return;
      case 'frame-done':
        this.#frames.get(message.id)?.();
        this.#frames.delete(message.id);
        return;
      case 'protect':
        void this.#protect(message);
        return;
      case 'failed':
        this.#isStopping = true;
        this.#options.onFailed(message.sentence);
        return;
    }
  }

  async #protect(message: Extract<FromAgent, { kind: 'protect' }>): Promise<void> {
    const { id, direction, bytes } = message;
    const { vault } = this.#options;
    const result = await (direction === 'wrap' ? vault?.wrap(bytes) : vault?.unwrap(bytes))?.catch(
      () => null,
    );
    this.#post({ kind: 'protected', id, bytes: result ?? null });
  }

  #lose(): void {
    const { later, monoMs, onLink } = this.#options;
    this.#child = null;
    this.#isReady = false;
    for (const settle of this.#calls.values()) settle(err({ code: 'AGENT_FAILED' }));
    for (const done of this.#frames.values()) done();
    this.#calls.clear();
    this.#frames.clear();
    this.#onExit();
    onLink(false);
    if (this.#isStopping) return;
    this.#crashes = monoMs() - this.#startedMs >= HEALTHY_AFTER_MS ? 1 : this.#crashes + 1;
    later(
      () => {
        if (!this.#isStopping) this.start();
      },
      Math.min(FIRST_RESTART_MS * 2 ** (this.#crashes - 1), LONGEST_RESTART_MS),
    );
  }
}
