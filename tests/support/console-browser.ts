// What an HR officer does in the console, in English, by what is written there.
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { firstPage, openBrowser } from './chromium.js';

const PATIENCE_MS = 30_000;

export class ConsoleBrowser {
  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly address: string,
  ) {}

  static async open(address: string, profile: string): Promise<ConsoleBrowser> {
    const context = await openBrowser({
      profile: path.join(profile),
      viewport: { width: 1440, height: 900 },
      trustAnyCertificate: true,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    return new ConsoleBrowser(context, await firstPage(context), address);
  }

  /** Signs in with what the first start printed. */
  async signIn(signIn: { email: string; password: string | null }): Promise<void> {
    const { page } = this;
    if (signIn.password === null) throw new Error('the first start printed no password');
    await page.goto(this.address);
    await page.getByLabel('E-mail').fill(signIn.email);
    await page.getByLabel('Password', { exact: true }).fill(signIn.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'Today' }).first().waitFor();
  }

  async go(place: 'Today' | 'Exceptions' | 'People' | 'Punches' | 'Devices'): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name: place }).first().click();
    await this.page.getByRole('heading', { name: place, level: 1 }).waitFor();
  }

  /** Opens the pairing dialog and makes a code; the dialog stays open for `acceptPairing`. */
  async makePairingCode(tablet: string): Promise<string> {
    const { page } = this;
    await this.go('Devices');
    await page.getByRole('button', { name: 'Pair a tablet' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name of the tablet').fill(tablet);
    await dialog.getByRole('button', { name: 'Make a code' }).click();
    return (await dialog.getByTestId('pairing-code').innerText()).trim();
  }

  async pairingWords(): Promise<string[]> {
    const dialog = this.page.getByRole('dialog');
    await dialog.getByText('Do both screens show these six words?').waitFor();
    const texts = await dialog.getByRole('listitem').allInnerTexts();
    return texts.map((text) => text.replace(/[^a-z]/g, ''));
  }

  async acceptPairing(): Promise<void> {
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Yes, the same six words' }).click();
    await dialog.getByText('is paired').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
  }

  async addPerson(code: string, name: string): Promise<void> {
    const { page } = this;
    await this.go('People');
    await page.getByRole('button', { name: 'Add person' }).first().click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel('Code').fill(code);
    await drawer.getByLabel('Name').fill(name);
    await drawer.getByRole('button', { name: 'Add person' }).click();
    await page.getByRole('heading', { name, level: 1 }).waitFor();
  }

  async openPerson(name: string): Promise<void> {
    await this.go('People');
    await this.page.getByRole('link', { name }).first().click();
    await this.page.getByRole('heading', { name, level: 1 }).waitFor();
  }

  /** On a person's page: shows the notice at the tablet. */
  async startEnrolment(): Promise<void> {
    const { page } = this;
    await page.getByRole('button', { name: /^Enrol( at a tablet| again)$/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Show it at the tablet' }).click();
  }

  async issuePin(): Promise<string> {
    const { page } = this;
    await page.getByRole('button', { name: /^Issue a (new )?PIN$/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: /^Issue a (new )?PIN$/ }).click();
    const pin = (await dialog.getByRole('status').first().innerText()).trim();
    await page.keyboard.press('Escape');
    return pin;
  }

  /** On Today: the feed of latest punches shows this person's, without a reload. */
  async seeRecent(name: string, direction: 'IN' | 'OUT'): Promise<void> {
    const feed = this.page.getByRole('region', { name: 'Latest punches' });
    await feed.getByText(name).first().waitFor();
    await feed.getByText(direction, { exact: true }).first().waitFor();
  }

  /** Directions of a person's punches as the Punches page lists them, newest first. */
  async punchesOf(name: string): Promise<string[]> {
    await this.go('Punches');
    const rows = this.page.getByRole('main').getByRole('row').filter({ hasText: name });
    await rows.first().waitFor();
    const texts = await rows.allInnerTexts();
    return texts.map((text) => {
      const direction = /\bOUT\b/.test(text) ? 'OUT' : 'IN';
      return /undone/i.test(text) ? `${direction} (undone)` : direction;
    });
  }

  /** As the server counts them, asked with the session of this browser. */
  async countPunches(): Promise<number> {
    const answer = await this.context.request.get(`${this.address}/api/punches?limit=1`);
    return ((await answer.json()) as { total: number }).total;
  }

  async setDuplicateInterval(seconds: number): Promise<void> {
    const { page } = this;
    await page.getByRole('navigation').getByRole('link', { name: 'Company and sites' }).click();
    const field = page.getByLabel('A second scan counts as the same within');
    await field.fill(String(seconds));
    const saved = page.waitForResponse(
      (response) => response.url().endsWith('/api/policy') && response.request().method() === 'PATCH',
    );
    await page.getByRole('button', { name: 'Save' }).click();
    await saved;
  }

  async revokeTablet(name: string): Promise<void> {
    const { page } = this;
    await this.go('Devices');
    await page.getByRole('button', { name: `Actions for ${name}` }).click();
    await page.getByRole('menuitem', { name: 'Revoke' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('main').getByText('Revoked').first().waitFor();
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
