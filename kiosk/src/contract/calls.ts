// THE typed contract between screen and agent: what goes in and comes out of every channel.
import { z } from 'zod';
import { notice } from '@hazri/shared/protocol/device';
import { employeeCode, epochMs, locale, pin6 } from '@hazri/shared/protocol/primitives';
import type { Channel } from './channels.js';

const nothing = z.strictObject({});
export const camera = z.strictObject({ label: z.string().max(300), deviceId: z.string().max(200) });
export type Camera = z.infer<typeof camera>;

export const CALLS = {
  'screen.ready': { input: nothing, output: nothing },
  'pairing.start': {
    input: z.strictObject({
      serverAddress: z.string().trim().min(3).max(200),
      code: z.string().min(8).max(12),
    }),
    output: nothing,
  },
  'pairing.words-match': { input: z.strictObject({ match: z.boolean() }), output: nothing },
  'pin.open': { input: nothing, output: nothing },
  'pin.submit': { input: z.strictObject({ employeeCode, pin: pin6 }), output: nothing },
  'pin.cancel': { input: nothing, output: nothing },
  'result.not-me': { input: nothing, output: nothing },
  'result.dismiss': { input: nothing, output: nothing },
  'enrolment.consent': { input: z.strictObject({ given: z.boolean(), locale }), output: nothing },
  /** Whether glasses or head cover are changed now; false: there are none. */
  'enrolment.look': { input: z.strictObject({ isChanged: z.boolean() }), output: nothing },
  'enrolment.cancel': { input: nothing, output: nothing },
  'notice.read': { input: z.strictObject({ locale }), output: z.strictObject({ notice: notice.nullable() }) },
  /** The camera the screen opened, or why it could not. */
  'camera.report': {
    input: z.discriminatedUnion('state', [
      z.strictObject({ state: z.literal('open'), camera }),
      z.strictObject({ state: z.literal('missing') }),
      z.strictObject({ state: z.literal('denied') }),
      z.strictObject({ state: z.literal('not-pinned'), found: z.array(z.string().max(300)) }),
    ]),
    output: nothing,
  },
  /** For the IT corner; refused without the right IT PIN. */
  'it.status': {
    input: z.strictObject({ itPin: pin6 }),
    output: z.strictObject({
      version: z.string(),
      serverAddress: z.string().nullable(),
      camera: z.string().nullable(),
      unsent: z.number().int(),
      epoch: z.number().int(),
      headSeq: z.number().int(),
      lastContactMs: epochMs.nullable(),
      clockOffsetMs: z.number().nullable(),
      engine: z.string(),
      modelId: z.string().nullable(),
    }),
  },
} as const satisfies Record<Channel, { input: z.ZodType; output: z.ZodType }>;

export type CallInput<C extends Channel> = z.input<(typeof CALLS)[C]['input']>;
export type CallOutput<C extends Channel> = z.output<(typeof CALLS)[C]['output']>;

/** Codes a call may be refused with. */
export const callError = z.strictObject({
  code: z.enum([
    'CALL_MALFORMED',
    'CALL_NOT_NOW',
    'PAIRING_CODE_INVALID',
    'PAIRING_THROTTLED',
    'PAIRING_UNREACHABLE',
    'IT_PIN_WRONG',
    'IT_PIN_THROTTLED',
    'AGENT_FAILED',
  ]),
});
export type CallError = z.infer<typeof callError>;
