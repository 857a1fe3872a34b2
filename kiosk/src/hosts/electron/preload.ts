// The one bridge between the sandboxed screen and the main process: names of channels, nothing else. Bundled into one
// CommonJS file, because a sandboxed preload can require nothing but Electron.
import { contextBridge, ipcRenderer } from 'electron';
import type { ScreenBridge } from '../../contract/bridge.js';
import {
  CALL_CHANNEL,
  CHANNELS,
  FRAME_CHANNEL,
  LINK_CHANNEL,
  STATE_CHANNEL,
} from '../../contract/channels.js';

/** Calls back at once with what the main process holds, then on every message. */
function follow<T>(channel: string, listener: (value: T) => void, isKnown: (value: T | null) => value is T) {
  let isNewer = false;
  const onMessage = (_event: unknown, value: T): void => {
    isNewer = true;
    listener(value);
  };
  ipcRenderer.on(channel, onMessage);
  void ipcRenderer.invoke(channel).then((value: T | null) => {
    if (!isNewer && isKnown(value)) listener(value);
  });
  return (): void => {
    ipcRenderer.removeListener(channel, onMessage);
  };
}

const bridge = {
  call: (channel, input) =>
    CHANNELS.includes(channel)
      ? ipcRenderer.invoke(CALL_CHANNEL, channel, input)
      : Promise.resolve({ ok: false, error: { code: 'CALL_MALFORMED' } } as const),
  onState: (listener) => follow(STATE_CHANNEL, listener, (value) => value !== null),
  onLink: (listener) =>
    follow<boolean>(
      LINK_CHANNEL,
      (isUp) => {
        listener(isUp ? 'up' : 'down');
      },
      (value) => value !== null,
    ),
  sendFrame: (frame) => ipcRenderer.invoke(FRAME_CHANNEL, frame) as Promise<void>,
} satisfies ScreenBridge;

contextBridge.exposeInMainWorld('hazri', bridge);
