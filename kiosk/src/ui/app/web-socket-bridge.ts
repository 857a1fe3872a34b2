// The bridge over a WebSocket to the loopback host: calls and states as JSON text, frames and their acknowledgements
// as binary messages. The link counts as up with the first state: a host that has another screen already accepts and
// closes at once. Connects again by itself; while the link is down every call is refused, none is kept.
import { type Result, err } from '@hazri/shared/result';
import { type HostMessage, type Link, SCREEN_ELSEWHERE, type ScreenBridge } from '../../contract/bridge.js';
import type { CallError } from '../../contract/calls.js';
import type { Channel } from '../../contract/channels.js';
import type { ScreenState } from '../../contract/views.js';

const RETRY_MS = [250, 500, 1000, 2000] as const;
const CALL_TIMEOUT_MS = 30_000;
const NO_AGENT = err<CallError>({ code: 'AGENT_FAILED' });

type Reply = Result<unknown, CallError>;
type Settle = (reply: Reply) => void;

/** The part of a WebSocket that is used, so that a test can stand in for it. */
export type Socket = Pick<WebSocket, 'send' | 'close' | 'addEventListener' | 'readyState' | 'binaryType'>;
const OPEN = 1;

function parse(text: string): HostMessage | null {
  try {
    return JSON.parse(text) as HostMessage;
  } catch {
    return null;
  }
}

class HostLink implements ScreenBridge {
  private socket: Socket | null = null;
  private link: Link = 'down';
  private failures = 0;
  private lastId = 0;
  private state: ScreenState | null = null;
  private readonly calls = new Map<number, Settle>();
  private frameDone: { resolve: () => void; reject: (cause: Error) => void } | null = null;
  private readonly stateListeners = new Set<(state: ScreenState) => void>();
  private readonly linkListeners = new Set<(link: Link) => void>();

  constructor(private readonly open: () => Socket) {
    this.connect();
  }

  readonly call: ScreenBridge['call'] = (channel, input) =>
    this.ask(channel, input) as ReturnType<ScreenBridge['call']> as never;

  readonly onState = (listener: (state: ScreenState) => void): (() => void) => {
    this.stateListeners.add(listener);
    if (this.state !== null) listener(this.state);
    return () => {
      this.stateListeners.delete(listener);
    };
  };

  readonly onLink = (listener: (link: Link) => void): (() => void) => {
    this.linkListeners.add(listener);
    listener(this.link);
    return () => {
      this.linkListeners.delete(listener);
    };
  };

  readonly sendFrame = (frame: Uint8Array<ArrayBuffer>): Promise<void> =>
    new Promise((resolve, reject) => {
      if (this.socket?.readyState !== OPEN || this.frameDone !== null) {
        reject(new Error('FRAME_NOT_SENT'));
        return;
      }
      this.frameDone = { resolve, reject };
      this.socket.send(frame);
    });

  private ask(channel: Channel, input: unknown): Promise<Reply> {
    return new Promise((resolve) => {
      if (this.socket?.readyState !== OPEN) {
        resolve(NO_AGENT);
        return;
      }
      const id = ++this.lastId;
      const timer = setTimeout(() => {
        this.settle(id, NO_AGENT);
      }, CALL_TIMEOUT_MS);
      this.calls.set(id, (reply) => {
        clearTimeout(timer);
        resolve(reply);
      });
      this.socket.send(JSON.stringify({ kind: 'call', id, channel, input } satisfies HostMessage));
    });
  }

  private settle(id: number, reply: Reply): void {
    const settle = this.calls.get(id);
    this.calls.delete(id);
    settle?.(reply);
  }

  private connect(): void {
    const socket = this.open();
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    socket.addEventListener('message', (event: MessageEvent<unknown>) => {
      this.receive(event.data);
    });
    socket.addEventListener('close', ({ code }) => {
      this.lose(socket, code === SCREEN_ELSEWHERE ? 'elsewhere' : 'down');
    });
  }

  private receive(data: unknown): void {
    if (typeof data !== 'string') {
      const done = this.frameDone;
      this.frameDone = null;
      done?.resolve();
      return;
    }
    const message = parse(data);
    if (message?.kind === 'reply') this.settle(message.id, message.result);
    if (message?.kind !== 'state') return;
    this.failures = 0;
    this.state = message.state;
    for (const listener of this.stateListeners) listener(message.state);
    this.setLink('up');
  }

  private lose(socket: Socket, link: Link): void {
    if (this.socket !== socket) return;
    this.socket = null;
    this.state = null;
    const frame = this.frameDone;
    this.frameDone = null;
    frame?.reject(new Error('FRAME_NOT_SENT'));
    for (const id of [...this.calls.keys()]) this.settle(id, NO_AGENT);
    this.setLink(link);
    const waitMs = RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)];
    this.failures += 1;
    setTimeout(() => {
      this.connect();
    }, waitMs);
  }

  private setLink(link: Link): void {
    if (this.link === link) return;
    this.link = link;
    for (const listener of this.linkListeners) listener(link);
  }
}

export function connectToHost(open: () => Socket): ScreenBridge {
  return new HostLink(open);
}
