// The whole way of a punch in real Chromium with a film as its camera: two people enrol at the tablet, check in from
// other recordings, a third is not recognised, and HR sees it live. The server is killed in between; the tablet is
// revoked at the end.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chromiumMissing } from '../support/chromium.js';
import { ConsoleBrowser } from '../support/console-browser.js';
import { performers, root } from '../support/feeds.js';
import { present, presentNobody } from '../support/presentation.js';
import { type Program, type ServerReady, TestSystem } from '../support/system.js';
import { TabletScreen } from '../support/tablet-screen.js';

const FIRST = { code: 'E2E-1', name: 'Asha Rao' };
const SECOND = { code: 'E2E-2', name: 'Vikram Sethi' };
const MINUTE = 60_000;

const screens = path.join(root, 'tests/.out/screens');

describe.skipIf(chromiumMissing() !== null)('the main job', () => {
  let system: TestSystem;
  let server: Program<ServerReady>;
  let hr: ConsoleBrowser;
  let tablet: TabletScreen;
  let camera: string;

  const picture = async (name: string): Promise<void> => {
    await hr.page.screenshot({ path: path.join(screens, `job-console-${name}.png`) });
  };

  beforeAll(async () => {
    mkdirSync(screens, { recursive: true });
    system = await TestSystem.create();
    camera = path.join(system.folder, 'camera.mjpeg');
    await presentNobody(camera);
    server = await system.startServer();
    const host = await system.startTablet();
    hr = await ConsoleBrowser.open(server.ready.console, path.join(system.folder, 'console-profile'));
    tablet = await TabletScreen.open({
      address: host.ready.kiosk,
      profile: path.join(system.folder, 'tablet-profile'),
      camera,
    });
  }, 2 * MINUTE);

  afterEach(async (context) => {
    if (context.task.result?.state !== 'fail') return;
    await hr.page.screenshot({ path: path.join(screens, 'job-failed-console.png') });
    await tablet.page.screenshot({ path: path.join(screens, 'job-failed-tablet.png') });
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
      const code = await hr.makePairingCode('Gate 1');
      await tablet.pair(code);
      const atTablet = await tablet.words();
      expect(atTablet).toHaveLength(6);
      expect(await hr.pairingWords()).toEqual(atTablet);
      await picture('compare-words');
      await tablet.confirmWords();
      await hr.acceptPairing();
      await tablet.see('Look here to check in or out');
    },
    MINUTE,
  );

  for (const [person, performer] of [
    [FIRST, performers.first],
    [SECOND, performers.second],
  ] as const) {
    it(
      `enrols ${person.name} with consent`,
      async () => {
        await present(await performer.enrol(), camera, { seed: 11 });
        await hr.addPerson(person.code, person.name);
        await hr.startEnrolment();
        await tablet.see(`Hello, ${person.name}`);
        await tablet.reopenCamera();
        await tablet.see(`Hello, ${person.name}`);
        await tablet.press('I agree');
        await tablet.see(`Welcome, ${person.name}`);
        await hr.page.getByText('No picture was kept.').first().waitFor();
        await picture(`enrolled-${person.code}`);
        await presentNobody(camera);
        await tablet.reopenCamera();
        await tablet.see('Look here to check in or out');
      },
      3 * MINUTE,
    );
  }

  it(
    'punches the first person IN from another recording, and HR sees it live',
    async () => {
      await hr.go('Today');
      await present(await performers.first.again(), camera, { seed: 21 });
      await tablet.reopenCamera();
      await tablet.see(FIRST.name);
      await tablet.see('IN');
      await hr.page.getByRole('main').getByText(FIRST.name).first().waitFor();
      await picture('today');
    },
    2 * MINUTE,
  );
});
