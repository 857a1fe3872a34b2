// Answers every call of the screen. Input is checked here, whichever host carried it; a missing channel does not compile.
import { type Result, err, ok } from '@hazri/shared/result';
import type { z } from 'zod';
import type { ItPinGate } from './it-pin.js';
import type { Session } from './session.js';
import { CALLS, type CallError, type CallOutput, type Camera } from '../contract/calls.js';
import { CHANNELS, type Channel } from '../contract/channels.js';
import { type KioskConfig, parseServerAddress } from '../config/config.js';
import type { FaceEngine } from '../engine/port.js';
import type { PairingClient } from '../identity/pairing-client.js';
import type { PairingError } from '../identity/pairing-machine.js';

/** The part of the agent that calls reach. */
export interface CallTarget {
  readonly session: Session | null;
  readonly pairing: PairingClient;
  readonly itPin: ItPinGate;
  readonly config: KioskConfig;
  readonly engine: FaceEngine | null;
  readonly camera: Camera | null;
  reportCamera(report: Parsed<'camera.report'>): void;
  screenReady(): void;
}

type Parsed<C extends Channel> = z.output<(typeof CALLS)[C]['input']>;
type Reply<C extends Channel> = Result<CallOutput<C>, CallError>;
type Handlers = {
  readonly [C in Channel]: (agent: CallTarget, input: Parsed<C>) => Reply<C> | Promise<Reply<C>>;
};

const refuse = (code: CallError['code']): Result<never, CallError> => err({ code });
const done = (isDone: boolean): Result<Record<string, never>, CallError> =>
  isDone ? ok({}) : refuse('CALL_NOT_NOW');

const HANDLERS: Handlers = {
  'screen.ready': (agent) => {
    agent.screenReady();
    return ok({});
  },
  'pairing.start': startPairing,
  'pairing.words-match': (agent, { match }) => {
    const isComparing = agent.pairing.state.name === 'comparing';
    if (isComparing) agent.pairing.wordsMatch(match);
    return done(isComparing);
  },
  'pin.open': (agent) => done(agent.session?.checkIn?.openPin() ?? false),
  'pin.submit': (agent, credentials) => done(agent.session?.checkIn?.submitPin(credentials) ?? false),
  'pin.cancel': (agent) => touch(agent, 'pin-cancel'),
  'result.not-me': (agent) => touch(agent, 'not-me'),
  'result.dismiss': (agent) => touch(agent, 'dismiss'),
  'enrolment.consent': (agent, { given, locale }) =>
    done(agent.session?.checkIn?.answerConsent(given, locale) ?? false),
  'enrolment.look': (agent, { isChanged }) => done(agent.session?.checkIn?.answerLook(isChanged) ?? false),
  'enrolment.cancel': (agent) => touch(agent, 'enrol-cancel'),
  'notice.read': (agent, { locale }) => ok({ notice: agent.session?.config.notices[locale] ?? null }),
  'camera.report': (agent, report) => {
    agent.reportCamera(report);
    return ok({});
  },
  'it.status': readStatus,
};

/** Never throws for bad input: CALL_MALFORMED. */
export async function answerCall(
  agent: CallTarget,
  channel: string,
  input: unknown,
): Promise<Result<unknown, CallError>> {
  const known = CHANNELS.find((name) => name === channel);
  if (known === undefined) return refuse('CALL_MALFORMED');
  const parsed = CALLS[known].input.safeParse(input);
  if (!parsed.success) return refuse('CALL_MALFORMED');
  // Channel and input belong together by the table of schemas; only the compiler's view of the pair is lost here.
  const handler = HANDLERS[known] as (agent: CallTarget, input: unknown) => Promise<Reply<Channel>>;
  return handler(agent, parsed.data);
}

function touch(
  agent: CallTarget,
  name: 'pin-cancel' | 'not-me' | 'dismiss' | 'enrol-cancel',
): Result<Record<string, never>, CallError> {
  const checkIn = agent.session?.checkIn ?? null;
  checkIn?.touch(name);
  return done(checkIn !== null);
}

const CALL_CODES: Partial<Record<PairingError, CallError['code']>> = {
  PAIRING_CODE_INVALID: 'PAIRING_CODE_INVALID',
  PAIRING_THROTTLED: 'PAIRING_THROTTLED',
};

async function startPairing(
  agent: CallTarget,
  input: Parsed<'pairing.start'>,
): Promise<Reply<'pairing.start'>> {
  const isFree = agent.session === null || agent.session.status.problem === 'DEVICE_REVOKED';
  if (!isFree || agent.pairing.state.name !== 'unpaired') return refuse('CALL_NOT_NOW');
  const address = parseServerAddress(input.serverAddress);
  if (address === null) return refuse('PAIRING_UNREACHABLE');
  const code = normaliseCode(input.code);
  if (!/^[0-9A-HJKMNP-TV-Z]{8}$/.test(code)) return refuse('PAIRING_CODE_INVALID');
  const started = await agent.pairing.start(address, code);
  return started.ok ? ok({}) : refuse(CALL_CODES[started.error] ?? 'PAIRING_UNREACHABLE');
}

/** As Crockford meant it: no dashes, and the letters that look like digits are digits. */
function normaliseCode(text: string): string {
  return text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
}

async function readStatus(agent: CallTarget, input: Parsed<'it.status'>): Promise<Reply<'it.status'>> {
  const { session } = agent;
  const stored = session?.config.itPin ?? null;
  if (session === null || stored === null) return refuse('CALL_NOT_NOW');
  const checked = await agent.itPin.check(stored, input.itPin);
  if (!checked.ok) return refuse(checked.error);
  const { unsent, epoch, headSeq } = session.queue();
  return ok({
    version: agent.config.version,
    serverAddress: session.address,
    camera: agent.camera?.label ?? null,
    unsent,
    epoch,
    headSeq,
    lastContactMs: session.lastContactMs,
    clockOffsetMs: session.time.offsetMs(),
    engine: agent.engine?.kind ?? 'none',
    modelId: agent.engine?.recognitionModelId ?? null,
  });
}
