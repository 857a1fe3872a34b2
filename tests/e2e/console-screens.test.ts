// Pictures of every page, dialog and state of the console, in a real Chromium under the real CSP. Each picture is also a
// test: no accessibility finding, no console error, no asset that did not load, nothing wider than the screen.
// The pictures go to tests/.out/screens (ignored).
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumMissing, chromiumPath } from '../support/chromium.js';
import { NOW_MS } from './console-screens-fixtures.js';
import { ConsoleFixtureServer } from './console-screens-server.js';
import { SHOTS, usualAnswers, type Look, type Shot } from './console-screens-shots.js';

const CONSOLE = fileURLToPath(new URL('../../server/console', import.meta.url));
const OUT = fileURLToPath(new URL('../.out/screens', import.meta.url));
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

interface AxeFinding {
  readonly id: string;
  readonly nodes: readonly {
    readonly target: unknown;
    readonly html: string;
    readonly failureSummary?: string;
  }[];
}

async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const findings = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run: (options: object) => Promise<{ violations: AxeFinding[] }> };
    };
    const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    return (await axe.run({ runOnly: { type: 'tag', values } })).violations;
  });
  return findings.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map((node) => `${String(node.target)} ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`).join(' | ')}`,
  );
}

/** Everything that the browser complains about, but for answers that a shot refuses on purpose. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    if (text.startsWith('Failed to load resource')) return;
    complaints.push(`${message.type()}: ${text}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400 && !response.url().includes('/api/'))
      complaints.push(`${String(response.status())} ${response.url()}`);
  });
  return complaints;
}

async function contextOf(browser: Browser, look: Look): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: look.startsWith('phone') ? PHONE : WIDE,
    colorScheme: look === 'dark' ? 'dark' : 'light',
    reducedMotion: 'reduce',
    timezoneId: 'Asia/Kolkata',
    locale: look.endsWith('hi') ? 'hi-IN' : 'en-IN',
    hasTouch: look.startsWith('phone'),
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  return context;
}

const why = chromiumMissing();

describe.runIf(why === null)('console screens', () => {
  const server = new ConsoleFixtureServer(path.join(CONSOLE, 'dist'));
  let browser: Browser;
  let address: string;

  beforeAll(async () => {
    if (!existsSync(path.join(CONSOLE, 'dist/index.html'))) {
      const { build } = await import('vite');
      await build({ root: CONSOLE, configFile: path.join(CONSOLE, 'vite.config.ts'), logLevel: 'warn' });
    }
    await mkdir(OUT, { recursive: true });
    address = await server.start();
    browser = await chromium.launch({
      executablePath: chromiumPath ?? '',
      args: ['--no-sandbox', '--disable-gpu'],
    });
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  const cases = SHOTS.flatMap((shot) =>
    (shot.looks ?? ['en']).map((look): [string, Look, Shot] => [shot.name, look, shot]),
  );

  it.each(cases)('%s (%s)', { timeout: 30_000 }, async (name, look, shot) => {
    server.reset();
    usualAnswers(server);
    shot.answers?.(server);
    if (look.endsWith('hi')) speakHindi(server);
    const context = await contextOf(browser, look);
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    try {
      await page.clock.setFixedTime(NOW_MS);
      await page.goto(address + shot.path);
      await settled(page);
      await shot.act?.(page, server);
      await settled(page);
      await page.screenshot({ path: path.join(OUT, `console-${name}-${look}.png`) });
      expect(await axeFindings(page)).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
      ).toBeLessThanOrEqual(0);
      expect(complaints).toEqual([]);
      expect(server.problems).toEqual([]);
    } finally {
      await context.close();
    }
  });
});

/** The session's own language decides inside; outside the browser's does. */
function speakHindi(server: ConsoleFixtureServer): void {
  server.changeSession((session) => ({ ...session, user: { ...session.user, locale: 'hi' } }));
}

/** Fonts are there, nothing moves, and no chunk of a page is still on its way. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => (document.getElementById('root')?.textContent ?? '') !== '');
  await page.waitForFunction(
    () => document.querySelector('h1') !== null || document.querySelector('[role=alert]') !== null,
  );
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(350);
}
