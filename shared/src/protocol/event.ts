// The events of a tablet's journal. Their canonical JSON bytes are hashed, chained and signed for ever,
// so an event holds no biometrics and no name: those travel in the sealed box beside it.
import { z } from 'zod';
import { epochMs, ianaZone, key32, locale, sha256Hex, timeQuality, uuid } from './primitives.js';

/** What the tablet claims about an instant: the true time lies between the bounds (UTC ms, inclusive). */
export const timeClaim = z.strictObject({
  quality: timeQuality,
  earliestMs: epochMs.nullable(),
  latestMs: epochMs.nullable(),
});
export type TimeClaim = z.infer<typeof timeClaim>;

const common = {
  v: z.literal(1),
  tenant: uuid,
  device: uuid,
  epoch: z.number().int().min(1),
  seq: z.number().int().min(1),
  /** Hash of the event before; 64 zeros for the first of an epoch. */
  prevHash: sha256Hex,
  id: uuid,
  /** The tablet's own wall clock, whatever it says. */
  wallMs: z.number().int(),
  /** Milliseconds since this boot. */
  monoMs: z.number().min(0),
  bootId: z.string().min(1).max(64),
  /** Best estimate of the true time; equals `wallMs` when nothing better is known. */
  atMs: epochMs,
  time: timeClaim,
  zone: ianaZone,
};

/** Points at the box that travels beside the event. */
const sealed = { boxHash: sha256Hex, senderKey: key32, serverKeyId: z.string().min(1).max(64) };

export const livenessEvidence = z.strictObject({
  policy: z.enum(['passive', 'standard', 'strict']),
  decision: z.enum(['live', 'undecided']),
  version: z.string().max(64),
  cues: z.record(z.string().max(40), z.number()),
  tookMs: z.number().min(0),
});
export type LivenessEvidence = z.infer<typeof livenessEvidence>;

export const modelIds = z.strictObject({
  detector: z.string().max(80),
  landmarks: z.string().max(80),
  recognition: z.string().max(80),
  /** The second recognition model of a roll-over. Every box then holds its embeddings too: first all of `recognition`,
   *  then all of `nextRecognition`, in the same order. */
  nextRecognition: z.string().max(80).optional(),
});
export type ModelIds = z.infer<typeof modelIds>;

export const consentRecord = z.strictObject({
  noticeVersion: z.string().max(40),
  noticeSha256: sha256Hex,
  locale,
  givenAtMs: epochMs,
  basis: z.enum(['consent', 'employment']),
});
export type ConsentRecord = z.infer<typeof consentRecord>;

export const checkInEvent = z.strictObject({
  ...common,
  ...sealed,
  type: z.literal('check-in'),
  liveness: livenessEvidence,
  models: modelIds,
  /** How many frames were fused into the probe. */
  frames: z.number().int().min(1).max(64),
  camera: z.string().max(300).nullable(),
});
export const pinEvent = z.strictObject({
  ...common,
  ...sealed,
  type: z.literal('pin'),
  /** Of the face in the box; null when there is none. */
  models: modelIds.nullable(),
  /** The check-in that asked for a second factor, if one did. */
  refersTo: z.strictObject({ epoch: z.number().int().min(1), seq: z.number().int().min(1) }).nullable(),
});
export const disputeEvent = z.strictObject({
  ...common,
  type: z.literal('dispute'),
  boxHash: z.null(),
  refersTo: z.strictObject({ epoch: z.number().int().min(1), seq: z.number().int().min(1) }),
});
/** What one embedding of an enrolment's box is of. */
export const templateInfo = z.strictObject({
  pose: z.enum(['front', 'left', 'right', 'up']),
  /** As the person came, or with glasses or the usual head cover put on or taken off. */
  look: z.enum(['usual', 'other']),
  /** 0 (useless) to 1; not comparable between cameras. */
  quality: z.number().min(0).max(1),
});
export type TemplateInfo = z.infer<typeof templateInfo>;

export const enrolmentEvent = z.strictObject({
  ...common,
  ...sealed,
  type: z.literal('enrolment'),
  ticketId: uuid,
  consent: consentRecord,
  models: modelIds,
  liveness: livenessEvidence,
  /** One for each embedding in the box, in their order. */
  templates: z.array(templateInfo).min(1).max(8),
});
/** First event of every epoch after the first: says why the chain starts anew. */
export const epochEvent = z.strictObject({
  ...common,
  type: z.literal('epoch'),
  boxHash: z.null(),
  reason: z.enum(['restored', 'wiped', 'unreadable', 'fork']),
  previous: z
    .strictObject({ epoch: z.number().int().min(1), seq: z.number().int().min(0), hash: sha256Hex })
    .nullable(),
});

export const deviceEvent = z.discriminatedUnion('type', [
  checkInEvent,
  pinEvent,
  disputeEvent,
  enrolmentEvent,
  epochEvent,
]);
export type DeviceEvent = z.infer<typeof deviceEvent>;
export type CheckInEvent = z.infer<typeof checkInEvent>;
export type PinEvent = z.infer<typeof pinEvent>;
export type DisputeEvent = z.infer<typeof disputeEvent>;
export type EnrolmentEvent = z.infer<typeof enrolmentEvent>;
export type EpochEvent = z.infer<typeof epochEvent>;

/** Stands inside the box before its payload and must equal the event it belongs to. */
export const boxHeader = z.strictObject({
  v: z.literal(1),
  tenant: uuid,
  device: uuid,
  epoch: z.number().int().min(1),
  seq: z.number().int().min(1),
  id: uuid,
  type: z.enum(['check-in', 'pin', 'enrolment']),
});
export type BoxHeader = z.infer<typeof boxHeader>;
