// The Electron host's main process and preload against a strict fake of Electron, in plain Node.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ScreenBridge } from '../../kiosk/src/contract/bridge.js';
import { CHANNELS } from '../../kiosk/src/contract/channels.js';
import { bundlePreload } from '../../kiosk/src/hosts/electron/bundle-preload.js';
import { startShell } from '../../kiosk/src/hosts/electron/shell.js';
import { fakeElectron } from './kiosk-support/fake-electron.js';

const files = new Map([
  ['/index.html', { body: Buffer.from('<!doctype html>'), type: 'text/html; charset=utf-8' }],
]);
const failures: string[] = [];

async function start(options: Parameters<typeof fakeElectron>[0] = {}) {
  const { electron, seen } = fakeElectron(options);
  await startShell(electron, {
    preload: '/app/preload.cjs',
    agentProcess: '/app/agent-process.js',
    files,
    platform: 'linux',
    sayFailure: (sentence) => failures.push(sentence),
  });
  return seen;
}
type Seen = Awaited<ReturnType<typeof start>>;

/** An IPC message as Electron would deliver it from our own page, changed in one respect. */
function sender(seen: Seen, change: { url?: string; id?: number; frame?: 'sub' | 'none' } = {}) {
  const mainFrame = { url: change.url ?? 'hazri://tablet/index.html', parent: null };
  const senderFrame =
    change.frame === 'none' ? null : change.frame === 'sub' ? { ...mainFrame, parent: mainFrame } : mainFrame;
  return { sender: { id: change.id ?? seen.windows[0]!.contents.id }, senderFrame };
}
const ask = (seen: Seen, event: unknown, channel = 'pin.open', input: unknown = {}): Promise<unknown> =>
  Promise.resolve(seen.handlers.get('call')!(event, channel, input));

beforeEach(() => {
  failures.length = 0;
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the window', () => {
  it('is a sandboxed kiosk window without Node', async () => {
    const seen = await start();
    expect(seen.windows).toHaveLength(1);
    const { options, urls } = seen.windows[0]!;
    expect(options['kiosk']).toBe(true);
    expect(options['webPreferences']).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      backgroundThrottling: false,
      devTools: false,
      preload: '/app/preload.cjs',
    });
    expect(urls).toEqual(['hazri://tablet/index.html']);
    expect(seen.schemes).toEqual([
      { scheme: 'hazri', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
    expect(seen.switches).toContain('disable-breakpad');
  });

  it('starts once', async () => {
    const seen = await start({ hasLock: false });
    expect(seen.windows).toHaveLength(0);
    expect(seen.quits).toBe(1);
    expect(failures).toEqual(['The tablet is already running.']);
  });

  it('cannot navigate, open, redirect or embed', async () => {
    const { contents } = (await start()).windows[0]!;
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
      const event = { preventDefault: vi.fn() };
      contents.events.emit(name, event, 'https://example.com');
      expect(event.preventDefault, name).toHaveBeenCalledOnce();
    }
    expect(contents.windowOpenHandler!()).toEqual({ action: 'deny' });
  });

  it('is loaded again when its renderer dies', async () => {
    const seen = await start();
    seen.windows[0]!.contents.events.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(seen.windows[0]!.urls).toHaveLength(2);
  });

  it('serves its own files with the strict policy, and nothing else', async () => {
    const { protocol } = await start();
    const page = protocol!({ url: 'hazri://tablet/index.html', method: 'GET' });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    for (const url of [
      'hazri://tablet/../../etc/passwd',
      'hazri://other/index.html',
      'hazri://tablet/none',
    ]) {
      expect(protocol!({ url, method: 'GET' }).status, url).toBe(404);
    }
    expect(protocol!({ url: 'hazri://tablet/index.html', method: 'POST' }).status).toBe(404);
  });
});

describe('permissions', () => {
  const own = 'hazri://tablet/index.html';

  it('are given for the camera of our own page only', async () => {
    const { session } = await start();
    const request = (permission: string, requestingUrl: string | undefined, mediaTypes?: string[]) => {
      let answer: boolean | undefined;
      session.request({} as never, permission, (granted) => (answer = granted), {
        ...(requestingUrl !== undefined && { requestingUrl }),
        ...(mediaTypes && { mediaTypes }),
      });
      return answer;
    };
    expect(request('media', own, ['video'])).toBe(true);
    expect(request('media', own, ['video', 'audio'])).toBe(false);
    expect(request('media', 'https://example.com/', ['video'])).toBe(false);
    expect(request('media', 'hazri://tablet.example/', ['video'])).toBe(false);
    expect(request('media', '', ['video'])).toBe(false);
    expect(request('media', undefined, ['video'])).toBe(false);
    for (const other of [
      'geolocation',
      'notifications',
      'midi',
      'openExternal',
      'fullscreen',
      'usb',
      'unknown',
    ]) {
      expect(request(other, own), other).toBe(false);
    }
    expect(session.check(null, 'media', 'hazri://tablet/', { mediaType: 'video' })).toBe(true);
    expect(session.check(null, 'media', 'hazri://tablet/', { mediaType: 'audio' })).toBe(false);
    expect(session.check(null, 'media', 'https://example.com/', { mediaType: 'video' })).toBe(false);
    expect(session.check(null, 'media', '', { mediaType: 'video' })).toBe(false);
    expect(session.check(null, 'serial', 'hazri://tablet/', {})).toBe(false);
    expect(session.device()).toBe(false);
    session.display({}, (streams) => {
      expect(streams).toBeNull();
    });
  });

  it('do not reach the network', async () => {
    const { session } = await start();
    const isCancelled = (url: string): boolean => {
      let cancelled = false;
      session.before({ url }, ({ cancel }) => (cancelled = cancel));
      return cancelled;
    };
    expect(isCancelled(own)).toBe(false);
    for (const url of [
      'https://example.com/',
      'http://127.0.0.1:7071/',
      'file:///etc/passwd',
      'ws://x/',
      '',
    ]) {
      expect(isCancelled(url), url).toBe(true);
    }
  });
});

