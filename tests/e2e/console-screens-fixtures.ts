// A made-up company for the console's pictures: fictional people, a fixed morning, every state that a page can show.
import type { OutputOf } from '@hazri/shared/protocol/console';
import { ROLE_PERMISSIONS, type Role } from '@hazri/shared/protocol/roles';

/** Friday 20 November 2026, 11:40 in Pune. */
export const NOW_MS = Date.UTC(2026, 10, 20, 6, 10, 0);
export const TODAY = '2026-11-20';
const ZONE = 'Asia/Kolkata';
const MINUTE_MS = 60_000;

export function id(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** An instant of the fixture's day, by its clock time in Pune. */
export function at(hour: number, minute: number, daysAgo = 0): number {
  return Date.UTC(2026, 10, 20 - daysAgo, hour, minute, 14) - 330 * MINUTE_MS;
}

export function session(role: Role = 'owner', isDemo = true): OutputOf<'currentSession'> {
  const names: Partial<Record<Role, string>> = {
    owner: 'Meera Joglekar',
    hr: 'Farhan Qureshi',
    it: 'Divya Nair',
  };
  return {
    user: {
      id: id(1),
      name: names[role] ?? 'Kabir Anand',
      email: `${role}@sahyadri.example`,
      role,
      permissions: [...ROLE_PERMISSIONS[role]],
      locale: 'en',
    },
    company: { id: id(2), name: 'Sahyadri Bearings', isDemo, zone: ZONE },
    csrfToken: 'fixture-token',
    mustChangePassword: false,
    rootKeySaved: false,
  };
}

export const SITES = [
  { id: id(11), name: 'Pune plant', zone: ZONE },
  { id: id(12), name: 'Chakan warehouse', zone: ZONE },
  { id: id(13), name: 'Dubai office', zone: 'Asia/Dubai' },
];

const NAMES = [
  ['Asha Pawar', 'Assembly'],
  ['Imran Shaikh', 'Stores'],
  ['Lakshmi Iyer', 'Quality'],
  ['Gurpreet Singh Bhatia', 'Assembly'],
  ['Sunita Devi', 'Packing'],
  ['Rohan Kulkarni', 'Maintenance'],
  ['Fatima Ansari', 'Quality'],
  ['Venkatesh Raghunathan', 'Heat treatment'],
  ['Kavita Deshmukh', 'Packing'],
  ['Joseph D’Souza', 'Stores'],
  ['Nandini Bhattacharya', 'Planning'],
  ['Arjun Meitei', 'Assembly'],
  ['Rukmini Gowda', 'Packing'],
  ['Harish Chandra Tiwari', 'Heat treatment'],
  ['Zoya Merchant', 'Planning'],
  ['Manoj Kumar Sahu', 'Assembly'],
  ['Pooja Rathore', null],
  ['Sandeep Yadav', 'Maintenance'],
] as const;

export const PEOPLE: OutputOf<'people'>['items'] = NAMES.map(([name, department], index) => ({
  id: id(100 + index),
  code: `SB-${String(1001 + index * 7)}`,
  name,
  department,
  siteId: id(11 + (index % 5 === 4 ? 1 : 0)),
  locale: index % 3 === 0 ? 'hi' : 'en',
  joined: `20${String(19 + (index % 7))}-0${String(1 + (index % 9))}-1${String(index % 9)}`,
  left: null,
  enrolment: index === 5 ? 'none' : index === 8 ? 'withdrawn' : index === 12 ? 'waiting' : 'enrolled',
  hasPin: index % 4 === 0 || index === 5 || index === 8,
}));

export const LEAVER: OutputOf<'people'>['items'][number] = {
  ...person(3),
  id: id(190),
  code: 'SB-0877',
  name: 'Dilip Vaidya',
  left: '2026-10-31',
  enrolment: 'destroyed',
  hasPin: false,
};

export function person(index: number): OutputOf<'people'>['items'][number] {
  const found = PEOPLE[index];
  if (found === undefined) throw new Error('FIXTURE_PERSON_MISSING');
  return found;
}

function templatesOf(index: number): OutputOf<'person'>['templates'] {
  const enrolled = {
    modelId: 'dlib-128',
    createdAtMs: at(10, 12, 41),
    source: 'enrolment',
    look: 'usual',
  } as const;
  return [
    {
      ...enrolled,
      id: id(700 + index),
      pose: 'front',
      quality: 0.91,
      usedCount: 58,
      lastUsedAtMs: at(8, 58),
    },
    {
      ...enrolled,
      id: id(730 + index),
      pose: 'left',
      quality: 0.55,
      usedCount: 3,
      lastUsedAtMs: at(9, 4, 6),
    },
    {
      ...enrolled,
      id: id(760 + index),
      pose: 'front',
      look: 'other',
      quality: 0.28,
      usedCount: 0,
      lastUsedAtMs: null,
    },
    {
      ...enrolled,
      id: id(790 + index),
      source: 'self-update',
      createdAtMs: at(9, 2, 12),
      pose: 'front',
      look: null,
      quality: null,
      usedCount: 11,
      lastUsedAtMs: at(18, 2, 1),
    },
  ];
}

export function detail(index: number, changes: Partial<OutputOf<'person'>> = {}): OutputOf<'person'> {
  const base = person(index);
  const isEnrolled = base.enrolment === 'enrolled';
  return {
    ...base,
    consent: isEnrolled
      ? {
          basis: 'consent',
          noticeVersion: '2026-04',
          locale: base.locale,
          givenAtMs: at(10, 12, 41),
          withdrawnAtMs: null,
          deviceName: 'Gate 1',
        }
      : null,
    templates: isEnrolled ? templatesOf(index) : [],
    ticket: null,
    ...changes,
  };
}

interface PunchOf {
  readonly number: number;
  readonly who: number;
  readonly atMs: number;
  readonly direction: 'in' | 'out';
}

export function punch(
  { number, who, atMs, direction }: PunchOf,
  changes: Partial<OutputOf<'punches'>['items'][number]> = {},
): OutputOf<'punches'>['items'][number] {
  const { id: personId, name, code, siteId } = person(who);
  return {
    id: id(10_000 + number),
    personId,
    personName: name,
    personCode: code,
    direction,
    atMs,
    receivedAtMs: atMs + 700,
    timeQuality: 'trusted',
    method: 'face',
    deviceId: id(21),
    deviceName: 'Gate 1',
    siteId,
    zone: ZONE,
    undoneAtMs: null,
    ...changes,
  };
}

const ARRIVED_MINUTES = [502, 521, 527, 533, 536, 539, 541, 543, 546, 548, 552, 557, 575, 612];

const TODAY_ROWS: OutputOf<'today'>['rows'] = PEOPLE.map(
  ({ id: personId, name, code, department }, index) => {
    const minutes = ARRIVED_MINUTES[index];
    if (minutes === undefined) {
      return {
        personId,
        name,
        code,
        department,
        state: 'not-yet',
        firstInMs: null,
        lastPunchMs: null,
        workedMin: 0,
      };
    }
    const firstInMs = at(0, minutes);
    const isOut = index === 3 || index === 9;
    const lastPunchMs = isOut ? at(11, 5 + index) : firstInMs;
    const workedMin = Math.floor(((isOut ? lastPunchMs : NOW_MS) - firstInMs) / MINUTE_MS);
    return {
      personId,
      name,
      code,
      department,
      state: isOut ? 'out' : 'in',
      firstInMs,
      lastPunchMs,
      workedMin,
    };
  },
);

function quarterCounts(): OutputOf<'today'>['arrivals'] {
  const counts: readonly (readonly [number, number, number])[] = [
    [8, 15, 2],
    [8, 30, 6],
    [8, 45, 19],
    [9, 0, 34],
    [9, 15, 11],
    [9, 30, 4],
    [9, 45, 0],
    [10, 0, 2],
    [10, 15, 1],
  ];
  return counts.map(([hour, minute, count]) => ({ atMs: at(hour, minute) - 14_000, count }));
}

export const PUNCHES = [
  punch({ number: 1, who: 9, atMs: at(11, 39), direction: 'out' }),
  punch(
    { number: 2, who: 3, atMs: at(11, 28), direction: 'out' },
    { deviceName: 'Gate 2', deviceId: id(22) },
  ),
  punch({ number: 3, who: 13, atMs: at(10, 12), direction: 'in' }, { method: 'pin' }),
  punch({ number: 4, who: 12, atMs: at(9, 35), direction: 'in' }, { undoneAtMs: at(9, 36) }),
  punch(
    { number: 5, who: 11, atMs: at(9, 17), direction: 'in' },
    { timeQuality: 'bounded', receivedAtMs: at(9, 58), deviceName: 'Canteen', deviceId: id(23) },
  ),
  punch({ number: 6, who: 10, atMs: at(9, 12), direction: 'in' }),
  punch({ number: 7, who: 8, atMs: at(9, 6), direction: 'in' }, { method: 'pin' }),
  punch(
    { number: 8, who: 7, atMs: at(9, 3), direction: 'in' },
    { timeQuality: 'unverified', receivedAtMs: at(11, 2) },
  ),
  punch({ number: 9, who: 6, atMs: at(9, 1), direction: 'in' }),
  punch({ number: 10, who: 5, atMs: at(8, 59), direction: 'in' }, { method: 'pin' }),
  punch({ number: 11, who: 4, atMs: at(8, 56), direction: 'in' }, { deviceName: 'Dock 3', deviceId: id(24) }),
  punch({ number: 12, who: 2, atMs: at(18, 31, 1), direction: 'out' }, { timeQuality: 'tampered' }),
  punch({ number: 13, who: 1, atMs: at(18, 22, 1), direction: 'out' }),
  punch({ number: 14, who: 0, atMs: at(18, 4, 1), direction: 'out' }),
];

export const TODAY_ANSWER: OutputOf<'today'> = {
  date: TODAY,
  zone: ZONE,
  nowMs: NOW_MS,
  counts: { in: 12, out: 2, notYet: 4, exceptions: 5 },
  rows: TODAY_ROWS,
  arrivals: quarterCounts(),
  recent: PUNCHES.slice(0, 8),
};

/** A month of a person: two punches a working day, some days with a break, one undone. */
export function monthOf(who: number): OutputOf<'punches'>['items'] {
  const punches: OutputOf<'punches'>['items'] = [];
  for (let daysAgo = 0; daysAgo < 20; daysAgo += 1) {
    const weekday = new Date(at(12, 0, daysAgo)).getUTCDay();
    if (weekday === 0 || daysAgo === 9) continue;
    const base = daysAgo * 10 + 100;
    const jitter = (daysAgo * 7) % 13;
    punches.push(punch({ number: base, who, atMs: at(8, 55 + jitter, daysAgo), direction: 'in' }));
    if (daysAgo === 0) continue;
    if (daysAgo % 4 === 1) {
      punches.push(punch({ number: base + 1, who, atMs: at(13, 2, daysAgo), direction: 'out' }));
      punches.push(punch({ number: base + 2, who, atMs: at(13, 41, daysAgo), direction: 'in' }));
    }
    if (daysAgo === 4) continue;
    punches.push(punch({ number: base + 3, who, atMs: at(18, 3 + jitter, daysAgo), direction: 'out' }));
  }
  return punches.sort((a, b) => b.atMs - a.atMs);
}

type Exception = OutputOf<'exceptions'>['items'][number];
function exception(
  number: number,
  kind: Exception['kind'],
  who: number | null,
  minutesAgo: number,
): Exception {
  return {
    id: id(300 + number),
    kind,
    personId: who === null ? null : person(who).id,
    personName: who === null ? null : person(who).name,
    otherPersonId: null,
    otherPersonName: null,
    deviceName: 'Gate 1',
    punchId: who === null ? null : id(10_000 + number),
    atMs: NOW_MS - minutesAgo * MINUTE_MS,
    state: 'open',
    note: null,
  };
}

export const EXCEPTIONS: OutputOf<'exceptions'>['items'] = [
  exception(1, 'DISPUTED', 12, 124),
  exception(2, 'NOT_RECOGNISED_REPEATEDLY', null, 141),
  { ...exception(3, 'CAMERA_CHANGED', null, 190), deviceName: 'Dock 3' },
  exception(4, 'CLOCK_UNVERIFIED', 7, 158),
  exception(5, 'LATE_ARRIVAL', 11, 1502),
  {
    ...exception(8, 'DUPLICATE_FACE', 16, 1610),
    otherPersonId: person(6).id,
    otherPersonName: person(6).name,
    punchId: null,
  },
  { ...exception(9, 'FACE_DIFFERS', 4, 1660), punchId: null },
];

export const RESOLVED: OutputOf<'exceptions'>['items'] = [
  {
    ...exception(6, 'DUPLICATE_FACE', 6, 3011),
    state: 'resolved',
    note: 'Twin sister in Packing; both punch with PIN from now on.',
  },
  {
    ...exception(7, 'DISPUTED', 2, 4310),
    state: 'resolved',
    note: 'It was Fatima. Her own punch is there at 09:03.',
  },
];

type Device = OutputOf<'devices'>['items'][number];
function device(number: number, name: string, changes: Partial<Device> = {}): Device {
  return {
    id: id(20 + number),
    name,
    siteId: id(11),
    siteName: 'Pune plant',
    state: 'active',
    lastSeenMs: NOW_MS - 1_000,
    unsent: 0,
    oldestUnsentAtMs: null,
    appVersion: '0.1.0',
    camera: 'Logitech C920',
    cameraPin: 'Logitech C920',
    problem: null,
    clockOffsetMs: 120,
    ...changes,
  };
}

export const DEVICES: OutputOf<'devices'>['items'] = [
  device(1, 'Gate 1'),
  device(2, 'Gate 2', { unsent: 14, oldestUnsentAtMs: NOW_MS - 4 * MINUTE_MS, clockOffsetMs: -95_000 }),
  device(3, 'Canteen', {
    lastSeenMs: NOW_MS - 47 * MINUTE_MS,
    unsent: 3,
    oldestUnsentAtMs: NOW_MS - 51 * MINUTE_MS,
  }),
  device(4, 'Dock 3', {
    siteId: id(12),
    siteName: 'Chakan warehouse',
    problem: 'CAMERA_CHANGED',
    camera: 'OBS Virtual Camera',
    cameraPin: 'HP Wide Vision',
    clockOffsetMs: 7_400_000,
  }),
  device(5, 'Reception', {
    state: 'pairing',
    lastSeenMs: null,
    camera: null,
    cameraPin: null,
    appVersion: null,
    clockOffsetMs: null,
  }),
  device(6, 'Old gate', { state: 'revoked', lastSeenMs: at(17, 2, 34), cameraPin: null }),
];

export const PAIRING_WORDS = ['lantern', 'orchid', 'velvet', 'harbor', 'cinnamon', 'meadow'];

export const USERS: OutputOf<'users'>['items'] = [
  {
    id: id(1),
    name: 'Meera Joglekar',
    email: 'owner@sahyadri.example',
    role: 'owner',
    state: 'active',
    lastSignInMs: at(8, 41),
  },
  {
    id: id(401),
    name: 'Farhan Qureshi',
    email: 'farhan@sahyadri.example',
    role: 'hr',
    state: 'active',
    lastSignInMs: at(9, 2),
  },
  {
    id: id(402),
    name: 'Divya Nair',
    email: 'divya@sahyadri.example',
    role: 'it',
    state: 'active',
    lastSignInMs: at(15, 20, 3),
  },
  {
    id: id(403),
    name: 'Thomas Kurian',
    email: 'thomas@sahyadri.example',
    role: 'auditor',
    state: 'invited',
    lastSignInMs: null,
  },
  {
    id: id(404),
    name: 'Neha Bansal',
    email: 'neha@sahyadri.example',
    role: 'hr',
    state: 'disabled',
    lastSignInMs: at(18, 1, 58),
  },
];

const AUDIT_LINES: readonly (readonly [
  string,
  'user' | 'device' | 'system',
  string,
  string | null,
  string | null,
])[] = [
  ['Farhan Qureshi', 'user', 'exception.resolved', 'Fatima Ansari', '192.0.2.14'],
  ['Gate 1', 'device', 'person.enrolled', 'Sunita Devi', '192.0.2.51'],
  ['Farhan Qureshi', 'user', 'person.enrolment-started', 'Sunita Devi', '192.0.2.14'],
  ['Meera Joglekar', 'user', 'device.revoked', 'Old gate', '192.0.2.10'],
  ['Divya Nair', 'user', 'device.paired', 'Dock 3', '198.51.100.7'],
  ['Divya Nair', 'user', 'pairing.created', 'Dock 3', '198.51.100.7'],
  ['Meera Joglekar', 'user', 'user.invited', 'Thomas Kurian', '192.0.2.10'],
  ['Farhan Qureshi', 'user', 'people.imported', '12', '192.0.2.14'],
  ['Farhan Qureshi', 'user', 'person.pin-issued', 'Rohan Kulkarni', '192.0.2.14'],
  ['Hazri', 'system', 'company.founded', 'Sahyadri Bearings', null],
];
export const AUDIT: OutputOf<'audit'>['items'] = AUDIT_LINES.map(
  ([actorName, actorKind, action, subject, address], index) => ({
    id: id(500 + index),
    atMs: NOW_MS - index * index * 37 * MINUTE_MS - 4 * MINUTE_MS,
    actorKind,
    actorName,
    action,
    subject,
    address,
  }),
);

export const BAD_IMPORT: OutputOf<'importPeople'> = {
  rows: 48,
  created: 0,
  problems: [
    { line: 4, column: 'code', code: 'CODE_TAKEN', value: 'SB-1001' },
    { line: 9, column: 'joined', code: 'DATE_INVALID', value: '31/04/2026' },
    { line: 9, column: 'site', code: 'SITE_UNKNOWN', value: 'Nashik' },
    { line: 17, column: 'name', code: 'MISSING', value: '' },
    { line: 22, column: 'department', code: 'FORMULA_REFUSED', value: '=HYPERLINK("x")' },
    { line: 31, column: 'locale', code: 'LOCALE_INVALID', value: 'mr' },
  ],
};
