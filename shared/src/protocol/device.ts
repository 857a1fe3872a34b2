// What a tablet and the server say to each other over TLS 1.3. Every request but the first of a pairing is signed
// by the device (see crypto/request-signing.ts); every reply that a tablet acts on is signed by the server.
import { z } from 'zod';
import { consentRecord, modelIds } from './event.js';
import {
  PROTOCOL_VERSION,
  base64,
  direction,
  employeeCode,
  epochMs,
  ianaZone,
  key32,
  locale,
  pin6,
  sha256Hex,
  signature64,
  uuid,
} from './primitives.js';

/** POST with a JSON body, answered 200; only `pairStatus` is a GET without a body. Replies are the bare JSON object. */
export const DEVICE_PATHS = {
  pair: '/api/device/v1/pair',
  pairStatus: '/api/device/v1/pair-status',
  heartbeat: '/api/device/v1/heartbeat',
  events: '/api/device/v1/events',
} as const;

export const MAX_BATCH_EVENTS = 500;
/** One face: an embedding of 128 float32, or two during a roll-over of the recognition model. */
const FACE_BYTES = 2 * 128 * 4;
export const MAX_BOX_BYTES = 8 * FACE_BYTES + 2048;

const protocol = z.literal(PROTOCOL_VERSION);

export const cameraInfo = z.strictObject({ label: z.string().max(300), deviceId: z.string().max(200) });

export const pairRequest = z.strictObject({
  protocol,
  /** Eight characters of Crockford base32, as the console shows them, without the dash. */
  code: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{8}$/),
  signPublicKey: key32,
  appVersion: z.string().max(40),
  platform: z.string().max(80),
  camera: cameraInfo.nullable(),
  /** Ed25519 over the canonical bytes of all fields but this one: proves possession of the key. */
  proof: signature64,
});
export type PairRequest = z.infer<typeof pairRequest>;

export const pairResponse = z.strictObject({
  deviceId: uuid,
  companyName: z.string(),
  /** Enters the fingerprint words together with the device's key and the pinned certificate's SPKI. */
  serverSignPublicKey: key32,
});
export type PairResponse = z.infer<typeof pairResponse>;

export const notice = z.strictObject({
  version: z.string().max(40),
  title: z.string(),
  paragraphs: z.array(z.string()),
  /** SHA-256 over the canonical bytes of {version,title,paragraphs}. */
  sha256: sha256Hex,
});
export type Notice = z.infer<typeof notice>;

export const deviceConfig = z.strictObject({
  version: z.number().int(),
  tenantId: uuid,
  companyName: z.string(),
  deviceId: uuid,
  deviceName: z.string(),
  siteId: uuid,
  siteName: z.string(),
  zone: ianaZone,
  locale,
  serverSignPublicKey: key32,
  serverBoxKey: z.strictObject({ id: z.string(), publicKey: key32 }),
  /** base64 SHA-256 of SubjectPublicKeyInfo: one of them must stand in the server's chain (current and next). */
  spkiPins: z.array(key32).min(1).max(4),
  cameraPin: z.string().nullable(),
  policy: z.strictObject({
    liveness: z.enum(['passive', 'standard', 'strict']),
    duplicateWithinSec: z.number().int().min(0).max(3600),
    pinFallback: z.boolean(),
  }),
  /** Ids of the recognition models that this tablet should run; `next` only during a roll-over. */
  recognition: z.strictObject({ current: z.string().max(80), next: z.string().max(80).nullable() }),
  notices: z.record(locale, notice),
  /** scrypt (N 16384, r 8, p 1, 32 bytes) of the six-digit IT PIN. */
  itPin: z.strictObject({ salt: base64(32), hash: key32 }).nullable(),
});
export type DeviceConfig = z.infer<typeof deviceConfig>;

export const pairStatusResponse = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('pending') }),
  z.strictObject({ status: z.literal('refused') }),
  z.strictObject({ status: z.literal('active'), config: deviceConfig }),
]);
export type PairStatusResponse = z.infer<typeof pairStatusResponse>;

/** Server time bound to the request's nonce; `signature` covers the canonical bytes of the other fields. */
export const signedTime = z.strictObject({
  deviceId: uuid,
  serverMs: epochMs,
  nonce: z.string().max(64),
  signature: signature64,
});
export type SignedTime = z.infer<typeof signedTime>;

export const enrolmentTicket = z.strictObject({
  ticketId: uuid,
  employeeId: uuid,
  displayName: z.string(),
  employeeCode: z.string(),
  locale,
  basis: consentRecord.shape.basis,
  expiresAtMs: epochMs,
});
export type EnrolmentTicket = z.infer<typeof enrolmentTicket>;

export const heartbeatRequest = z.strictObject({
  protocol,
  appVersion: z.string().max(40),
  configVersion: z.number().int(),
  epoch: z.number().int().min(1),
  headSeq: z.number().int().min(0),
  headHash: sha256Hex,
  unsent: z.number().int().min(0),
  oldestUnsentAtMs: epochMs.nullable(),
  camera: z.string().max(300).nullable(),
  models: modelIds.nullable(),
  wallMs: z.number().int(),
  nonce: z.string().min(16).max(64),
  /** A condition of the tablet that IT should see, as a stable code. */
  problem: z.string().max(60).nullable(),
});
export type HeartbeatRequest = z.infer<typeof heartbeatRequest>;