describe('messages of the screen', () => {
  it('are taken from the main frame of our own page only', async () => {
    const seen = await start();
    seen.children[0]!.say({ kind: 'ready' });
    const refused = { ok: false, error: { code: 'CALL_MALFORMED' } };
    for (const change of [
      { url: '' },
      { url: 'about:blank' },
      { url: 'https://example.com/' },
      { url: 'hazri://other/index.html' },
      { id: 99 },
      { frame: 'sub' },
      { frame: 'none' },
    ] as const) {
      expect(await ask(seen, sender(seen, change)), JSON.stringify(change)).toEqual(refused);
      await seen.handlers.get('frame')!(sender(seen, change), new Uint8Array(64));
      expect(seen.handlers.get('state')!(sender(seen, change)), JSON.stringify(change)).toBeNull();
    }
    expect(await ask(seen, sender(seen), 7 as never)).toEqual(refused);
    expect(seen.children[0]!.posted.map(({ kind }) => kind)).toEqual(['start']);
  });

  it('go to the agent and its answers come back', async () => {
    const seen = await start();
    const child = seen.children[0]!;
    child.say({ kind: 'ready' });
    const answer = ask(seen, sender(seen));
    const { id } = child.posted.at(-1)!;
    expect(child.posted.at(-1)).toEqual({ kind: 'call', id, channel: 'pin.open', input: {} });
    child.say({ kind: 'reply', id, result: { ok: true, value: {} } });
    expect(await answer).toEqual({ ok: true, value: {} });
  });

  it('let the next frame come when the agent has read this one, and wipe it', async () => {
    const seen = await start();
    const child = seen.children[0]!;
    child.say({ kind: 'ready' });
    const frame = new Uint8Array(64).fill(9);
    const done = seen.handlers.get('frame')!(sender(seen), frame) as Promise<void>;
    child.say({ kind: 'frame-done', id: child.posted.at(-1)!.id });
    await done;
    expect(frame.every((byte) => byte === 0)).toBe(true);
  });

  it('carry every state to the window and to a window that asks later', async () => {
    const seen = await start();
    const state = { view: { name: 'waiting' } };
    seen.children[0]!.say({ kind: 'state', state });
    expect(seen.windows[0]!.contents.sent).toContainEqual(['state', state]);
    expect(seen.handlers.get('state')!(sender(seen))).toEqual(state);
  });
});

