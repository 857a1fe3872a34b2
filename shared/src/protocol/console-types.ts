// What the console shows: the shapes that the server's console API answers with.
import { z } from 'zod';
import {
  direction,
  employeeCode,
  epochMs,
  ianaZone,
  localDate,
  locale,
  timeQuality,
  uuid,
} from './primitives.js';
import { templateInfo } from './event.js';
import { PERMISSIONS, ROLES } from './roles.js';

export const role = z.enum(ROLES);
export const permission = z.enum(PERMISSIONS);
export const email = z.email().max(200).toLowerCase();
export const personName = z.string().trim().min(1).max(120);
/** 12–14 characters need letters and digits, 15 and more are free; a blocklist always applies. */
export const newPassword = z.string().min(12).max(128);

export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.number().int() });

export const session = z.object({
  user: z.object({
    id: uuid,
    name: z.string(),
    email: z.string(),
    role,
    permissions: z.array(permission),
    locale,
  }),
  company: z.object({ id: uuid, name: z.string(), isDemo: z.boolean(), zone: ianaZone }),
  /** Sent back in `x-hazri-csrf` on every request that changes something. */
  csrfToken: z.string(),
  mustChangePassword: z.boolean(),
  /** A copy of the root key was confirmed, so real enrolments may begin. */
  rootKeySaved: z.boolean(),
});
export type Session = z.infer<typeof session>;

export const user = z.object({
  id: uuid,
  name: z.string(),
  email: z.string(),
  role,
  state: z.enum(['invited', 'active', 'disabled']),
  lastSignInMs: epochMs.nullable(),
});
export type User = z.infer<typeof user>;

export const site = z.object({ id: uuid, name: z.string(), zone: ianaZone });
export type Site = z.infer<typeof site>;

/** What the owner decides for all tablets of the company. */
export const companyPolicy = z.object({
  /** A second scan within this many seconds is the same act; 0 makes every scan a punch. */
  duplicateWithinSec: z.number().int().min(0).max(3600),
  pinFallback: z.boolean(),
  /** The error budget: accepted wrong identifications per 1,000,000 attempts by strangers. */
  wrongPerMillion: z.number().int().min(10).max(100_000),
  /** Templates may follow a face that changes, from punches confirmed by PIN. */
  selfUpdate: z.boolean(),
});
export type CompanyPolicyView = z.infer<typeof companyPolicy>;

export const enrolmentState = z.enum(['none', 'waiting', 'enrolled', 'withdrawn', 'destroyed']);
export const person = z.object({
  id: uuid,
  code: employeeCode,
  name: z.string(),
  department: z.string().nullable(),
  siteId: uuid,
  locale,
  joined: localDate,
  left: localDate.nullable(),
  enrolment: enrolmentState,
  hasPin: z.boolean(),
});
export type Person = z.infer<typeof person>;

export const consent = z.object({
  basis: z.enum(['consent', 'employment']),
  noticeVersion: z.string(),
  locale,
  givenAtMs: epochMs,
  withdrawnAtMs: epochMs.nullable(),
  deviceName: z.string().nullable(),
});
/** What is known of a template; never what it holds. Null where it was made before this was recorded. */
export const template = z.object({
  id: uuid,
  modelId: z.string(),
  createdAtMs: epochMs,
  source: z.enum(['enrolment', 'self-update', 'roll-over']),
  pose: templateInfo.shape.pose.nullable(),
  look: templateInfo.shape.look.nullable(),
  quality: templateInfo.shape.quality.nullable(),
  /** How many accepted punches it was the nearest of. */
  usedCount: z.number().int(),
  lastUsedAtMs: epochMs.nullable(),
});
export type TemplateView = z.infer<typeof template>;
export const personDetail = person.extend({
  consent: consent.nullable(),
  templates: z.array(template),
  ticket: z.object({ id: uuid, deviceId: uuid, deviceName: z.string(), expiresAtMs: epochMs }).nullable(),
});
export type PersonDetail = z.infer<typeof personDetail>;

export const punch = z.object({
  id: uuid,
  personId: uuid,
  personName: z.string(),
  personCode: z.string(),
  direction,
  atMs: epochMs,
  receivedAtMs: epochMs,
  timeQuality,
  method: z.enum(['face', 'pin']),
  deviceId: uuid,
  deviceName: z.string(),
  siteId: uuid,
  zone: ianaZone,
  /** Set when the person said "that's not me"; the punch itself never changes. */
  undoneAtMs: epochMs.nullable(),
});
export type Punch = z.infer<typeof punch>;

