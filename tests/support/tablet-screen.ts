// What a person does and sees at the tablet's screen, in English, by what is written there.
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { firstPage, openBrowser } from './chromium.js';

const RESULT_TIMEOUT_MS = 30_000;

export interface TabletScreenOptions {
  readonly address: string;
  readonly profile: string;
  readonly camera: string;
  readonly viewport?: { width: number; height: number };
}

export class TabletScreen {
  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  static async open(options: TabletScreenOptions): Promise<TabletScreen> {
    const context = await openBrowser({
      profile: options.profile,
      camera: options.camera,
      viewport: options.viewport ?? { width: 1280, height: 800 },
    });
    const page = await firstPage(context);
    await page.goto(options.address);
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

  async words(): Promise<string[]> {
    const items = this.page.getByRole('listitem');
    await items.nth(5).waitFor({ timeout: RESULT_TIMEOUT_MS });
    const texts = await items.allInnerTexts();
    return texts.map((text) => text.replace(/[^a-z]/g, ''));
  }

  async confirmWords(): Promise<void> {
    await this.page.getByRole('button', { name: 'Yes, the same' }).click();
  }

  async see(text: string | RegExp, timeoutMs = RESULT_TIMEOUT_MS): Promise<Locator> {
    const found = this.page.getByText(text).first();
    await found.waitFor({ timeout: timeoutMs });
    return found;
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click({ timeout: RESULT_TIMEOUT_MS });
  }

  /** Types on the physical keyboard into whatever step of the PIN pad is open. */
  async enterPin(code: string, pin: string): Promise<void> {
    await this.page.getByLabel('Employee code').fill(code);
    await this.press('Next');
    await this.page.getByLabel('6-digit PIN').pressSequentially(pin);
    const submit = this.page.getByRole('button', { name: 'Check in', exact: true });
    if (await submit.isVisible().catch(() => false)) await submit.click().catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
