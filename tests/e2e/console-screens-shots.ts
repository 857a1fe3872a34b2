// Every page, dialog and state of the console that is pictured: which answers the server gives, and what is pressed.
import type { Page } from 'playwright-core';
import {
  AUDIT,
  BAD_IMPORT,
  DEVICES,
  EXCEPTIONS,
  LEAVER,
  NOW_MS,
  PAIRING_WORDS,
  PEOPLE,
  PUNCHES,
  RESOLVED,
  SITES,
  TODAY,
  TODAY_ANSWER,
  USERS,
  at,
  detail,
  id,
  monthOf,
  person,
  punch,
  session,
} from './console-screens-fixtures.js';
import { FACE_SHOTS, faceAnswers } from './console-screens-faces.js';
import type { ConsoleFixtureServer } from './console-screens-server.js';

export interface Shot {
  readonly name: string;
  readonly path: string;
  readonly answers?: (server: ConsoleFixtureServer) => void;
  readonly act?: (page: Page, server: ConsoleFixtureServer) => Promise<void>;
  readonly looks?: readonly Look[];
}
export type Look = 'en' | 'hi' | 'dark' | 'phone' | 'phone-hi';

function paged<T>(items: readonly T[], total = items.length) {
  return { items: [...items], total, nextCursor: total > items.length ? 'next' : null };
}

/** What every signed-in page may ask for; a shot replaces what it wants to show differently. */
export function usualAnswers(server: ConsoleFixtureServer): void {
  server.answer('currentSession', session('owner'));
  server.answer('today', TODAY_ANSWER);
  server.answer('sites', { items: SITES });
  server.answer('policy', {
    duplicateWithinSec: 60,
    pinFallback: true,
    wrongPerMillion: 1000,
    selfUpdate: false,
  });
  server.answer('exceptions', ({ query }) =>
    paged(query.get('state') === 'resolved' ? RESOLVED : EXCEPTIONS),
  );
  server.answer('people', ({ query }) => {
    const search = (query.get('search') ?? '').toLowerCase();
    const found = [...PEOPLE, ...(query.get('state') === 'employed' ? [] : [LEAVER])].filter((one) =>
      one.name.toLowerCase().includes(search),
    );
    return paged(found.slice(0, Number(query.get('limit') ?? 50)), search === '' ? 214 : found.length);
  });
  server.answer('person', ({ params }) => detail(PEOPLE.findIndex((one) => one.id === params['id'])));
  server.answer('punches', ({ query }) => (query.has('personId') ? paged(monthOf(0)) : paged(PUNCHES, 1183)));
  faceAnswers(server);
  server.answer('devices', { items: DEVICES });
  server.answer('users', { items: USERS });
  server.answer('audit', paged(AUDIT, 642));
  server.answer('setLocale', {});
}

const press = (name: string | RegExp) => async (page: Page) => {
  await page.getByRole('button', { name }).first().click();
};
const signedOut = (server: ConsoleFixtureServer) => {
  server.behave('currentSession', { refuse: 'SESSION_MISSING', status: 401 });
};
const TOKEN = 'k7Q2xN9vB4mT8wZ1cR5yH3';
const PAIRING = {
  pairingId: id(900),
  code: '7KQ4-M2XD',
  itPin: '48213907',
  serverAddress: 'hazri.sahyadri.example:8443',
  expiresAtMs: NOW_MS + 9 * 60_000 + 12_000,
};

async function makePairing(page: Page): Promise<void> {
  await page.getByLabel('Name of the tablet').fill('Gate 3');
  await page.getByRole('button', { name: 'Make a code' }).click();
}
function pairingState(
  server: ConsoleFixtureServer,
  state: 'waiting' | 'compare' | 'active' | 'refused' | 'expired',
): void {
  const device = { ...DEVICES[0]!, id: id(27), name: 'Gate 3', state: 'pairing' as const };
  server.answer('createPairing', PAIRING);
  server.answer('pairing', {
    state,
    words: state === 'compare' ? PAIRING_WORDS : [],
    device: state === 'waiting' || state === 'expired' ? null : device,
  });
}

