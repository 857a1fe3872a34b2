import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Link, SCREEN_ELSEWHERE } from '../../contract/bridge.js';
import type { ScreenState } from '../../contract/views.js';
import { type Socket, connectToHost } from './web-socket-bridge.js';

/** A strict stand-in for one WebSocket: what it sent is kept, what it receives a test decides. */
class FakeSocket extends EventTarget {
  readyState = 0;
  binaryType: BinaryType = 'blob';
  readonly sent: unknown[] = [];
  send(data: unknown): void {
    if (this.readyState !== 1) throw new Error('not open');
    this.sent.push(data);
  }
  close(code = 1006): void {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event('close'), { code }));
  }
  accept(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }
  receive(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

const STATE: ScreenState = {
  view: { name: 'waiting' },
  status: {
    online: true,
    unsent: 0,
    nowMs: null,
    zone: null,
    companyName: null,
    deviceName: null,
    siteName: null,
    cameraPin: null,
    pinFallback: true,
    defaultLocale: 'en',
  },
};

describe('the bridge to the loopback host', () => {
  const sockets: FakeSocket[] = [];
  const open = () => {
    const socket = new FakeSocket();
    sockets.push(socket);
    return socket as unknown as Socket;
  };
  const last = () => {
    const socket = sockets.at(-1);
    if (socket === undefined) throw new Error('no socket');
    return socket;
  };
  beforeEach(() => {
    vi.useFakeTimers();
    sockets.length = 0;
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('matches replies to calls by their number, in any order', async () => {
    const bridge = connectToHost(open);
    last().accept();
    const first = bridge.call('pin.open', {});
    const second = bridge.call('screen.ready', {});
    expect(last().sent.map((text) => JSON.parse(text as string) as unknown)).toEqual([
      { kind: 'call', id: 1, channel: 'pin.open', input: {} },
      { kind: 'call', id: 2, channel: 'screen.ready', input: {} },
    ]);
    last().receive('{"kind":"reply","id":2,"result":{"ok":true,"value":{}}}');
    last().receive('{"kind":"reply","id":1,"result":{"ok":false,"error":{"code":"CALL_NOT_NOW"}}}');
    expect(await second).toEqual({ ok: true, value: {} });
    expect(await first).toEqual({ ok: false, error: { code: 'CALL_NOT_NOW' } });
  });

  it('refuses calls while there is no link, and those in flight when it breaks', async () => {
    const bridge = connectToHost(open);
    expect(await bridge.call('pin.open', {})).toEqual({ ok: false, error: { code: 'AGENT_FAILED' } });
    last().accept();
    const inFlight = bridge.call('pin.open', {});
    last().close();
    expect(await inFlight).toEqual({ ok: false, error: { code: 'AGENT_FAILED' } });
  });

  it('does not wait for ever for an answer', async () => {
    const bridge = connectToHost(open);
    last().accept();
    const call = bridge.call('pin.open', {});
    await vi.advanceTimersByTimeAsync(31_000);
    expect(await call).toEqual({ ok: false, error: { code: 'AGENT_FAILED' } });
  });

  it('lets one frame fly at a time', async () => {
    const bridge = connectToHost(open);
    last().accept();
    let isDone = false;
    const frame = bridge.sendFrame(new Uint8Array(20)).then(() => {
      isDone = true;
    });
    await expect(bridge.sendFrame(new Uint8Array(20))).rejects.toThrow('FRAME_NOT_SENT');
    expect(isDone).toBe(false);
    last().receive(new ArrayBuffer(0));
    await frame;
    expect(last().sent).toHaveLength(1);
    void bridge.sendFrame(new Uint8Array(20)).catch(() => undefined);
    expect(last().sent).toHaveLength(2);
  });

  it('gives the current state to a late listener and ignores what it cannot read', () => {
    const bridge = connectToHost(open);
    last().accept();
    last().receive(JSON.stringify({ kind: 'state', state: STATE }));
    last().receive('{not json');
    const seen: ScreenState[] = [];
    bridge.onState((state) => seen.push(state))();
    last().receive(JSON.stringify({ kind: 'state', state: STATE }));
    expect(seen).toEqual([STATE]);
  });

  it('connects again, more slowly each time, and counts as up with the first state', async () => {
    const bridge = connectToHost(open);
    const links: Link[] = [];
    bridge.onLink((link) => links.push(link));
    const state = JSON.stringify({ kind: 'state', state: STATE });
    last().accept();
    last().receive(state);
    last().close();
    await vi.advanceTimersByTimeAsync(250);
    expect(sockets).toHaveLength(2);
    last().accept();
    last().close();
    await vi.advanceTimersByTimeAsync(499);
    expect(sockets).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(sockets).toHaveLength(3);
    last().accept();
    expect(links).toEqual(['down', 'up', 'down']);
    last().receive(state);
    expect(links).toEqual(['down', 'up', 'down', 'up']);
  });

  it('tells a tablet that is open in another window from one that is away, and takes over when it is free', async () => {
    const bridge = connectToHost(open);
    const links: Link[] = [];
    bridge.onLink((link) => links.push(link));
    for (const waitMs of [250, 500]) {
      last().accept();
      last().close(SCREEN_ELSEWHERE);
      await vi.advanceTimersByTimeAsync(waitMs);
    }
    expect(links).toEqual(['down', 'elsewhere']);
    last().accept();
    last().receive(JSON.stringify({ kind: 'state', state: STATE }));
    expect(links).toEqual(['down', 'elsewhere', 'up']);
  });
});
