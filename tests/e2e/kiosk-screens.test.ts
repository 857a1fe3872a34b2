// Renders every screen of the tablet in a real Chromium, both ways up, in both languages, light and dark; looks for
// anything cut off, too small or not accessible. The pictures go to tests/.out/screens (ignored) and show nobody:
// the camera plays a drawn outline.
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { screenState } from '../../kiosk/src/contract/views.js';
import { chromiumMissing, firstPage, openBrowser } from '../support/chromium.js';
import { installFakeAgent, pushState } from '../support/kiosk-screens/fake-agent.js';
import { writeFigureFeed } from '../support/kiosk-screens/figure-feed.js';
import { inspectPage } from '../support/kiosk-screens/inspect-page.js';
import { buildScreen, serveScreen } from '../support/kiosk-screens/serve-screen.js';
import { IT_STATUS, SCREEN_CASES, type ScreenCase, stateOf } from '../support/kiosk-screens/states.js';

const OUT = fileURLToPath(new URL('../.out/screens', import.meta.url));
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LANDSCAPE = { name: '1280x800', width: 1280, height: 800 };
const PORTRAIT = { name: '800x1280', width: 800, height: 1280 };
/** The smallest and the largest tablet, measured but not pictured. */
const OTHER_SIZES = [
  { name: '1024x600', width: 1024, height: 600 },
  { name: '600x1024', width: 600, height: 1024 },
  { name: '1366x1024', width: 1366, height: 1024 },
];
const LOOKS = [
  { locale: 'en', theme: 'light' },
  { locale: 'en', theme: 'dark' },
  { locale: 'hi', theme: 'light' },
  { locale: 'hi', theme: 'dark' },
] as const;
type Look = (typeof LOOKS)[number];

const NOTICE = {
  version: '2026-11',
  title: 'How Sample Textiles uses your face for attendance',
  paragraphs: [
    'We use this tablet to record when you come in and when you go out.',
    'The tablet makes 128 numbers from your face. The numbers are encrypted and kept until you leave or withdraw.',
    'You may refuse. You can then use your employee code and PIN, and nothing changes for you.',
    'Questions and complaints: the data protection officer, extension 210, or the Data Protection Board of India.',
  ],
  sha256: '0'.repeat(64),
};

interface AxeFinding {
  readonly id: string;
  readonly nodes: readonly { readonly target: unknown; readonly failureSummary?: string }[];
}

async function axe(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const findings = await page.evaluate(async () => {
    const run = (window as unknown as { axe: { run: (o: object) => Promise<{ violations: AxeFinding[] }> } })
      .axe.run;
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const rules = { 'color-contrast-enhanced': { enabled: true } };
    return (await run({ runOnly: { type: 'tag', values: tags }, rules })).violations;
  });
  return findings.flatMap((one) =>
    one.nodes.map((node) => `${one.id} ${String(node.target)} ${node.failureSummary ?? ''}`),
  );
}

/** Two painted frames and every font: from here on nothing moves, as the page was asked for reduced motion. */
async function settle(): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  await document.fonts.ready;
}

const openNotice = (page: Page) => page.locator('footer button').first().click();
const openItCorner = (page: Page) => page.keyboard.press('Control+Alt+KeyI');
async function openItStatus(page: Page): Promise<void> {
  await openItCorner(page);
  await page.keyboard.type('123456');
  await page.keyboard.press('Enter');
  await page.locator('dialog table').waitFor();
}

const missing = chromiumMissing();

