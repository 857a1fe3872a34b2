// Draws the one state that the screen shows from everything the agent knows. Pure; no embedding or score enters it.
import { type Flow, standsMs } from './flow.js';
import { CAPTURE_STEPS } from './capture.js';
import type { ProblemCode, ScreenState, View } from '../contract/views.js';
import type { PairingState } from '../identity/pairing-machine.js';
import type { DeviceConfig } from '@hazri/shared/protocol/device';

export interface Known {
  /** Stops the tablet until somebody does something. */
  readonly blocking: ProblemCode | null;
  /** For IT to know; the tablet goes on. */
  readonly noted: ProblemCode | null;
  readonly pairing: PairingState;
  readonly serverAddress: string | null;
  readonly config: DeviceConfig | null;
  /** Null while the engine loads. */
  readonly flow: Flow | null;
  readonly online: boolean;
  readonly unsent: number;
  readonly trustedNowMs: number | null;
  /** The clock that the flow's times are from. */
  readonly monoMs: number;
}

export function toScreenState(known: Known): ScreenState {
  const { config } = known;
  return {
    view: toView(known),
    status: {
      online: known.online,
      unsent: known.unsent,
      nowMs: known.trustedNowMs,
      zone: config?.zone ?? null,
      companyName: config?.companyName ?? null,
      deviceName: config?.deviceName ?? null,
      siteName: config?.siteName ?? null,
      cameraPin: config?.cameraPin ?? null,
      pinFallback: config?.policy.pinFallback ?? false,
      problem: known.noted,
      defaultLocale: config?.locale ?? 'en',
    },
  };
}

function toView(known: Known): View {
  const { blocking, config, flow, pairing } = known;
  const isPairing = pairing.name !== 'unpaired' && pairing.name !== 'paired';
  if (config === null || isPairing) return pairingView(pairing, known.serverAddress);
  if (blocking !== null) return { name: 'problem', code: blocking };
  return flow === null ? { name: 'starting' } : flowView(flow, known.monoMs);
}

function pairingView(pairing: PairingState, serverAddress: string | null): View {
  switch (pairing.name) {
    case 'unpaired':
      return { name: 'unpaired', serverAddress, error: pairing.error, busy: false };
    case 'sending':
      return { name: 'unpaired', serverAddress, error: null, busy: true };
    case 'comparing':
    case 'awaiting': {
      const { companyName, words } = pairing.welcome;
      return { name: 'pairing', companyName, words: [...words], confirmedHere: pairing.name === 'awaiting' };
    }
    case 'paired':
      return { name: 'starting' };
  }
}

function flowView(flow: Flow, monoMs: number): View {
  switch (flow.name) {
    case 'waiting':
      return { name: 'waiting' };
    case 'guide':
      return { name: 'guide', hint: flow.hint, face: flow.face };
    case 'looking': {
      const { progress, face, othersWait } = flow;
      return { name: 'looking', progress, face, othersWait };
    }
    case 'asking':
      return { name: 'asking', asked: flow.asked, face: flow.face };
    case 'deciding':
      return { name: 'deciding' };
    case 'result': {
      const leftMs = Math.max(0, standsMs(flow.result) - (monoMs - flow.sinceMs));
      return { name: 'result', result: flow.result, standsMs: Math.round(leftMs) };
    }
    case 'pin': {
      const { reason, error, busy } = flow;
      return { name: 'pin', reason, error, busy };
    }
    case 'enrol-consent': {
      const { displayName, employeeCode, locale, basis } = flow.ticket;
      return { name: 'enrol-consent', displayName, employeeCode, locale, basis };
    }
    case 'enrol-capture': {
      const { step, captured, hint, face } = flow;
      const { displayName } = flow.ticket;
      return { name: 'enrol-capture', displayName, step, captured, needed: CAPTURE_STEPS, hint, face };
    }
  }
}
