// The whole way of a punch in a real browser with films as its camera: two people enrol at the tablet and check in from
// other recordings, a third is not recognised, HR sees it live. The server is killed in between, the network is away
// for a while, and the tablet is revoked at the end.
import { copyFileSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chromiumMissing } from '../support/chromium.js';
import { ConsoleBrowser } from '../support/console-browser.js';
import { type Film, performers, root } from '../support/feeds.js';
import { present, presentNobody } from '../support/presentation.js';
import { type Program, type ServerReady, TestSystem } from '../support/system.js';
import { type TabletScreen, tabletHost } from '../support/tablet-screen.js';

const FIRST = { code: 'E2E-1', name: 'Asha Rao' };
const SECOND = { code: 'E2E-2', name: 'Vikram Sethi' };
const MINUTE = 60_000;
const READY = 'Look here to check in or out';

const screens = path.join(root, 'tests/.out/screens');

describe.skipIf(chromiumMissing() !== null)('the main job', () => {
  let system: TestSystem;
  let server: Program<ServerReady>;
  let hr: ConsoleBrowser;
  let tablet: TabletScreen;
  let camera: string;
  const films = new Map<string, string>();

  const shot = async (name: string): Promise<void> => {
    await hr.page.screenshot({ path: path.join(screens, `job-${name}-console.png`) });
    await tablet.page.screenshot({ path: path.join(screens, `job-${name}-tablet.png`) });
  };

  /** Plays a prepared film at the one path that is pinned as the camera. */
  const show = async (film: string): Promise<void> => {
    const from = films.get(film);
    if (from === undefined) throw new Error(`no film ${film}`);
    copyFileSync(from, `${camera}.next`);
    renameSync(`${camera}.next`, camera);
    await tablet.reopenCamera();
  };

  const leave = async (): Promise<void> => {
    await show('nobody');
    await tablet.see(READY);
  };

  /** The list catches up with the server by itself, also after the server was away. */
  const hrSees = async (name: string, directions: string[]): Promise<void> => {
    await expect.poll(() => hr.punchesOf(name), { timeout: MINUTE, interval: 500 }).toEqual(directions);
  };

  const prepare = async (name: string, film: () => Promise<Film>, seed: number): Promise<void> => {
    const file = path.join(system.folder, `${name}.mjpeg`);
    films.set(name, file);
    await present(await film(), file, { seed });
  };

  beforeAll(async () => {
    mkdirSync(screens, { recursive: true });
    system = await TestSystem.create();
    camera = path.join(system.folder, 'camera.mjpeg');
    films.set('nobody', path.join(system.folder, 'nobody.mjpeg'));
    await presentNobody(path.join(system.folder, 'nobody.mjpeg'));
    copyFileSync(path.join(system.folder, 'nobody.mjpeg'), camera);
    await prepare('first enrols', performers.first.enrol, 11);
    await prepare('second enrols', performers.second.enrol, 12);
    await prepare('first', performers.first.again, 21);
    await prepare('first again', performers.first.again, 22);
    await prepare('second', performers.second.again, 23);
    await prepare('stranger', performers.stranger.again, 24);
    server = await system.startServer();
    hr = await ConsoleBrowser.open(server.ready.console, path.join(system.folder, 'console-profile'));
    tablet = await tabletHost(system, { profile: path.join(system.folder, 'tablet-profile'), camera });
  }, 8 * MINUTE);

  afterEach(async (context) => {
    if (context.task.result?.state === 'fail') await shot('failed');
  });

  afterAll(async () => {
    await tablet.close();
    await hr.close();
    await system.close();
  });

  it(
    'pairs the tablet: the same six words on both screens',
    async () => {
      if (server.ready.signIn === null) throw new Error('no first sign-in');
      await hr.signIn(server.ready.signIn);
      await tablet.see('Pair this tablet');
      const code = await hr.makePairingCode('Gate 1');
      await shot('pairing-code');
      await tablet.pair(code);
      const atTablet = await tablet.words();
      expect(atTablet).toHaveLength(6);
      expect(await hr.pairingWords()).toEqual(atTablet);
      await shot('compare-words');
      await tablet.confirmWords();
      await hr.acceptPairing();
      await tablet.see(READY);
      await shot('paired');
    },
    2 * MINUTE,
  );

  for (const [person, film] of [
    [FIRST, 'first enrols'],
    [SECOND, 'second enrols'],
  ] as const) {
    it(
      `enrols ${person.name} with consent`,
      async () => {
        await hr.addPerson(person.code, person.name);
        await hr.startEnrolment();
        await tablet.see(`Hello, ${person.name}`);
        await show(film);
        await tablet.see(`Hello, ${person.name}`);
        await shot('consent');
        await tablet.press('I agree');
        await tablet.see(`Welcome, ${person.name}`);
        await hr.page.getByText('No picture was kept.').first().waitFor();
        await shot(`enrolled-${person.code}`);
        await leave();
      },
      2 * MINUTE,
    );
  }

  it(
    'punches the first person IN from another recording, and HR sees it live',
    async () => {
      await hr.go('Today');
      await show('first');
      await tablet.see(FIRST.name);
      await tablet.seeExactly('IN');
      await shot('in');
      await hr.seeRecent(FIRST.name, 'IN');
      await leave();
    },
    2 * MINUTE,
  );

  it(
    'answers a second scan within the interval without a second punch',
    async () => {
      await show('first again');
      await tablet.see('You are already IN since');
      await shot('duplicate');
      await leave();
      await hrSees(FIRST.name, ['IN']);
    },
    2 * MINUTE,
  );

  it(
    'does not recognise a third person',
    async () => {
      await show('stranger');
      await tablet.see(/I am not sure it is you|I do not know this face yet/);
      await shot('stranger');
      await leave();
    },
    2 * MINUTE,
  );

  it(
    'takes a punch back when the person says "That’s not me"',
    async () => {
      await show('second');
      await tablet.see(SECOND.name);
      await tablet.press('That’s not me');
      await tablet.see('Taken back');
      await shot('not-me');
      await leave();
      await hr.go('Exceptions');
      await hr.page.getByRole('main').getByText(SECOND.name).first().waitFor();
      await shot('exception');
    },
    2 * MINUTE,
  );

  it(
    'keeps every punch when the server is killed between two of them',
    async () => {
      await hr.setDuplicateInterval(0);
      await show('second');
      await tablet.seeExactly('IN');
      await server.kill('SIGKILL');
      server = await system.startServer();
      await leave();
      await show('first');
      await tablet.seeExactly('OUT');
      await shot('out');
      await leave();
      await hrSees(FIRST.name, ['OUT', 'IN']);
      await hrSees(SECOND.name, ['IN', 'IN (undone)']);
    },
    3 * MINUTE,
  );

  it(
    'saves a punch on the tablet while the server is away, and sends it later',
    async () => {
      await server.stop();
      await show('first again');
      await tablet.see('Saved on this tablet');
      await shot('offline');
      await leave();
      server = await system.startServer();
      await expect.poll(() => hr.punchesOf(FIRST.name), { timeout: MINUTE, interval: 1000 }).toHaveLength(3);
      await hrSees(FIRST.name, ['IN', 'OUT', 'IN']);
    },
    3 * MINUTE,
  );

  it(
    'takes the PIN of a person instead of the face',
    async () => {
      await hr.openPerson(SECOND.name);
      const pin = await hr.issuePin();
      expect(pin).toMatch(/^\d{6}$/);
      await tablet.press('Use my PIN');
      await tablet.enterPin(SECOND.code, pin);
      await tablet.see(SECOND.name);
      await tablet.seeExactly('OUT');
      await shot('pin');
      await leave();
    },
    2 * MINUTE,
  );

  it(
    'refuses the tablet once it is revoked, and lets it be paired anew',
    async () => {
      await hr.revokeTablet('Gate 1');
      await tablet.see('This tablet was switched off by your company');
      await shot('revoked');
      const code = await hr.makePairingCode('Gate 1 again');
      await tablet.press('Pair this tablet again');
      await tablet.typeServerAddress(`localhost:${system.ports.server}`);
      await tablet.pair(code);
      expect(await hr.pairingWords()).toEqual(await tablet.words());
      await tablet.confirmWords();
      await hr.acceptPairing();
      await tablet.see(READY);
    },
    2 * MINUTE,
  );
});