export const heartbeatResponse = z.strictObject({
  time: signedTime,
  /** What the server holds of this epoch; null when it knows nothing of it. */
  acked: z.strictObject({ epoch: z.number().int(), seq: z.number().int(), hash: sha256Hex }).nullable(),
  /** Present when the tablet's `configVersion` is not the current one. */
  config: deviceConfig.nullable(),
  enrolment: enrolmentTicket.nullable(),
});
export type HeartbeatResponse = z.infer<typeof heartbeatResponse>;

export const eventsRequest = z.strictObject({
  protocol,
  epoch: z.number().int().min(1),
  events: z
    .array(z.strictObject({ bytes: base64(8192), box: base64(MAX_BOX_BYTES).nullable() }))
    .min(1)
    .max(MAX_BATCH_EVENTS),
  /** Signed head of the batch: Ed25519 over headBytes(device, epoch, seq, hash) of its last event. */
  head: z.strictObject({ seq: z.number().int().min(1), hash: sha256Hex, signature: signature64 }),
});
export type EventsRequest = z.infer<typeof eventsRequest>;

/** Whom an outcome is about, and the language that this person reads. */
const person = { displayName: z.string(), locale: locale.optional() };

export const outcome = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('accepted'),
    punchId: uuid,
    ...person,
    direction,
    atMs: epochMs,
    workedTodayMin: z.number().int().min(0),
  }),
  z.strictObject({
    kind: z.literal('duplicate'),
    ...person,
    direction,
    /** When the person came in or went out. */
    sinceMs: epochMs,
  }),
  z.strictObject({
    kind: z.literal('second-factor'),
    reason: z.enum(['AMBIGUOUS', 'UNSURE', 'LOOK_ALIKE', 'LIVENESS_UNDECIDED']),
  }),
  z.strictObject({ kind: z.literal('not-recognised'), reason: z.enum(['NO_MATCH', 'GALLERY_EMPTY']) }),
  z.strictObject({
    kind: z.literal('refused'),
    reason: z.enum([
      'PIN_WRONG',
      'PIN_THROTTLED',
      'NOT_EMPLOYED',
      'MODEL_UNKNOWN',
      'BOX_UNREADABLE',
      'EMBEDDING_INVALID',
      'LIVENESS_MISSING',
      'CAMERA_NOT_PINNED',
      'TICKET_UNKNOWN',
      'TICKET_EXPIRED',
      'CONSENT_MISSING',
      'DUPLICATE_FACE',
      'DISPUTE_UNKNOWN',
      /** The PIN is right, but the face is not the one of the person it belongs to. */
      'FACE_DIFFERS',
    ]),
  }),
  z.strictObject({ kind: z.literal('undone'), punchId: uuid }),
  z.strictObject({ kind: z.literal('enrolled'), ...person, templates: z.number().int() }),
  z.strictObject({ kind: z.literal('stored') }),
]);
export type Outcome = z.infer<typeof outcome>;

export const eventsResponse = z.strictObject({
  epoch: z.number().int().min(1),
  ackedSeq: z.number().int().min(0),
  ackedHash: sha256Hex,
  serverMs: epochMs,
  outcomes: z.array(z.strictObject({ seq: z.number().int().min(1), outcome })),
  /** Server's Ed25519 over the canonical bytes of the other fields and the device's id. */
  signature: signature64,
});
export type EventsResponse = z.infer<typeof eventsResponse>;

/** Payload of a sealed `pin` event. */
export const pinCredentials = z.strictObject({
  employeeCode,
  pin: pin6,
  /** Face of the check-in that asked for the second factor, as a check-in's box holds it (little-endian float32); null
   *  when the PIN was opened without one. */
  embedding: base64(FACE_BYTES).nullable(),
});
export type PinCredentials = z.infer<typeof pinCredentials>;

/** Refusal codes a tablet must understand; anything else is treated as retryable. */
export const DEVICE_ERROR_CODES = [
  'DEVICE_UNKNOWN',
  'DEVICE_REVOKED',
  'DEVICE_SIGNATURE_INVALID',
  'DEVICE_CLOCK_SKEW',
  'DEVICE_NONCE_REUSED',
  'PAIRING_CODE_INVALID',
  'PAIRING_THROTTLED',
  'PAIRING_KEY_REFUSED',
  'PROTOCOL_UNSUPPORTED',
  'EVENT_MALFORMED',
  'EVENT_FOREIGN',
  'EVENT_TAMPERED',
  'EVENT_GAP',
  'EVENT_FORK',
  'REQUEST_INVALID',
  'SERVER_BUSY',
] as const;
export type DeviceErrorCode = (typeof DEVICE_ERROR_CODES)[number];
