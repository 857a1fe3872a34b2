// Which way leads to the agent: Electron's preload put a bridge on the window, or the loopback host serves this page.
import type { ScreenBridge } from '../../contract/bridge.js';
import { connectToHost } from './web-socket-bridge.js';

declare global {
  interface Window {
    readonly hazri?: ScreenBridge;
  }
}

export function chooseBridge(): ScreenBridge {
  if (window.hazri !== undefined) return window.hazri;
  const url = new URL('/ws', window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return connectToHost(() => new WebSocket(url));
}