describe.runIf(missing === null)('the screens of the tablet', () => {
  let folder = '';
  let context: BrowserContext;
  let page: Page;
  let served: { url: string; close: () => Promise<void> };
  const complaints: string[] = [];

  const show = async (screen: ScreenCase, look: Look, size: { width: number; height: number }) => {
    await page.setViewportSize({ width: size.width, height: size.height });
    await pushState(page, stateOf(screen, look.locale, look.theme));
    await page.evaluate(settle);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hazri-screens-'));
    await mkdir(OUT, { recursive: true });
    const camera = join(folder, 'figure.y4m');
    await Promise.all([buildScreen(join(folder, 'ui')), writeFigureFeed(camera)]);
    served = await serveScreen(join(folder, 'ui'));
    context = await openBrowser({ profile: join(folder, 'profile'), viewport: LANDSCAPE, camera });
    page = await firstPage(context);
    page.on('console', (message) => {
      complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await installFakeAgent(page);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(served.url);
    await page.evaluate((notice) => {
      window.fakeAgent.answer('notice.read', { ok: true, value: { notice } });
    }, NOTICE);
    await page.evaluate((value) => {
      window.fakeAgent.answer('it.status', { ok: true, value });
    }, IT_STATUS);
  }, 60_000);

  afterAll(async () => {
    await context.close();
    await served.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('are all states the contract allows', () => {
    for (const screen of SCREEN_CASES)
      expect(screenState.safeParse(stateOf(screen, 'en', 'light')).error, screen.name).toBeUndefined();
  });

  it.each(SCREEN_CASES)(
    '$name',
    async (screen) => {
      for (const look of LOOKS) {
        const at = `${screen.name} ${look.locale} ${look.theme}`;
        for (const size of [LANDSCAPE, PORTRAIT]) {
          await show(screen, look, size);
          const file = `kiosk-${screen.name}-${size.name}-${look.locale}-${look.theme}.png`;
          await page.screenshot({ path: join(OUT, file) });
          expect(await page.evaluate(inspectPage), `${at} ${size.name}`).toEqual([]);
        }
        expect(await axe(page), at).toEqual([]);
      }
      for (const locale of ['en', 'hi'] as const)
        for (const size of OTHER_SIZES) {
          await show(screen, { locale, theme: 'light' }, size);
          expect(await page.evaluate(inspectPage), `${screen.name} ${locale} ${size.name}`).toEqual([]);
        }
    },
    60_000,
  );

  it.each([
    { name: 'privacy-sheet', open: openNotice },
    { name: 'it-pin', open: openItCorner },
    { name: 'it-status', open: openItStatus },
  ])(
    '$name',
    async ({ name, open }) => {
      const waiting: ScreenCase = { name: 'waiting', view: { name: 'waiting' } };
      for (const look of LOOKS)
        for (const size of [LANDSCAPE, PORTRAIT, ...OTHER_SIZES]) {
          await show(waiting, look, size);
          await open(page);
          await page.evaluate(settle);
          const at = `${name} ${look.locale} ${look.theme} ${size.name}`;
          if (!OTHER_SIZES.includes(size))
            await page.screenshot({
              path: join(OUT, `kiosk-${name}-${size.name}-${look.locale}-${look.theme}.png`),
            });
          expect(await page.evaluate(inspectPage), at).toEqual([]);
          if (size === LANDSCAPE) expect(await axe(page), at).toEqual([]);
          await page.keyboard.press('Escape');
          await page.locator('dialog').waitFor({ state: 'detached' });
        }
    },
    60_000,
  );

  it('waiting, at rest', async () => {
    const resting = await context.newPage();
    await installFakeAgent(resting);
    await resting.clock.install();
    await resting.goto(served.url);
    for (const size of [LANDSCAPE, PORTRAIT]) {
      await resting.setViewportSize(size);
      await pushState(resting, stateOf({ name: 'waiting', view: { name: 'waiting' } }, 'en', 'dark'));
      await resting.clock.runFor(61_000);
      await resting.waitForFunction(() => document.documentElement.dataset['resting'] === 'yes');
      await resting.clock.runFor(2000);
      await resting.screenshot({ path: join(OUT, `kiosk-resting-${size.name}-en-dark.png`) });
      expect(await resting.evaluate(inspectPage)).toEqual([]);
    }
    await resting.close();
  });

  it('never break the policy of the host and never complain', () => {
    expect(complaints).toEqual([]);
  });
});