export const exceptionKind = z.enum([
  'DISPUTED',
  'EVENT_FORK',
  'CLOCK_UNVERIFIED',
  'NOT_RECOGNISED_REPEATEDLY',
  'CAMERA_CHANGED',
  'DUPLICATE_FACE',
  'FACE_DIFFERS',
  'BOX_UNREADABLE',
  'LATE_ARRIVAL',
]);
export const attendanceException = z.object({
  id: uuid,
  kind: exceptionKind,
  personId: uuid.nullable(),
  personName: z.string().nullable(),
  /** The second person where it is about two; null for who may not see that person. */
  otherPersonId: uuid.nullable(),
  otherPersonName: z.string().nullable(),
  deviceName: z.string().nullable(),
  punchId: uuid.nullable(),
  atMs: epochMs,
  state: z.enum(['open', 'resolved']),
  note: z.string().nullable(),
});
export type AttendanceException = z.infer<typeof attendanceException>;

const lookAlikePerson = z.object({ id: uuid, name: z.string(), code: z.string() });
/** Two people whose faces are near; how near is told to nobody. */
export const lookAlike = z.object({
  id: uuid,
  people: z.tuple([lookAlikePerson, lookAlikePerson]),
  found: z.enum(['enrolment', 'check']),
  /** `same`: near enough to be one person. `near`: near enough to be mistaken now and then. */
  likeness: z.enum(['same', 'near']),
  /** `blocked`: the first person's enrolment was refused and waits for HR. */
  state: z.enum(['open', 'blocked', 'confirmed', 'dismissed']),
  createdAtMs: epochMs,
  decidedAtMs: epochMs.nullable(),
});
export type LookAlike = z.infer<typeof lookAlike>;

/** The comparison of everybody with everybody. */
export const lookAlikeCheck = z.object({
  /** `interrupted`: the server stopped meanwhile; it starts again by itself. */
  state: z.enum(['never', 'running', 'done', 'failed', 'interrupted']),
  startedAtMs: epochMs.nullable(),
  finishedAtMs: epochMs.nullable(),
  people: z.number().int(),
  templates: z.number().int(),
  /** Templates compared with all others so far. */
  compared: z.number().int(),
  /** Pairs that were not known before. */
  found: z.number().int(),
});
export type LookAlikeCheck = z.infer<typeof lookAlikeCheck>;

/** Which recognition models the company's tablets run, and how far the change to the next one is. */
export const recognition = z.object({
  current: z.string(),
  next: z.string().nullable(),
  startedAtMs: epochMs.nullable(),
  /** Models that this server can match, other than the current one. */
  available: z.array(z.string()),
  enrolled: z.number().int(),
  /** Of the enrolled, those whose templates are of the next model. */
  switched: z.number().int(),
});
export type Recognition = z.infer<typeof recognition>;

export const todayRow = z.object({
  personId: uuid,
  name: z.string(),
  code: z.string(),
  department: z.string().nullable(),
  state: z.enum(['in', 'out', 'not-yet']),
  firstInMs: epochMs.nullable(),
  lastPunchMs: epochMs.nullable(),
  workedMin: z.number().int(),
});
export type TodayRow = z.infer<typeof todayRow>;
export const today = z.object({
  date: localDate,
  zone: ianaZone,
  nowMs: epochMs,
  counts: z.object({
    in: z.number().int(),
    out: z.number().int(),
    notYet: z.number().int(),
    exceptions: z.number().int(),
  }),
  rows: z.array(todayRow),
  /** First arrivals per quarter of an hour of the local day. */
  arrivals: z.array(z.object({ atMs: epochMs, count: z.number().int() })),
  recent: z.array(punch),
});
export type Today = z.infer<typeof today>;

export const device = z.object({
  id: uuid,
  name: z.string(),
  siteId: uuid,
  siteName: z.string(),
  state: z.enum(['pairing', 'active', 'revoked', 'refused']),
  lastSeenMs: epochMs.nullable(),
  unsent: z.number().int(),
  oldestUnsentAtMs: epochMs.nullable(),
  appVersion: z.string().nullable(),
  camera: z.string().nullable(),
  cameraPin: z.string().nullable(),
  problem: z.string().nullable(),
  /** Server clock minus the tablet's, in milliseconds. */
  clockOffsetMs: z.number().int().nullable(),
});
export type Device = z.infer<typeof device>;

export const auditEntry = z.object({
  id: uuid,
  atMs: epochMs,
  actorKind: z.enum(['user', 'device', 'system']),
  actorName: z.string(),
  action: z.string(),
  subject: z.string().nullable(),
  address: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

export const importReport = z.object({
  rows: z.number().int(),
  created: z.number().int(),
  /** All or nothing: one bad row and nobody is created. */
  problems: z.array(
    z.object({ line: z.number().int(), column: z.string(), code: z.string(), value: z.string() }),
  ),
});
export type ImportReport = z.infer<typeof importReport>;

/** Server-sent events: what changed, so that a page asks again for what it shows. */
export const liveEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('punch'), punch }),
  z.object({ type: z.literal('exception'), id: uuid }),
  z.object({ type: z.literal('device'), id: uuid }),
  z.object({ type: z.literal('person'), id: uuid }),
  z.object({ type: z.literal('look-alikes') }),
]);
export type LiveEvent = z.infer<typeof liveEvent>;
