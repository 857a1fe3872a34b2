// What the agent tells the screen to show. The screen draws this state and decides nothing.
// No embedding, score or distance ever stands in here.
import { z } from 'zod';
import { direction, epochMs, locale } from '@hazri/shared/protocol/primitives';

/** Box of the served face in parts of the frame, 0 to 1, from the top left; not mirrored. */
export const faceBox = z.strictObject({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});
export type FaceBox = z.infer<typeof faceBox>;

export const hint = z.enum([
  'LOOK_HERE',
  'MOVE_CLOSER',
  'MOVE_BACK',
  'MOVE_TO_MIDDLE',
  'ONE_AT_A_TIME',
  'MORE_LIGHT',
  'LESS_LIGHT',
  'HOLD_STILL',
  'FACE_THE_SCREEN',
  'HEAD_STRAIGHT',
  'UNCOVER_EYES',
  'UNCOVER_FACE',
  'LIGHT_BEHIND',
  'NOT_SO_FAR',
]);
export type Hint = z.infer<typeof hint>;

/** What enrolment asks for now; `look`: whether glasses or head cover can be changed, `other`: with them changed. */
const captureStep = z.enum(['front', 'left', 'right', 'up', 'look', 'other']);
export type CaptureStep = z.infer<typeof captureStep>;

/** What the challenge asks for now; `rest`: to look at the screen. Sides are the person's own. */
const asked = z.strictObject({
  action: z.enum(['left', 'right', 'up', 'down', 'mouth', 'smile', 'rest']),
  /** Movements behind the person and movements in all. */
  done: z.number().int(),
  of: z.number().int(),
});
export type Asked = z.infer<typeof asked>;

/** The result is shown in the language of the person it is about; null: the screen's own. */
const shownIn = { locale: locale.nullable() };

export const resultView = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('accepted'),
    ...shownIn,
    displayName: z.string(),
    direction,
    atMs: epochMs,
    workedTodayMin: z.number().int(),
    /** "That's not me" undoes the punch while this view stands. */
    canUndo: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('duplicate'),
    ...shownIn,
    displayName: z.string(),
    direction,
    sinceMs: epochMs,
  }),
  z.strictObject({ kind: z.literal('not-recognised') }),
  z.strictObject({ kind: z.literal('refused'), reason: z.string() }),
  /** Recorded on this tablet, to be sent later; `slip` is a short code the person may note. */
  z.strictObject({ kind: z.literal('saved-offline'), atMs: epochMs, slip: z.string() }),
  z.strictObject({ kind: z.literal('not-recorded'), reason: z.string() }),
  z.strictObject({ kind: z.literal('undone') }),
  z.strictObject({ kind: z.literal('enrolled'), displayName: z.string() }),
]);
export type ResultView = z.infer<typeof resultView>;

export const problemCode = z.enum([
  'CAMERA_MISSING',
  'CAMERA_DENIED',
  'CAMERA_CHANGED',
  'MODELS_MISSING',
  'JOURNAL_BROKEN',
  'DISK_FULL',
  'DEVICE_REVOKED',
  'CERTIFICATE_WRONG',
  'TABLET_TOO_OLD',
]);
export type ProblemCode = z.infer<typeof problemCode>;

export const view = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('starting') }),
  z.strictObject({ name: z.literal('problem'), code: problemCode }),
  z.strictObject({
    name: z.literal('unpaired'),
    /** Where the console runs, if known from the configuration. */
    serverAddress: z.string().nullable(),
    error: z.string().nullable(),
    busy: z.boolean(),
  }),
  z.strictObject({
    name: z.literal('pairing'),
    companyName: z.string(),
    words: z.array(z.string()),
    confirmedHere: z.boolean(),
  }),
  z.strictObject({ name: z.literal('waiting') }),
  z.strictObject({ name: z.literal('guide'), hint, face: faceBox.nullable() }),
  /** `progress` 0 to 1: how much of the evidence is collected. `othersWait`: more people stand in view. */
  z.strictObject({
    name: z.literal('looking'),
    progress: z.number(),
    face: faceBox,
    othersWait: z.boolean(),
  }),
  /** A challenge: the person proves to be there by doing what is asked. */
  z.strictObject({ name: z.literal('asking'), asked, face: faceBox }),
  z.strictObject({ name: z.literal('deciding') }),
  /** `standsMs`: how long this result stands from when it was sent; the two sides share no clock to name an end by. */
  z.strictObject({ name: z.literal('result'), result: resultView, standsMs: z.number().int().min(0) }),
  z.strictObject({
    name: z.literal('pin'),
    /** Why the screen asks: the person chose it, or the face was not enough. */
    reason: z.enum(['CHOSEN', 'UNSURE', 'NOT_RECOGNISED']),
    error: z.enum(['PIN_WRONG', 'PIN_THROTTLED']).nullable(),
    busy: z.boolean(),
  }),
  z.strictObject({
    name: z.literal('enrol-consent'),
    displayName: z.string(),
    employeeCode: z.string(),
    /** The person's own language, in which the notice opens. */
    locale: locale.nullable(),
    basis: z.enum(['consent', 'employment']),
  }),
  z.strictObject({
    name: z.literal('enrol-capture'),
    displayName: z.string(),
    step: captureStep,
    /** Steps behind the person and steps in all. */
    captured: z.number().int(),
    needed: z.number().int(),
    hint: hint.nullable(),
    face: faceBox.nullable(),
  }),
]);
export type View = z.infer<typeof view>;

export const screenState = z.strictObject({
  view,
  status: z.strictObject({
    online: z.boolean(),
    unsent: z.number().int(),
    /** Server time; the screen advances it by its own monotonic clock. Null before it is known. */
    nowMs: epochMs.nullable(),
    zone: z.string().nullable(),
    companyName: z.string().nullable(),
    deviceName: z.string().nullable(),
    siteName: z.string().nullable(),
    /** Which camera the screen must open; null: any. */
    cameraPin: z.string().nullable(),
    pinFallback: z.boolean(),
    /** Something IT should know of while the tablet goes on recording; shown small, beside what else is shown. */
    problem: problemCode.nullable().optional(),
    defaultLocale: locale,
  }),
});
export type ScreenState = z.infer<typeof screenState>;
