// The console API as one table: method, path, what goes in, what comes out. Server and console are both typed by it.
import { z } from 'zod';
import {
  attendanceException,
  auditEntry,
  companyPolicy,
  device,
  email,
  importReport,
  lookAlike,
  lookAlikeCheck,
  newPassword,
  page,
  person,
  personDetail,
  personName,
  punch,
  recognition,
  role,
  session,
  site,
  today,
  user,
} from './console-types.js';
import { direction, employeeCode, epochMs, ianaZone, localDate, locale, uuid } from './primitives.js';

const none = z.undefined();
const done = z.object({});
const cursor = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
};
const personInput = z.object({
  code: employeeCode,
  name: personName,
  department: z.string().trim().max(80).nullable(),
  siteId: uuid,
  locale,
  joined: localDate,
});
const punchFilter = {
  from: localDate.optional(),
  to: localDate.optional(),
  personId: uuid.optional(),
  deviceId: uuid.optional(),
  direction: direction.optional(),
};
const oneTimeLink = z.object({ url: z.string(), expiresAtMs: epochMs });

interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** `:name` segments are path parameters, always ids. */
  readonly path: string;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly output: z.ZodType;
}

export const CONSOLE_API = {
  signIn: {
    method: 'POST',
    path: '/api/session',
    body: z.object({ email, password: z.string().min(1).max(128) }),
    output: session,
  },
  currentSession: { method: 'GET', path: '/api/session', output: session },
  signOut: { method: 'DELETE', path: '/api/session', output: done },
  changePassword: {
    method: 'POST',
    path: '/api/session/password',
    body: z.object({ current: z.string().min(1).max(128), next: newPassword }),
    output: session,
  },
  setLocale: { method: 'PATCH', path: '/api/session/locale', body: z.object({ locale }), output: done },
  acceptInvitation: {
    method: 'POST',
    path: '/api/invitations/accept',
    body: z.object({ token: z.string().min(20).max(200), password: newPassword }),
    output: session,
  },
  completeReset: {
    method: 'POST',
    path: '/api/password-resets/complete',
    body: z.object({ token: z.string().min(20).max(200), password: newPassword }),
    output: done,
  },
  createCompany: {
    method: 'POST',
    path: '/api/companies',
    body: z.object({
      companyName: personName,
      siteName: personName,
      zone: ianaZone,
      locale,
      ownerName: personName,
      email,
      password: newPassword,
    }),
    output: session,
  },
  rootKeyCopy: {
    method: 'POST',
    path: '/api/root-key/copy',
    body: z.object({ password: z.string().min(1).max(128) }),
    /** `text` is shown and downloaded once; `check` are the six characters to type back. */
    output: z.object({ text: z.string(), fileName: z.string() }),
  },
  rootKeyConfirm: {
    method: 'POST',
    path: '/api/root-key/confirm',
    body: z.object({ lastSix: z.string().length(6) }),
    output: session,
  },

  users: { method: 'GET', path: '/api/users', output: z.object({ items: z.array(user) }) },
  inviteUser: {
    method: 'POST',
    path: '/api/users',
    /** `department` is the team that a head sees. */
    body: z.object({
      email,
      name: personName,
      role,
      department: z.string().trim().min(1).max(80).nullable().optional(),
    }),
    output: oneTimeLink,
  },
  resetUser: { method: 'POST', path: '/api/users/:id/reset', output: oneTimeLink },
  signOutUser: { method: 'POST', path: '/api/users/:id/sign-out', output: done },
  disableUser: { method: 'POST', path: '/api/users/:id/disable', output: done },

  sites: { method: 'GET', path: '/api/sites', output: z.object({ items: z.array(site) }) },
  createSite: {
    method: 'POST',
    path: '/api/sites',
    body: z.object({ name: personName, zone: ianaZone }),
    output: site,
  },
  policy: { method: 'GET', path: '/api/policy', output: companyPolicy },
  updatePolicy: {
    method: 'PATCH',
    path: '/api/policy',
    body: companyPolicy.partial(),
    output: companyPolicy,
  },

  people: {
    method: 'GET',
    path: '/api/people',
    query: z.object({
      ...cursor,
      search: z.string().max(100).optional(),
      state: z.enum(['employed', 'left', 'all']).optional(),
    }),
    output: page(person),
  },
  createPerson: { method: 'POST', path: '/api/people', body: personInput, output: personDetail },
  person: { method: 'GET', path: '/api/people/:id', output: personDetail },
  updatePerson: {
    method: 'PATCH',
    path: '/api/people/:id',
    body: personInput.partial(),
    output: personDetail,
  },
  /** Offboards: from `lastDay` on not employed; templates and PIN are destroyed at once. */
  leavePerson: {
    method: 'POST',
    path: '/api/people/:id/leave',
    body: z.object({ lastDay: localDate }),
    output: personDetail,
  },
  importPeople: {
    method: 'POST',
    path: '/api/people/import',
    /** Header: code,name,department,site,joined,locale (department and locale may be missing). */
    body: z.object({ csv: z.string().max(5_000_000) }),
    output: importReport,
  },
  startEnrolment: {
    method: 'POST',
    path: '/api/people/:id/enrolment',
    body: z.object({ deviceId: uuid }),
    output: personDetail,
  },
  cancelEnrolment: { method: 'DELETE', path: '/api/people/:id/enrolment', output: personDetail },
  withdrawConsent: { method: 'POST', path: '/api/people/:id/withdraw-consent', output: personDetail },
  /** Makes a new six-digit PIN; it is shown once and stored only as a hash. */
  issuePin: { method: 'POST', path: '/api/people/:id/pin', output: z.object({ pin: z.string() }) },

  today: { method: 'GET', path: '/api/today', query: z.object({ siteId: uuid.optional() }), output: today },
  punches: {
    method: 'GET',
    path: '/api/punches',
    query: z.object({ ...cursor, ...punchFilter }),
    output: page(punch),
  },
  /** text/csv, formula-safe; same filter as `punches`. */
  punchesCsv: { method: 'GET', path: '/api/punches.csv', query: z.object(punchFilter), output: none },
  exceptions: {
    method: 'GET',
    path: '/api/exceptions',
    query: z.object({ ...cursor, state: z.enum(['open', 'resolved', 'all']).optional() }),
    output: page(attendanceException),
  },
  resolveException: {
    method: 'POST',
    path: '/api/exceptions/:id/resolve',
    body: z.object({
      note: z.string().trim().min(1).max(500),
      /** Only for DUPLICATE_FACE: two people (the enrolment may be repeated, and the two are asked for their PIN), or
       *  one, whose other record is closed from today on. */
      duplicate: z
        .discriminatedUnion('kind', [
          z.object({ kind: z.literal('two-people') }),
          z.object({ kind: z.literal('one-person'), closePersonId: uuid }),
        ])
        .optional(),
    }),
    output: attendanceException,
  },

  lookAlikes: {
    method: 'GET',
    path: '/api/look-alikes',
    query: z.object({ ...cursor, state: z.enum(['open', 'confirmed', 'dismissed', 'all']).optional() }),
    output: page(lookAlike),
  },
  /** `confirm`: both are asked for their PIN. `dismiss`: the face alone is enough. */
  decideLookAlike: {
    method: 'POST',
    path: '/api/look-alikes/:id/decide',
    body: z.object({ decision: z.enum(['confirm', 'dismiss']) }),
    output: lookAlike,
  },
  lookAlikeCheck: { method: 'GET', path: '/api/look-alikes/check', output: lookAlikeCheck },
  /** Starts comparing everybody with everybody, or says how far a running one is. */
  startLookAlikeCheck: { method: 'POST', path: '/api/look-alikes/check', output: lookAlikeCheck },

  recognition: { method: 'GET', path: '/api/recognition', output: recognition },
  startRollOver: {
    method: 'POST',
    path: '/api/recognition/roll-over',
    body: z.object({ next: z.string().min(1).max(80) }),
    output: recognition,
  },
  /** Once everybody is switched: the next model becomes the only one. Before anybody is: the change is called off. */
  endRollOver: { method: 'DELETE', path: '/api/recognition/roll-over', output: recognition },

  devices: { method: 'GET', path: '/api/devices', output: z.object({ items: z.array(device) }) },
  createPairing: {
    method: 'POST',
    path: '/api/devices/pairings',
    body: z.object({ name: personName, siteId: uuid }),
    /** The code and the IT PIN are shown once. */
    output: z.object({
      pairingId: uuid,
      code: z.string(),
      itPin: z.string(),
      serverAddress: z.string(),
      expiresAtMs: epochMs,
    }),
  },
  pairing: {
    method: 'GET',
    path: '/api/devices/pairings/:id',
    output: z.object({
      state: z.enum(['waiting', 'compare', 'active', 'refused', 'expired']),
      words: z.array(z.string()),
      device: device.nullable(),
    }),
  },
  /** The administrator saw the same words on both screens; pins the camera that the tablet showed. */
  confirmPairing: {
    method: 'POST',
    path: '/api/devices/pairings/:id/confirm',
    body: z.object({ cameraPin: z.string().max(300).nullable() }),
    output: device,
  },
  refusePairing: { method: 'POST', path: '/api/devices/pairings/:id/refuse', output: done },
  updateDevice: {
    method: 'PATCH',
    path: '/api/devices/:id',
    body: z.object({ name: personName.optional(), cameraPin: z.string().max(300).nullable().optional() }),
    output: device,
  },
  revokeDevice: { method: 'POST', path: '/api/devices/:id/revoke', output: device },

  audit: {
    method: 'GET',
    path: '/api/audit',
    query: z.object({ ...cursor, search: z.string().max(100).optional() }),
    output: page(auditEntry),
  },
} as const satisfies Record<string, Route>;

