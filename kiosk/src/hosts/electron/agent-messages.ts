// What the main process and the agent's own process say to each other. Both are ours, but a crash may cut a message
// stream anywhere, so each side checks what it takes.
import { z } from 'zod';
import type { CallError } from '../../contract/calls.js';
import type { ScreenState } from '../../contract/views.js';
import type { Result } from '@hazri/shared/result';

const id = z.number().int().min(0);
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

export const toAgent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('start'), hasKeychain: z.boolean() }),
  z.strictObject({ kind: z.literal('call'), id, channel: z.string().max(40), input: z.unknown() }),
  z.strictObject({ kind: z.literal('frame'), id, bytes }),
  z.strictObject({ kind: z.literal('protected'), id, bytes: bytes.nullable() }),
  z.strictObject({ kind: z.literal('stop') }),
]);
export type ToAgent = z.infer<typeof toAgent>;

export const fromAgent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready') }),
  z.strictObject({ kind: z.literal('state'), state: z.custom<ScreenState>() }),
  z.strictObject({ kind: z.literal('reply'), id, result: z.custom<Result<unknown, CallError>>() }),
  z.strictObject({ kind: z.literal('frame-done'), id }),
  /** The agent cannot reach the system's keychain itself. */
  z.strictObject({ kind: z.literal('protect'), id, direction: z.enum(['wrap', 'unwrap']), bytes }),
  /** It cannot run, and starting it again would not help. */
  z.strictObject({ kind: z.literal('failed'), sentence: z.string() }),
]);
export type FromAgent = z.infer<typeof fromAgent>;