const OUTSIDE: readonly Shot[] = [
  { name: 'sign-in', path: '/', answers: signedOut, looks: ['en', 'hi', 'dark', 'phone'] },
  {
    name: 'sign-in-refused',
    path: '/sign-in',
    answers: (server) => {
      signedOut(server);
      server.behave('signIn', { refuse: 'SIGN_IN_REFUSED', status: 401 });
    },
    act: async (page) => {
      await page.getByLabel('E-mail').fill('meera@sahyadri.example');
      await page.getByRole('textbox', { name: 'Password' }).fill('not the right one');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'sign-in-throttled',
    path: '/sign-in',
    answers: (server) => {
      signedOut(server);
      server.behave('signIn', { refuse: 'SIGN_IN_THROTTLED', status: 429 });
    },
    act: async (page) => {
      await page.getByLabel('E-mail').fill('meera@sahyadri.example');
      await page.getByRole('textbox', { name: 'Password' }).fill('not the right one');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'sign-in-server-down',
    path: '/today',
    answers: (server) => {
      server.behave('currentSession', 'down');
    },
    act: (page) => page.getByRole('alert').waitFor(),
  },
  {
    name: 'forced-password',
    path: '/',
    answers: (server) => {
      server.answer('currentSession', { ...session('owner'), mustChangePassword: true });
    },
  },
  { name: 'invitation', path: `/invitation#${TOKEN}`, answers: signedOut, looks: ['en', 'hi'] },
  {
    name: 'invitation-weak',
    path: `/invitation#${TOKEN}`,
    answers: signedOut,
    act: async (page) => {
      await page.getByLabel('New password', { exact: true }).fill('lettersonly');
      await page.getByRole('button', { name: 'Create my account' }).click();
    },
  },
  { name: 'link-missing', path: '/invitation', answers: signedOut },
  { name: 'reset', path: `/reset#${TOKEN}`, answers: signedOut },
  { name: 'start-company', path: '/start', answers: signedOut, looks: ['en', 'phone'] },
];

const DAY: readonly Shot[] = [
  { name: 'today', path: '/today', looks: ['en', 'hi', 'dark', 'phone', 'phone-hi'] },
  {
    name: 'today-live-punch',
    path: '/today',
    act: async (page, server) => {
      await page.getByText('Live', { exact: true }).waitFor();
      server.push({
        type: 'punch',
        punch: punch({ number: 77, who: 14, atMs: at(11, 40), direction: 'in' }),
      });
      await page.locator('tr[data-fresh]').first().waitFor();
    },
  },
  { name: 'today-not-yet', path: '/today?state=not-yet' },
  {
    name: 'today-empty',
    path: '/today',
    answers: (server) => {
      server.answer('today', {
        ...TODAY_ANSWER,
        counts: { in: 0, out: 0, notYet: 0, exceptions: 0 },
        rows: [],
        arrivals: [],
        recent: [],
      });
      server.answer('exceptions', paged([]));
    },
  },
  {
    name: 'today-loading',
    path: '/today',
    answers: (server) => {
      server.behave('today', 'hang');
    },
  },
  {
    name: 'today-error',
    path: '/today',
    answers: (server) => {
      server.behave('today', { refuse: 'INTERNAL', status: 500 });
    },
  },
  {
    name: 'today-offline',
    path: '/today',
    act: async (page, server) => {
      await page.getByText('Live', { exact: true }).waitFor();
      server.breakLive();
      await page.getByText('Reconnecting…').waitFor();
    },
    looks: ['en', 'dark'],
  },
  { name: 'exceptions', path: '/exceptions', looks: ['en', 'hi', 'dark', 'phone'] },
  { name: 'exceptions-resolve', path: '/exceptions', act: press('Resolve') },
  {
    name: 'exceptions-undo',
    path: '/exceptions',
    answers: (server) => {
      server.answer('resolveException', { ...EXCEPTIONS[0]!, state: 'resolved', note: 'x' });
    },
    act: async (page) => {
      await press('Resolve')(page);
      await page
        .getByLabel('What you found and decided')
        .fill('It was Rukmini’s sister; she used her own code.');
      await page.getByRole('dialog').getByRole('button', { name: 'Resolve' }).click();
      await page.getByRole('button', { name: 'Undo' }).waitFor();
    },
  },
  { name: 'exceptions-resolved', path: '/exceptions?state=resolved' },
  {
    name: 'exceptions-empty',
    path: '/exceptions',
    answers: (server) => {
      server.answer('exceptions', paged([]));
    },
  },
  {
    name: 'palette',
    path: '/today',
    act: async (page) => {
      await page.getByText('Live', { exact: true }).waitFor();
      await page.keyboard.press('Control+k');
      await page.getByPlaceholder('Page, task, name or code').fill('asha');
      await page.getByText('SB-1001 · Assembly').waitFor();
    },
    looks: ['en', 'dark'],
  },
];

const PEOPLE_SHOTS: readonly Shot[] = [
  { name: 'people', path: '/people', looks: ['en', 'hi', 'phone'] },
  {
    name: 'people-row-focus',
    path: '/people',
    act: async (page) => {
      await page.locator('[data-row]').first().waitFor();
      for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key);
    },
  },
  { name: 'people-add', path: '/people?add=1', looks: ['en', 'hi', 'phone'] },
  {
    name: 'people-import',
    path: '/people?import=1',
    act: async (page) => {
      await page
        .getByLabel('Or paste the rows here')
        .fill(
          'code,name,department,site,joined\nSB-1,Asha,Assembly,Pune plant,2026-04-01\nSB-2,Imran,,Pune plant,2026-04-01',
        );
    },
  },
  {
    name: 'people-import-refused',
    path: '/people?import=1',
    answers: (server) => {
      server.answer('importPeople', BAD_IMPORT);
    },
    act: async (page) => {
      await page.getByLabel('Or paste the rows here').fill('code,name,site,joined\nx,y,z,w');
      await page.getByRole('button', { name: 'Check and import' }).click();
      await page.getByText('Nobody was imported').waitFor();
    },
  },
  {
    name: 'people-import-done',
    path: '/people?import=1',
    answers: (server) => {
      server.answer('importPeople', { rows: 48, created: 48, problems: [] });
    },
    act: async (page) => {
      await page.getByLabel('Or paste the rows here').fill('code,name,site,joined\nx,y,z,w');
      await page.getByRole('button', { name: 'Check and import' }).click();
      await page.getByText('48 people imported').waitFor();
    },
  },
  {
    name: 'people-empty',
    path: '/people',
    answers: (server) => {
      server.answer('people', paged([]));
    },
  },
  {
    name: 'people-loading',
    path: '/people',
    answers: (server) => {
      server.behave('people', 'hang');
    },
  },
  {
    name: 'people-reader',
    path: '/people',
    answers: (server) => {
      server.answer('currentSession', session('auditor'));
    },
  },
  { name: 'person', path: `/people/${id(100)}`, looks: ['en', 'hi', 'dark', 'phone'] },
  {
    name: 'person-list',
    path: `/people/${id(100)}`,
    act: (page) => page.getByText('List', { exact: true }).click(),
  },
  { name: 'person-not-enrolled', path: `/people/${id(105)}` },
  {
    name: 'person-root-key-first',
    path: `/people/${id(105)}`,
    answers: (server) => {
      server.answer('currentSession', session('owner', false));
    },
  },
  { name: 'person-enrol', path: `/people/${id(105)}`, act: press('Enrol at a tablet') },
  {
    name: 'person-waiting',
    path: `/people/${id(112)}`,
    answers: (server) => {
      const ticket = {
        id: id(800),
        deviceId: id(21),
        deviceName: 'Gate 1',
        expiresAtMs: NOW_MS + 4 * 60_000,
      };
      server.answer('person', detail(12, { ticket }));
    },
    looks: ['en', 'dark'],
  },
  { name: 'person-edit', path: `/people/${id(100)}`, act: press('Edit') },
  { name: 'person-withdraw', path: `/people/${id(100)}`, act: press('Withdraw consent') },
  { name: 'person-leave', path: `/people/${id(100)}`, act: press('Has left the company') },
  {
    name: 'person-pin',
    path: `/people/${id(105)}`,
    answers: (server) => {
      server.answer('issuePin', { pin: '604918' });
    },
    act: async (page) => {
      await press('Issue a new PIN')(page);
      await page.getByRole('dialog').getByRole('button', { name: 'Issue a new PIN' }).click();
      await page.getByTestId('issued-pin').waitFor();
    },
    looks: ['en', 'phone'],
  },
  {
    name: 'person-left',
    path: `/people/${id(103)}`,
    answers: (server) => {
      server.answer('person', { ...detail(3), ...LEAVER, templates: [], consent: null });
    },
  },
  {
    name: 'person-missing',
    path: `/people/${id(999)}`,
    answers: (server) => {
      server.behave('person', { refuse: 'NOT_FOUND', status: 404 });
      server.answer('punches', paged([]));
    },
  },
];

const REST: readonly Shot[] = [
  { name: 'punches', path: '/punches', looks: ['en', 'hi', 'dark', 'phone'] },
  {
    name: 'punches-filtered',
    path: `/punches?from=${TODAY}&to=${TODAY}&personId=${person(0).id}&direction=in`,
    answers: (server) => {
      server.answer('punches', paged(PUNCHES.slice(9, 10)));
    },
  },
  {
    name: 'punches-dates',
    path: '/punches',
    act: async (page) => {
      await page.getByRole('button', { name: 'Any date' }).click();
      await page.getByRole('table').last().waitFor();
    },
  },
  {
    name: 'punches-none',
    path: '/punches?direction=out',
    answers: (server) => {
      server.answer('punches', paged([]));
    },
  },
  { name: 'devices', path: '/devices', looks: ['en', 'hi', 'dark', 'phone'] },
  {
    name: 'devices-empty',
    path: '/devices',
    answers: (server) => {
      server.answer('devices', { items: [] });
    },
  },
  { name: 'devices-pair-form', path: '/devices?pair=1' },
  {
    name: 'devices-pair-code',
    path: '/devices?pair=1',
    answers: (server) => {
      pairingState(server, 'waiting');
    },
    act: async (page) => {
      await makePairing(page);
      await page.getByTestId('pairing-code').waitFor();
    },
    looks: ['en', 'dark', 'phone'],
  },
  {
    name: 'devices-pair-compare',
    path: '/devices?pair=1',
    answers: (server) => {
      pairingState(server, 'compare');
    },
    act: async (page) => {
      await makePairing(page);
      await page.getByTestId('pairing-words').waitFor();
    },
    looks: ['en', 'phone'],
  },
  ...(['active', 'refused', 'expired'] as const).map((state): Shot => ({
    name: `devices-pair-${state}`,
    path: `/devices?pair=1&pairing=${id(900)}`,
    answers: (server) => {
      pairingState(server, state);
    },
  })),
  {
    name: 'devices-revoke',
    path: '/devices',
    act: async (page) => {
      await press('Actions for Gate 2')(page);
      await page.getByRole('menuitem', { name: 'Revoke' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'company', path: '/settings/company', looks: ['en', 'hi'] },
  { name: 'company-add-site', path: '/settings/company', act: press('Add site') },
  { name: 'users', path: '/settings/users', looks: ['en', 'hi', 'dark', 'phone'] },
  { name: 'users-invite', path: '/settings/users', act: press('Invite user') },
  {
    name: 'users-invite-link',
    path: '/settings/users',
    answers: (server) => {
      server.answer('inviteUser', {
        url: `https://hazri.sahyadri.example:8443/invitation#${TOKEN}`,
        expiresAtMs: NOW_MS + 24 * 3_600_000,
      });
    },
    act: async (page) => {
      await press('Invite user')(page);
      await page.getByRole('dialog').getByLabel('Name').fill('Anil Menon');
      await page.getByRole('dialog').getByLabel('E-mail').fill('anil@sahyadri.example');
      await page.getByRole('button', { name: 'Make an invitation' }).click();
      await page.getByTestId('one-time-link').waitFor();
    },
  },
  {
    name: 'users-disable',
    path: '/settings/users',
    act: async (page) => {
      await press('Actions for Farhan Qureshi')(page);
      await page.getByRole('menuitem', { name: 'Disable' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'audit', path: '/settings/audit', looks: ['en', 'hi', 'phone'] },
  { name: 'root-key', path: '/settings/root-key' },
  {
    name: 'root-key-shown',
    path: '/settings/root-key',
    answers: (server) => {
      server.answer('rootKeyCopy', {
        text: 'Hazri root key · Sahyadri Bearings · 2026-11-20\nFIXTURE-ONLY-0000-1111-2222-3333-4444-5555-6666-7777-8888-9999-ABCDEF',
        fileName: 'hazri-root-key.txt',
      });
    },
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Password' }).fill('a long passphrase here');
      await page.getByRole('button', { name: 'Show the key' }).click();
      await page.getByTestId('root-key').waitFor();
    },
  },
  {
    name: 'root-key-kept',
    path: '/settings/root-key',
    answers: (server) => {
      server.answer('currentSession', { ...session('owner', false), rootKeySaved: true });
    },
  },
  { name: 'account', path: '/account', looks: ['en', 'hi', 'dark'] },
  {
    name: 'role-it',
    path: '/',
    answers: (server) => {
      server.answer('currentSession', session('it', false));
    },
  },
  {
    name: 'role-employee',
    path: '/',
    answers: (server) => {
      server.answer('currentSession', session('employee'));
    },
  },
  { name: 'no-such-page', path: '/register' },
];

export const SHOTS: readonly Shot[] = [...OUTSIDE, ...DAY, ...PEOPLE_SHOTS, ...FACE_SHOTS, ...REST];
