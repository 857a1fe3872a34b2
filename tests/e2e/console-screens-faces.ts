// The pages about faces: look-alikes, templates in words, the recognition model, and who two people with one face are.
import type { OutputOf } from '@hazri/shared/protocol/console';
import { EXCEPTIONS, NOW_MS, at, id, person, session } from './console-screens-fixtures.js';
import type { ConsoleFixtureServer } from './console-screens-server.js';
import type { Shot } from './console-screens-shots.js';

type Pair = OutputOf<'lookAlikes'>['items'][number];

function pair(number: number, [one, other]: readonly [number, number], changes: Partial<Pair> = {}): Pair {
  const who = (index: number): Pair['people'][0] => {
    const { id: personId, name, code } = person(index);
    return { id: personId, name, code };
  };
  return {
    id: id(850 + number),
    people: [who(one), who(other)],
    found: 'check',
    likeness: 'near',
    state: 'open',
    createdAtMs: at(3, 2, number),
    decidedAtMs: null,
    ...changes,
  };
}

const OPEN: readonly Pair[] = [
  pair(1, [16, 6], { found: 'enrolment', likeness: 'same', state: 'blocked', createdAtMs: at(8, 51) }),
  pair(2, [0, 8]),
  pair(3, [3, 13], { likeness: 'same' }),
];
const CONFIRMED: readonly Pair[] = [
  pair(4, [2, 10], { likeness: 'same', state: 'confirmed', decidedAtMs: at(10, 2, 6) }),
];

const CHECK: OutputOf<'lookAlikeCheck'> = {
  state: 'done',
  startedAtMs: at(3, 1),
  finishedAtMs: at(3, 2),
  people: 214,
  templates: 791,
  compared: 791,
  found: 2,
};

const MODELS: OutputOf<'recognition'> = {
  current: 'resnet29-b413e420-aligned1',
  next: null,
  startedAtMs: null,
  available: ['resnet29-b413e420-int8-aligned1'],
  enrolled: 214,
  switched: 0,
};
const underWay = (switched: number): OutputOf<'recognition'> => ({
  ...MODELS,
  next: MODELS.available[0] ?? '',
  available: [],
  startedAtMs: NOW_MS - 6 * 24 * 3_600_000,
  switched,
});

/** What every signed-in page may ask for beside the usual. */
export function faceAnswers(server: ConsoleFixtureServer): void {
  server.answer('lookAlikes', ({ query }) => {
    const items = { open: OPEN, confirmed: CONFIRMED }[query.get('state') ?? ''] ?? [];
    return { items: [...items], total: items.length, nextCursor: null };
  });
  server.answer('lookAlikeCheck', CHECK);
  server.answer('recognition', MODELS);
}

export const FACE_SHOTS: readonly Shot[] = [
  { name: 'look-alikes', path: '/look-alikes', looks: ['en', 'hi', 'dark', 'phone'] },
  { name: 'look-alikes-confirmed', path: '/look-alikes?state=confirmed' },
  { name: 'look-alikes-none', path: '/look-alikes?state=dismissed' },
  {
    name: 'look-alikes-running',
    path: '/look-alikes',
    answers: (server) => {
      server.answer('lookAlikeCheck', {
        ...CHECK,
        state: 'running',
        finishedAtMs: null,
        compared: 310,
        found: 0,
      });
    },
    looks: ['en', 'hi'],
  },
  {
    name: 'look-alikes-dismiss',
    path: '/look-alikes',
    act: async (page) => {
      await page.getByRole('button', { name: 'Face is enough' }).first().click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'person-templates',
    path: `/people/${id(100)}`,
    act: async (page) => {
      await page.getByText('Show the 4 templates').click();
      await page.getByText('Learned from a punch with PIN').waitFor();
    },
  },
  {
    name: 'exceptions-duplicate',
    path: '/exceptions',
    answers: (server) => {
      const items = EXCEPTIONS.filter(({ kind }) => kind === 'DUPLICATE_FACE');
      server.answer('exceptions', { items, total: items.length, nextCursor: null });
    },
    act: async (page) => {
      await page.getByRole('button', { name: 'Resolve' }).first().click();
      await page.getByLabel('One person with two records').check();
      await page.getByText('Record to close').waitFor();
    },
    looks: ['en', 'phone'],
  },
  { name: 'recognition', path: '/settings/recognition', looks: ['en', 'hi'] },
  {
    name: 'recognition-under-way',
    path: '/settings/recognition',
    answers: (server) => {
      server.answer('recognition', underWay(131));
    },
    looks: ['en', 'hi', 'phone'],
  },
  {
    name: 'recognition-done',
    path: '/settings/recognition',
    answers: (server) => {
      server.answer('currentSession', session('it', false));
      server.answer('recognition', underWay(214));
    },
    act: async (page) => {
      await page.getByRole('button', { name: 'Finish the change' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
];
