// Every screen of the tablet as a state the agent could send, with an invented company and invented people.
import type { ScreenState, View } from '../../../kiosk/src/contract/views.js';

/** Friday, 20 November 2026, 09:02 in Kolkata; the dark theme is the same day at 21:40. */
const MORNING_MS = Date.UTC(2026, 10, 20, 3, 32, 10);
const EVENING_MS = Date.UTC(2026, 10, 20, 16, 10, 10);
const FACE = { x: 0.35, y: 0.2, width: 0.3, height: 0.4 };

export interface ScreenCase {
  readonly name: string;
  readonly view: View;
  readonly status?: Partial<ScreenState['status']>;
}

const result = (view: Extract<View, { name: 'result' }>['result']): View => ({
  name: 'result',
  result: view,
  standsMs: 60_000,
});

const problems = (
  [
    'CAMERA_MISSING',
    'CAMERA_DENIED',
    'CAMERA_CHANGED',
    'MODELS_MISSING',
    'JOURNAL_BROKEN',
    'DISK_FULL',
    'DEVICE_REVOKED',
    'CERTIFICATE_WRONG',
    'TABLET_TOO_OLD',
  ] as const
).map((code): ScreenCase => ({
  name: `problem-${code.toLowerCase().replaceAll('_', '-')}`,
  view: { name: 'problem', code },
}));

const hints = (
  [
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
  ] as const
).map((hint): ScreenCase => ({
  name: `guide-${hint.toLowerCase().replaceAll('_', '-')}`,
  view: { name: 'guide', hint, face: FACE },
}));

const capture: View = {
  name: 'enrol-capture',
  displayName: 'Ravi',
  step: 'front',
  captured: 0,
  needed: 5,
  hint: null,
  face: FACE,
};
const captures = (['front', 'left', 'right', 'up', 'look', 'other'] as const).map(
  (step, index): ScreenCase => ({
    name: `enrol-capture-${step}`,
    view: { ...capture, step, captured: Math.min(4, index) },
  }),
);
const captureHint: ScreenCase = { name: 'enrol-capture-hint', view: { ...capture, hint: 'UNCOVER_EYES' } };

const NOT_PAIRED = { companyName: null, siteName: null, deviceName: null, pinFallback: false };
const unpaired = {
  name: 'unpaired',
  serverAddress: 'hr.sample-textiles.in:8443',
  error: null,
  busy: false,
} as const;
const WORDS = ['harbour', 'lantern', 'copper', 'meadow', 'sparrow', 'winter'];

export const IT_STATUS = {
  version: '0.1.0',
  serverAddress: 'hr.sample-textiles.in:8443',
  camera: 'Front camera',
  unsent: 3,
  epoch: 1,
  headSeq: 128,
  lastContactMs: Date.UTC(2026, 10, 20, 3, 30),
  clockOffsetMs: -412.4,
  engine: 'onnx',
  modelId: 'face-api-1',
};

export const SCREEN_CASES: readonly ScreenCase[] = [
  { name: 'starting', view: { name: 'starting' }, status: { ...NOT_PAIRED, nowMs: null, zone: null } },
  ...problems,
  { name: 'unpaired', view: unpaired, status: NOT_PAIRED },
  { name: 'unpaired-empty', view: { ...unpaired, serverAddress: null }, status: NOT_PAIRED },
  { name: 'unpaired-error', view: { ...unpaired, error: 'PAIRING_CODE_INVALID' }, status: NOT_PAIRED },
  {
    name: 'pairing',
    view: { name: 'pairing', companyName: 'Sample Textiles', words: WORDS, confirmedHere: false },
    status: NOT_PAIRED,
  },
  {
    name: 'pairing-confirmed',
    view: { name: 'pairing', companyName: 'Sample Textiles', words: WORDS, confirmedHere: true },
    status: NOT_PAIRED,
  },
  { name: 'waiting', view: { name: 'waiting' } },
  { name: 'waiting-offline', view: { name: 'waiting' }, status: { online: false, unsent: 3 } },
  {
    name: 'waiting-noted',
    view: { name: 'waiting' },
    status: { online: false, unsent: 12, problem: 'CERTIFICATE_WRONG' },
  },
  ...hints,
  { name: 'looking', view: { name: 'looking', progress: 0.62, face: FACE, othersWait: false } },
  { name: 'asking', view: { name: 'asking', asked: { action: 'smile', done: 1, of: 3 }, face: FACE } },
  { name: 'looking-others', view: { name: 'looking', progress: 0.3, face: FACE, othersWait: true } },
  { name: 'deciding', view: { name: 'deciding' } },
  {
    name: 'result-in',
    view: result({
      kind: 'accepted',
      locale: null,
      displayName: 'Asha Kulkarni',
      direction: 'in',
      atMs: MORNING_MS,
      workedTodayMin: 0,
      canUndo: true,
    }),
  },
  {
    name: 'result-out',
    view: result({
      kind: 'accepted',
      locale: null,
      displayName: 'Asha Kulkarni',
      direction: 'out',
      atMs: MORNING_MS,
      workedTodayMin: 460,
      canUndo: true,
    }),
  },
  {
    name: 'result-long-name',
    view: result({
      kind: 'accepted',
      locale: null,
      displayName: 'Venkatanarasimharajuvaripeta Subramaniam Lakshminarayanan',
      direction: 'out',
      atMs: MORNING_MS,
      workedTodayMin: 605,
      canUndo: true,
    }),
  },
  {
    name: 'result-duplicate',
    view: result({
      kind: 'duplicate',
      locale: null,
      displayName: 'Asha Kulkarni',
      direction: 'in',
      sinceMs: MORNING_MS,
    }),
  },
  { name: 'result-not-recognised', view: result({ kind: 'not-recognised' }) },
  { name: 'result-refused', view: result({ kind: 'refused', reason: 'NOT_EMPLOYED' }) },
  { name: 'result-refused-retry', view: result({ kind: 'refused', reason: 'LIVENESS_REFUSED' }) },
  {
    name: 'result-saved-offline',
    view: result({ kind: 'saved-offline', atMs: MORNING_MS, slip: 'K7-4X2' }),
    status: { online: false, unsent: 4 },
  },
  { name: 'result-not-recorded', view: result({ kind: 'not-recorded', reason: 'DISK_FULL' }) },
  { name: 'result-undone', view: result({ kind: 'undone' }) },
  { name: 'result-enrolled', view: result({ kind: 'enrolled', displayName: 'Ravi Patil' }) },
  { name: 'pin', view: { name: 'pin', reason: 'CHOSEN', error: null, busy: false } },
  { name: 'pin-unsure', view: { name: 'pin', reason: 'UNSURE', error: 'PIN_WRONG', busy: false } },
  {
    name: 'enrol-consent',
    view: {
      name: 'enrol-consent',
      displayName: 'Ravi Patil',
      employeeCode: 'E-1042',
      locale: null,
      basis: 'consent',
    },
  },
  ...captures,
  captureHint,
  { name: 'result-face-differs', view: result({ kind: 'refused', reason: 'FACE_DIFFERS' }) },
];

export function stateOf(screen: ScreenCase, locale: 'en' | 'hi', theme: 'light' | 'dark'): ScreenState {
  return {
    view: screen.view,
    status: {
      online: true,
      unsent: 0,
      nowMs: theme === 'light' ? MORNING_MS : EVENING_MS,
      zone: 'Asia/Kolkata',
      companyName: 'Sample Textiles',
      deviceName: 'Gate 1',
      siteName: 'Bhiwandi',
      cameraPin: null,
      pinFallback: true,
      defaultLocale: locale,
      ...screen.status,
    },
  };
}
