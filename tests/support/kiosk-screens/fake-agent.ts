// A stand-in for the agent inside the page: keeps what the screen asked and sends the states a test wants to see.
// Installed before the screen loads, exactly where Electron's preload would put the real bridge.
import type { Page } from 'playwright-core';
import type { Link, ScreenBridge } from '../../../kiosk/src/contract/bridge.js';
import type { Channel } from '../../../kiosk/src/contract/channels.js';
import type { ScreenState } from '../../../kiosk/src/contract/views.js';

export interface AskedCall {
  readonly channel: Channel;
  readonly input: unknown;
}

interface FakeAgent {
  push(state: ScreenState): void;
  setLink(link: Link): void;
  answer(channel: Channel, value: unknown): void;
  readonly calls: AskedCall[];
  readonly frames: { bytes: number; width: number; height: number; atMs: number; sum: number }[];
  frameAnswerMs: number;
  mostInFlight: number;
}

declare global {
  interface Window {
    fakeAgent: FakeAgent;
  }
}

/** Runs in the page: everything it needs stands inside. */
function install(): void {
  let state: ScreenState | null = null;
  let link: Link = 'up';
  let inFlight = 0;
  const stateListeners = new Set<(state: ScreenState) => void>();
  const linkListeners = new Set<(link: Link) => void>();
  const answers = new Map<string, unknown>([['notice.read', { ok: true, value: { notice: null } }]]);
  const agent: FakeAgent = {
    calls: [],
    frames: [],
    frameAnswerMs: 10,
    mostInFlight: 0,
    push(next) {
      state = next;
      for (const listener of stateListeners) listener(next);
    },
    setLink(next) {
      link = next;
      for (const listener of linkListeners) listener(next);
    },
    answer(channel, value) {
      answers.set(channel, value);
    },
  };
  const bridge = {
    call(channel: Channel, input: unknown) {
      agent.calls.push({ channel, input });
      return Promise.resolve(answers.get(channel) ?? { ok: true, value: {} });
    },
    onState(listener: (state: ScreenState) => void) {
      stateListeners.add(listener);
      if (state !== null) listener(state);
      return () => stateListeners.delete(listener);
    },
    onLink(listener: (link: Link) => void) {
      linkListeners.add(listener);
      listener(link);
      return () => linkListeners.delete(listener);
    },
    async sendFrame(frame: Uint8Array<ArrayBuffer>) {
      inFlight += 1;
      agent.mostInFlight = Math.max(agent.mostInFlight, inFlight);
      const header = new DataView(frame.buffer);
      let sum = 0;
      for (let at = 16; at < frame.length; at += 997) sum += frame[at] ?? 0;
      const [width, height] = [header.getUint16(4, true), header.getUint16(6, true)];
      agent.frames.push({ bytes: frame.length, width, height, atMs: performance.now(), sum });
      await new Promise((resolve) => setTimeout(resolve, agent.frameAnswerMs));
      inFlight -= 1;
    },
  };
  Object.assign(window, { fakeAgent: agent, hazri: bridge as unknown as ScreenBridge });
}

export async function installFakeAgent(page: Page): Promise<void> {
  await page.addInitScript(install);
}

export const pushState = (page: Page, state: ScreenState): Promise<void> =>
  page.evaluate((next) => {
    window.fakeAgent.push(next);
  }, state);

export const askedCalls = (page: Page): Promise<AskedCall[]> => page.evaluate(() => window.fakeAgent.calls);
