// The wire between the agent and a screen in a Chromium window, over one WebSocket at /ws.
//
//   text, JSON    screen → agent   {kind:'call', id, channel, input}
//                 agent → screen   {kind:'reply', id, result} · {kind:'state', state}
//   binary        screen → agent   one frame, laid out as in contract/frame.ts
//                 agent → screen   an empty message for every frame: it was read, or a newer one took its place
//
// One screen at a time: a second one is closed at once with code SCREEN_ELSEWHERE.
import type { RawData, WebSocket } from 'ws';
import { z } from 'zod';
import type { Agent } from '../../agent/agent.js';
import { type HostMessage, SCREEN_ELSEWHERE } from '../../contract/bridge.js';

const MESSAGE_MALFORMED = 4400;
const MOST_CALL_BYTES = 64 * 1024;
const MOST_CALLS_UNDER_WAY = 16;
const PING_EVERY_MS = 10_000;

const incoming = z.strictObject({
  kind: z.literal('call'),
  id: z.number().int().min(0),
  channel: z.string().max(40),
  input: z.unknown(),
});

export class ScreenSockets {
  readonly #agent: Agent;
  #current: ScreenConnection | null = null;

  constructor(agent: Agent) {
    this.#agent = agent;
  }

  attach(socket: WebSocket): void {
    if (this.#current?.isOpen === true) {
      socket.close(SCREEN_ELSEWHERE, 'SCREEN_ELSEWHERE');
      return;
    }
    this.#current = new ScreenConnection(this.#agent, socket);
  }

  close(): void {
    this.#current?.close();
  }
}

class ScreenConnection {
  readonly #agent: Agent;
  readonly #socket: WebSocket;
  #callsUnderWay = 0;
  #isReadingFrame = false;
  #newestFrame: Uint8Array | null = null;
  #isAlive = true;

  constructor(agent: Agent, socket: WebSocket) {
    this.#agent = agent;
    this.#socket = socket;
    const stop = agent.onState((state) => {
      this.#sendJson({ kind: 'state', state });
    });
    const pinger = setInterval(() => {
      this.#ping();
    }, PING_EVERY_MS);
    socket.on('pong', () => {
      this.#isAlive = true;
    });
    socket.on('message', (data, isBinary) => {
      this.#receive(data, isBinary);
    });
    // Without a listener an abrupt end would take the process down; 'close' follows and does the work.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      clearInterval(pinger);
      stop();
      this.#newestFrame?.fill(0);
      this.#newestFrame = null;
    });
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  close(): void {
    this.#socket.close(1001);
    this.#socket.terminate();
  }

  #receive(data: RawData, isBinary: boolean): void {
    const bytes = toBytes(data);
    if (isBinary) {
      this.#takeFrame(bytes);
      return;
    }
    const message = bytes.length <= MOST_CALL_BYTES ? incoming.safeParse(parseJson(bytes)) : null;
    if (message?.success !== true || this.#callsUnderWay >= MOST_CALLS_UNDER_WAY) {
      this.#socket.close(MESSAGE_MALFORMED);
      return;
    }
    const { id, channel, input } = message.data;
    this.#callsUnderWay += 1;
    void this.#agent.call(channel, input ?? {}).then((result) => {
      this.#callsUnderWay -= 1;
      this.#sendJson({ kind: 'reply', id, result });
    });
  }

  #takeFrame(frame: Uint8Array): void {
    if (this.#isReadingFrame) {
      if (this.#newestFrame !== null) {
        this.#newestFrame.fill(0);
        this.#acknowledgeFrame();
      }
      this.#newestFrame = frame;
      return;
    }
    void this.#readFrames(frame);
  }

  async #readFrames(first: Uint8Array): Promise<void> {
    this.#isReadingFrame = true;
    let frame: Uint8Array | null = first;
    while (frame !== null) {
      await this.#agent.acceptFrame(frame);
      this.#acknowledgeFrame();
      frame = this.#newestFrame;
      this.#newestFrame = null;
    }
    this.#isReadingFrame = false;
  }

  #acknowledgeFrame(): void {
    if (this.isOpen) this.#socket.send(new Uint8Array());
  }

  #sendJson(message: HostMessage): void {
    if (this.isOpen) this.#socket.send(JSON.stringify(message));
  }

  #ping(): void {
    if (!this.#isAlive) {
      this.#socket.terminate();
      return;
    }
    this.#isAlive = false;
    this.#socket.ping();
  }
}

function toBytes(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
