// How the screen reaches its agent, whichever host carries it: `window.hazri` from Electron's preload,
// or a WebSocket to the loopback host in a Chromium kiosk window.
import type { Result } from '@hazri/shared/result';
import type { CallError, CallInput, CallOutput } from './calls.js';
import type { Channel } from './channels.js';
import type { ScreenState } from './views.js';

/** Whether the agent is there; `elsewhere`: it serves another window of this tablet. */
export type Link = 'up' | 'down' | 'elsewhere';

export interface ScreenBridge {
  call<C extends Channel>(channel: C, input: CallInput<C>): Promise<Result<CallOutput<C>, CallError>>;
  /** Calls back at once with the current state, then on every change; returns how to stop. */
  onState(listener: (state: ScreenState) => void): () => void;
  /** Resolves when the agent wants the next frame; the buffer may be transferred and must not be reused. */
  sendFrame(frame: Uint8Array<ArrayBuffer>): Promise<void>;
  onLink(listener: (link: Link) => void): () => void;
}

/** A loopback host closes the second window's WebSocket with this code. */
export const SCREEN_ELSEWHERE = 4409;

/** Messages of the loopback WebSocket as JSON text; frames and their acknowledgements are binary. */
export type HostMessage =
  | { kind: 'call'; id: number; channel: Channel; input: unknown }
  | { kind: 'reply'; id: number; result: Result<unknown, CallError> }
  | { kind: 'state'; state: ScreenState };