describe('the agent process', () => {
  it('is told whether there is a real keychain', async () => {
    const hasKeychain = async (options: Parameters<typeof fakeElectron>[0]) =>
      (await start(options)).children[0]!.posted[0];
    expect(await hasKeychain({})).toEqual({ kind: 'start', hasKeychain: true });
    expect(await hasKeychain({ backend: 'basic_text' })).toEqual({ kind: 'start', hasKeychain: false });
    expect(await hasKeychain({ backend: 'unknown' })).toEqual({ kind: 'start', hasKeychain: false });
    expect(await hasKeychain({ hasKeychain: false })).toEqual({ kind: 'start', hasKeychain: false });
  });

  it('has its key wrapped by the keychain and back', async () => {
    const child = (await start()).children[0]!;
    const settle = async () => {
      await vi.advanceTimersByTimeAsync(1);
      return child.posted.at(-1)!['bytes'] as Uint8Array;
    };
    child.say({ kind: 'protect', id: 1, direction: 'wrap', bytes: Uint8Array.of(1, 2, 3) });
    const wrapped = await settle();
    expect(Buffer.from(wrapped).toString()).toBe('sealed:AQID');
    child.say({ kind: 'protect', id: 2, direction: 'unwrap', bytes: wrapped });
    expect(await settle()).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('is started again after a crash, later each time, and open calls are answered', async () => {
    const seen = await start();
    const first = seen.children[0]!;
    first.say({ kind: 'ready' });
    const open = ask(seen, sender(seen));
    const frame = seen.handlers.get('frame')!(sender(seen), new Uint8Array(64)) as Promise<void>;
    first.die();
    expect(await open).toEqual({ ok: false, error: { code: 'AGENT_FAILED' } });
    await frame;
    expect(seen.windows[0]!.contents.sent).toContainEqual(['link', false]);
    expect(await ask(seen, sender(seen))).toEqual({ ok: false, error: { code: 'AGENT_FAILED' } });
    await vi.advanceTimersByTimeAsync(250);
    expect(seen.children).toHaveLength(2);
    seen.children[1]!.die();
    await vi.advanceTimersByTimeAsync(250);
    expect(seen.children).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(250);
    expect(seen.children).toHaveLength(3);
    seen.children[2]!.say({ kind: 'ready' });
    expect(seen.windows[0]!.contents.sent.at(-1)).toEqual(['link', true]);
  });

  it('ends the program with its sentence when it cannot run', async () => {
    const seen = await start();
    seen.children[0]!.say({ kind: 'failed', sentence: 'Another tablet program uses this data folder.' });
    expect(failures).toEqual(['Another tablet program uses this data folder.']);
    expect(seen.exits).toEqual([1]);
  });

  it('is asked to stop before the program ends, and is not started again', async () => {
    const seen = await start();
    const event = { preventDefault: vi.fn() };
    seen.appEvents.emit('before-quit', event);
    expect(event.preventDefault).toHaveBeenCalledOnce();
    expect(seen.children[0]!.posted.at(-1)).toEqual({ kind: 'stop' });
    seen.children[0]!.die();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(seen.children).toHaveLength(1);
    expect(seen.quits).toBeGreaterThan(0);
  });

  it('is killed when it does not stop', async () => {
    const seen = await start();
    seen.appEvents.emit('before-quit', { preventDefault: () => undefined });
    await vi.advanceTimersByTimeAsync(6_000);
    expect(seen.children[0]!.isKilled).toBe(true);
  });

  it('cannot confuse the main process with a malformed message', async () => {
    const seen = await start();
    for (const message of [null, 1, {}, { kind: 'reply' }, { kind: 'nothing' }, { kind: 'ready', more: 1 }]) {
      seen.children[0]!.say(message);
    }
    expect(await ask(seen, sender(seen))).toEqual({ ok: false, error: { code: 'AGENT_FAILED' } });
  });
});

describe('the preload', () => {
  const source = fileURLToPath(new URL('../../kiosk/src/hosts/electron/preload.ts', import.meta.url));

  async function load() {
    const folder = mkdtempSync(join(tmpdir(), 'hazri-preload-'));
    const text = readFileSync(await bundlePreload(join(folder, 'preload.cjs'), source), 'utf8');
    rmSync(folder, { recursive: true });
    const invoked: unknown[][] = [];
    const listeners = new Map<string, (event: unknown, value: unknown) => void>();
    let bridge: ScreenBridge | null = null;
    const required: string[] = [];
    const electron = {
      contextBridge: {
        exposeInMainWorld: (name: string, value: ScreenBridge) => {
          expect(name).toBe('hazri');
          bridge = value;
        },
      },
      ipcRenderer: {
        invoke: (...args: unknown[]) => {
          invoked.push(args);
          return Promise.resolve(args[0] === 'state' ? { first: true } : { ok: true, value: {} });
        },
        on: (channel: string, listener: (event: unknown, value: unknown) => void) =>
          listeners.set(channel, listener),
        removeListener: (channel: string) => listeners.delete(channel),
      },
    };
    const require = (name: string): unknown => {
      required.push(name);
      return electron;
    };
    runInNewContext(text, { require, module: { exports: {} }, exports: {}, Promise });
    return { bridge: bridge as unknown as ScreenBridge, invoked, listeners, required, text };
  }

  it('is one CommonJS file that requires Electron and nothing else', async () => {
    vi.useRealTimers();
    const { required, text } = await load();
    expect(required).toEqual(['electron']);
    expect(text).not.toMatch(/require\((?!"electron"\))/);
  });

  it('passes known channels on and refuses others', async () => {
    vi.useRealTimers();
    const { bridge, invoked } = await load();
    expect(Object.keys(bridge).sort()).toEqual(['call', 'onLink', 'onState', 'sendFrame']);
    for (const channel of CHANNELS) await bridge.call(channel, {});
    expect(invoked.map(([, channel]) => channel)).toEqual([...CHANNELS]);
    const before = invoked.length;
    expect(await bridge.call('shell.openExternal' as never, {} as never)).toEqual({
      ok: false,
      error: { code: 'CALL_MALFORMED' },
    });
    expect(invoked).toHaveLength(before);
  });

  it('hands over the current state, then every new one, without the event object', async () => {
    vi.useRealTimers();
    const { bridge, listeners } = await load();
    const states: unknown[] = [];
    const stop = bridge.onState((state) => states.push(state));
    await new Promise((done) => setTimeout(done, 5));
    listeners.get('state')!({ sender: 'must not leak' }, { second: true });
    expect(states).toEqual([{ first: true }, { second: true }]);
    stop();
    expect(listeners.has('state')).toBe(false);
  });
});