export type ConsoleApi = typeof CONSOLE_API;
export type ConsoleRoute = keyof ConsoleApi;
type SchemaOf<R extends ConsoleRoute, K extends 'body' | 'query'> =
  ConsoleApi[R] extends Record<K, infer S> ? S : never;
export type BodyOf<R extends ConsoleRoute> = z.input<Extract<SchemaOf<R, 'body'>, z.ZodType>>;
export type QueryOf<R extends ConsoleRoute> = z.input<Extract<SchemaOf<R, 'query'>, z.ZodType>>;
export type OutputOf<R extends ConsoleRoute> = z.output<ConsoleApi[R]['output']>;

export const LIVE_EVENTS_PATH = '/api/live';
export const CSRF_HEADER = 'x-hazri-csrf';

/** Codes the console has words for; anything else is shown as "something went wrong" with its correlation id. */
export const CONSOLE_ERROR_CODES = [
  'REQUEST_INVALID',
  'SESSION_MISSING',
  'SESSION_EXPIRED',
  'SIGN_IN_REFUSED',
  'SIGN_IN_THROTTLED',
  'PASSWORD_WEAK',
  'PASSWORD_MUST_CHANGE',
  'PERMISSION_DENIED',
  'CSRF_REFUSED',
  'NOT_FOUND',
  'TOKEN_INVALID',
  'EMAIL_TAKEN',
  'PERSON_CODE_TAKEN',
  'PERSON_LEFT',
  'IMPORT_REFUSED',
  'DEVICE_NOT_ACTIVE',
  'PAIRING_EXPIRED',
  'PAIRING_NOT_READY',
  'ROOT_KEY_NOT_SAVED',
  'ROOT_KEY_MISMATCH',
  'USER_IS_SELF',
  'ALREADY_DONE',
  'ENROLMENT_BLOCKED',
  'FACES_TOO_NEAR',
  'ROLL_OVER_UNFINISHED',
] as const;
export type ConsoleErrorCode = (typeof CONSOLE_ERROR_CODES)[number];
