// Checks the body of a device request against its wire schema.
import type { z } from 'zod';
import { PROTOCOL_VERSION } from '@hazri/shared/protocol/primitives';
import { issuesOf } from './console-route.js';
import { RequestRefused } from './refusal.js';

/** Throws PROTOCOL_UNSUPPORTED for another protocol version, else REQUEST_INVALID with the fields concerned. */
export function deviceBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const { protocol } = (body ?? {}) as { protocol?: unknown };
  if (typeof protocol === 'number' && protocol !== PROTOCOL_VERSION) {
    throw new RequestRefused('PROTOCOL_UNSUPPORTED');
  }
  throw new RequestRefused('REQUEST_INVALID', { issues: issuesOf(parsed.error, 'body') });
}
