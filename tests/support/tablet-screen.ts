// What a person does and sees at the tablet's screen, in English, by what is written there. The screen runs in Chromium
// over the browser host, or, with HAZRI_TEST_HOST=electron, in the Electron host.
import path from 'node:path';
import { type BrowserContext, type Locator, type Page, _electron as electron } from 'playwright-core';
import { CAMERA_FLAGS, firstPage, openBrowser } from './chromium.js';
import { root } from './feeds.js';
import type { TestSystem } from './system.js';

/** An enrolment of somebody who only looks ahead takes a quarter of a minute on a tablet that has nothing else to do. */
const PATIENCE_MS = 45_000;

export interface TabletScreenOptions {
  readonly profile: string;
  readonly camera: string;
  readonly viewport?: { width: number; height: number };
  /** host:port prefilled on the pairing screen; the system's own server when not given. */
  readonly serverAddress?: string;
}

/** Starts the tablet of a system in the host under test and opens its screen. */
export async function tabletHost(system: TestSystem, options: TabletScreenOptions): Promise<TabletScreen> {
  if (process.env.HAZRI_TEST_HOST === 'electron') return electronScreen(system, options);
  const tablet = await system.startTablet(options.serverAddress);
  const context = await openBrowser({
    profile: options.profile,
    camera: options.camera,
    viewport: options.viewport ?? { width: 1280, height: 800 },
  });
  const page = await firstPage(context);
  await page.goto(tablet.ready.kiosk);
  return TabletScreen.of(context, page);
}

async function electronScreen(system: TestSystem, options: TabletScreenOptions): Promise<TabletScreen> {
  const app = await electron.launch({
    args: [
      path.join(root, 'kiosk/dist/hosts/electron/main.js'),
      '--no-sandbox',
      ...CAMERA_FLAGS(options.camera),
    ],
    env: system.tabletEnvironment(options.serverAddress),
  });
  return TabletScreen.of(app.context(), await app.firstWindow());
}

export class TabletScreen {
  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  static async of(context: BrowserContext, page: Page): Promise<TabletScreen> {
    await page.getByRole('button', { name: 'English' }).click();
    return new TabletScreen(context, page);
  }

  /** The camera file changed: the screen opens its camera again, as after a restart of the tablet. */
  async reopenCamera(): Promise<void> {
    await this.page.reload();
  }

  async pair(code: string): Promise<void> {
    await this.page.getByLabel('Pairing code').fill(code);
    await this.page.getByRole('button', { name: 'Pair', exact: true }).click();
  }

  async typeServerAddress(address: string): Promise<void> {
    await this.page.getByLabel('Server address').fill(address);
  }

  async words(): Promise<string[]> {
    const items = this.page.getByRole('listitem');
    await items.nth(5).waitFor({ timeout: PATIENCE_MS });
    const texts = await items.allInnerTexts();
    return texts.map((text) => text.replace(/[^a-z]/g, ''));
  }

  async confirmWords(): Promise<void> {
    await this.page.getByRole('button', { name: 'Yes, the same' }).click();
  }

  async see(text: string | RegExp): Promise<Locator> {
    const found = this.page.getByText(text).first();
    await found.waitFor({ timeout: PATIENCE_MS });
    return found;
  }

  /** The whole text of one element, letter case included. */
  async seeExactly(text: string): Promise<void> {
    await this.page.getByText(text, { exact: true }).first().waitFor({ timeout: PATIENCE_MS });
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click({ timeout: PATIENCE_MS });
  }

  async enterPin(code: string, pin: string): Promise<void> {
    await this.page.getByLabel('Employee code').fill(code);
    await this.press('Next');
    await this.page.getByLabel('6-digit PIN').pressSequentially(pin);
    await this.page.keyboard.press('Enter');
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
