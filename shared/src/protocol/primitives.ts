// Building blocks of every wire schema. Bounds live here so that no message can be larger than the server expects.
import { z } from 'zod';

export const PROTOCOL_VERSION = 1;
export const EMBEDDING_LENGTH = 128;

/** UTC epoch milliseconds, 2000-01-01 to 2100-01-01. */
export const epochMs = z.number().int().min(946_684_800_000).max(4_102_444_800_000);
export const uuid = z.uuid();
export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
/** 32 bytes in base64 (standard alphabet, padded). */
export const key32 = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);
/** 64 bytes in base64. */
export const signature64 = z.string().regex(/^[A-Za-z0-9+/]{86}==$/);
export const base64 = (maxBytes: number) =>
  z
    .string()
    .max(Math.ceil(maxBytes / 3) * 4)
    .regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/);
export const locale = z.enum(['en', 'hi']);
export type Locale = z.infer<typeof locale>;
export const ianaZone = z.string().min(1).max(64);
export const localDate = z.iso.date();
export const employeeCode = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,31}$/);
export const pin6 = z.string().regex(/^[0-9]{6}$/);
export const direction = z.enum(['in', 'out']);
export type Direction = z.infer<typeof direction>;
export const timeQuality = z.enum(['trusted', 'bounded', 'unverified', 'tampered']);
export type TimeQuality = z.infer<typeof timeQuality>;

/** What every refusal looks like on the wire. It never carries a message of an unknown error. */
export const errorBody = z.object({
  code: z.string(),
  correlationId: z.string(),
  retryable: z.boolean(),
  issues: z.array(z.object({ path: z.string(), code: z.string() })).optional(),
});
export type ErrorBody = z.infer<typeof errorBody>;
