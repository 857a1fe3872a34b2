// Drives the tablet screen in a real Chromium with fingers and keyboard against a fake agent: what it asks of the
// agent, what it sends from the camera, and that nothing else leaves it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ScreenState, View } from '../../kiosk/src/contract/views.js';
import { chromiumMissing, firstPage, openBrowser } from '../support/chromium.js';
import { askedCalls, installFakeAgent, pushState } from '../support/kiosk-screens/fake-agent.js';
import { writeFigureFeed } from '../support/kiosk-screens/figure-feed.js';
import { buildScreen, serveScreen } from '../support/kiosk-screens/serve-screen.js';
import { IT_STATUS, stateOf } from '../support/kiosk-screens/states.js';

const LANDSCAPE = { width: 1280, height: 800 };
const FACE = { x: 0.35, y: 0.2, width: 0.3, height: 0.4 };

const missing = chromiumMissing();

describe.runIf(missing === null)('the screen of the tablet', () => {
  let folder = '';
  let camera = '';
  let context: BrowserContext;
  let page: Page;
  let served: { url: string; close: () => Promise<void> };
  const requests: string[] = [];

  const show = (view: View, status: Partial<ScreenState['status']> = {}) =>
    pushState(page, stateOf({ name: view.name, view, status }, 'en', 'light'));
  const channels = async () => (await askedCalls(page)).map((call) => call.channel);
  const inputOf = async (channel: string) =>
    (await askedCalls(page)).filter((call) => call.channel === channel).at(-1)?.input;
  const frames = () => page.evaluate(() => window.fakeAgent.frames);
  const tap = (name: string) => page.getByRole('button', { name, exact: true }).click();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hazri-screen-'));
    camera = join(folder, 'figure.y4m');
    await Promise.all([buildScreen(join(folder, 'ui')), writeFigureFeed(camera)]);
    served = await serveScreen(join(folder, 'ui'));
    context = await openBrowser({ profile: join(folder, 'profile'), viewport: LANDSCAPE, camera });
    const first = await firstPage(context);
    await first.close({ runBeforeUnload: false }).catch(() => undefined);
  });
  afterAll(async () => {
    await context.close();
    await served.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    page = await context.newPage();
    requests.length = 0;
    page.on('request', (request) => requests.push(request.url()));
    await installFakeAgent(page);
    await page.goto(served.url);
  });
  afterEach(async () => {
    await page.close();
  });

  it('opens the pinned camera, reports it and sends raw frames one at a time', async () => {
    await page.evaluate(() => {
      window.fakeAgent.frameAnswerMs = 40;
    });
    await show({ name: 'waiting' }, { cameraPin: camera });
    await expect.poll(async () => (await frames()).length, { timeout: 10_000 }).toBeGreaterThan(12);
    expect(await inputOf('camera.report')).toMatchObject({ state: 'open', camera: { label: camera } });
    const sent = await frames();
    for (const frame of sent) {
      expect([frame.width, frame.height, frame.bytes]).toEqual([640, 480, 16 + 640 * 480 * 4]);
      expect(frame.sum).toBeGreaterThan(0);
    }
    const seconds = ((sent.at(-1)?.atMs ?? 0) - (sent[0]?.atMs ?? 0)) / 1000;
    expect((sent.length - 1) / seconds).toBeLessThanOrEqual(15);
    expect(await page.evaluate(() => window.fakeAgent.mostInFlight)).toBe(1);
  });

  it('keeps the frames coming behind a result and while the screen rests', async () => {
    await page.clock.install();
    await show({ name: 'waiting' });
    await expect.poll(async () => (await frames()).length, { timeout: 10_000 }).toBeGreaterThan(2);
    await page.clock.runFor(61_000);
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset['resting'])).toBe('yes');
    const resting = (await frames()).length;
    await expect
      .poll(
        async () => {
          await page.clock.runFor(200);
          return (await frames()).length - resting;
        },
        { timeout: 10_000 },
      )
      .toBeGreaterThan(4);
    await show({ name: 'result', result: { kind: 'undone' }, standsMs: 2500 });
    const behind = (await frames()).length;
    await expect
      .poll(
        async () => {
          await page.clock.runFor(200);
          return (await frames()).length - behind;
        },
        { timeout: 10_000 },
      )
      .toBeGreaterThan(4);
  });

  it.each<View>([
    { name: 'pin', reason: 'CHOSEN', error: null, busy: false },
    { name: 'enrol-consent', displayName: 'Ravi', employeeCode: 'E-1', locale: null, basis: 'consent' },
    { name: 'problem', code: 'DEVICE_REVOKED' },
  ])('sends nothing from the camera on $name', async (view) => {
    await show({ name: 'waiting' });
    await expect.poll(async () => (await frames()).length, { timeout: 10_000 }).toBeGreaterThan(2);
    await show(view);
    await page.waitForTimeout(200);
    const before = (await frames()).length;
    await page.waitForTimeout(500);
    expect((await frames()).length).toBe(before);
  });

  it('refuses a camera that is not the pinned one and says which it found', async () => {
    await show({ name: 'waiting' }, { cameraPin: 'Another camera' });
    await expect.poll(() => inputOf('camera.report')).toEqual({ state: 'not-pinned', found: [camera] });
    expect(await frames()).toEqual([]);
  });

  it('says so when there is no camera', async () => {
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('none', 'NotFoundError'));
    });
    await show({ name: 'waiting' });
    await expect.poll(() => inputOf('camera.report')).toEqual({ state: 'missing' });
  });

  it('reacts to a face within 100 ms', async () => {
    await show({ name: 'waiting' });
    await page.waitForTimeout(500);
    const tookMs = await page.evaluate(
      async (state) => {
        const started = performance.now();
        window.fakeAgent.push(state);
        while (document.querySelector('h1')?.textContent !== 'Hold still')
          await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        return performance.now() - started;
      },
      stateOf(
        { name: 'looking', view: { name: 'looking', progress: 0.1, face: FACE, othersWait: false } },
        'en',
        'light',
      ),
    );
    expect(tookMs).toBeLessThan(100);
  });

  it('takes employee code and PIN by touch', async () => {
    await show({ name: 'pin', reason: 'CHOSEN', error: null, busy: false });
    for (const key of ['E', '-', '1', '2', '9']) await tap(key);
    await tap('Delete');
    await tap('Next');
    for (const key of '480215') await tap(key);
    expect(await page.getByLabel('6-digit PIN').evaluate((field) => getComputedStyle(field).color)).toBe(
      'rgba(0, 0, 0, 0)',
    );
    await tap('Check in');
    expect(await inputOf('pin.submit')).toEqual({ employeeCode: 'E-12', pin: '480215' });
    await show({ name: 'pin', reason: 'CHOSEN', error: 'PIN_WRONG', busy: false });
    await page.getByRole('alert').getByText('Please try again').waitFor();
    expect(await page.getByLabel('6-digit PIN').inputValue()).toBe('');
  });

  it('takes employee code and PIN by keyboard alone', async () => {
    await show({ name: 'pin', reason: 'UNSURE', error: null, busy: false });
    await page.getByLabel('Employee code').waitFor();
    await page.keyboard.type('e-77');
    await page.keyboard.press('Enter');
    await page.keyboard.type('112233');
    await page.keyboard.press('Enter');
    expect(await inputOf('pin.submit')).toEqual({ employeeCode: 'e-77', pin: '112233' });
  });

  it('pairs: address and code as typed by people, then the words', async () => {
    await show({ name: 'unpaired', serverAddress: null, error: null, busy: false });
    await page.getByLabel('Server address').fill('https://HR.Sample.in:8443/');
    await page.getByLabel('Pairing code').click();
    await page.keyboard.type('abcd');
    expect(await page.getByLabel('Pairing code').inputValue()).toBe('ABCD-');
    await page.keyboard.press('Backspace');
    for (const key of ['D', '2', '3', '4']) await tap(key);
    await page.keyboard.type('o');
    await tap('Pair');
    expect(await inputOf('pairing.start')).toEqual({ serverAddress: 'hr.sample.in:8443', code: 'ABCD2340' });
    const words = ['harbour', 'lantern', 'copper', 'meadow', 'sparrow', 'winter'];
    await show({ name: 'pairing', companyName: 'Sample', words, confirmedHere: false });
    expect(await page.getByRole('listitem').allInnerTexts()).toHaveLength(6);
    await tap('No, different');
    expect(await inputOf('pairing.words-match')).toEqual({ match: false });
  });

  it('offers "That’s not me" only while the agent allows it', async () => {
    const about = { locale: null, displayName: 'Asha', direction: 'in' } as const;
    const accepted = { kind: 'accepted', ...about, workedTodayMin: 0 } as const;
    const atMs = Date.UTC(2026, 10, 20, 3, 32);
    await show({ name: 'result', result: { ...accepted, atMs, canUndo: true }, standsMs: 2500 });
    await tap('That’s not me');
    expect(await channels()).toContain('result.not-me');
    await show({ name: 'result', result: { ...accepted, atMs, canUndo: false }, standsMs: 2500 });
    await page.getByRole('button', { name: 'That’s not me' }).waitFor({ state: 'detached' });
  });

  it('shows a result in the language of the person, and the next screen in its own', async () => {
    const about = { locale: 'hi', displayName: 'Asha', direction: 'in' } as const;
    const sinceMs = Date.UTC(2026, 10, 20, 3, 32);
    await show({ name: 'result', result: { kind: 'duplicate', ...about, sinceMs }, standsMs: 2500 });
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('hi');
    await show({ name: 'waiting' });
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('en');
  });

  it('opens the consent in the language of the person', async () => {
    const asked = {
      name: 'enrol-consent',
      displayName: 'Ravi',
      employeeCode: 'E-1',
      basis: 'consent',
    } as const;
    await show({ ...asked, locale: 'hi' });
    await page.getByText('नमस्ते').first().waitFor();
    await tap('English');
    await page.getByText('Hello, Ravi').waitFor();
  });

  it('asks for consent with the notice in the language that is on the screen', async () => {
    const notice = { version: '3', title: 'Notice', paragraphs: ['What we do.'], sha256: 'a'.repeat(64) };
    await show({
      name: 'enrol-consent',
      displayName: 'Ravi',
      employeeCode: 'E-1',
      locale: null,
      basis: 'consent',
    });
    await page
      .getByText('The notice is not on this tablet yet')
      .waitFor({ timeout: 5000 })
      .catch(() => undefined);
    await page.evaluate((value) => {
      window.fakeAgent.answer('notice.read', { ok: true, value: { notice: value } });
    }, notice);
    await tap('हिन्दी');
    await page.getByText('What we do.').waitFor();
    expect(await inputOf('notice.read')).toEqual({ locale: 'hi' });
    const [agree, notNow] = [
      page.getByRole('button', { name: 'मैं सहमत हूँ' }),
      page.getByRole('button', { name: 'अभी नहीं' }),
    ];
    const look = (element: HTMLElement | SVGElement) => {
      const { backgroundColor, fontSize, fontWeight, borderColor } = getComputedStyle(element);
      const width = Math.round(element.getBoundingClientRect().width);
      return [backgroundColor, fontSize, fontWeight, borderColor, width];
    };
    expect(await agree.evaluate(look)).toEqual(await notNow.evaluate(look));
    await agree.click();
    expect(await inputOf('enrolment.consent')).toEqual({ given: true, locale: 'hi' });
  });

  it('explains "No photo is kept" and closes with Escape', async () => {
    await show({ name: 'waiting' });
    await tap('No photo is kept');
    await page.getByText('To withdraw').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('To withdraw').waitFor({ state: 'detached' });
  });

  it('opens the IT corner by five taps and by keys, behind its PIN', async () => {
    await show({ name: 'waiting' });
    for (let count = 0; count < 5; count++) await page.mouse.click(30, 30);
    await page.evaluate(() => {
      window.fakeAgent.answer('it.status', { ok: false, error: { code: 'IT_PIN_WRONG' } });
    });
    await page.keyboard.type('000000');
    await page.keyboard.press('Enter');
    await page.getByText('That is not the IT PIN').waitFor();
    await page.evaluate((value) => {
      window.fakeAgent.answer('it.status', { ok: true, value });
    }, IT_STATUS);
    await page.keyboard.type('123456');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('row', { name: 'Punches not sent yet' }).innerText()).toContain('3');
    await tap('Close');
    await page.keyboard.press('Control+Alt+KeyI');
    await page.getByLabel('IT PIN').waitFor();
  });

  it('says so when the link to the agent is gone, and goes on when it is back', async () => {
    await show({ name: 'looking', progress: 0.5, face: FACE, othersWait: false });
    await page.evaluate(() => {
      window.fakeAgent.setLink('down');
    });
    await page.getByRole('heading', { name: 'One moment' }).waitFor({ timeout: 4000 });
    await page.evaluate(() => {
      window.fakeAgent.setLink('elsewhere');
    });
    await page.getByRole('heading', { name: 'Already open in another window' }).waitFor({ timeout: 4000 });
    await page.evaluate(() => {
      window.fakeAgent.setLink('up');
    });
    await page.getByRole('heading', { name: 'Hold still' }).waitFor();
    expect((await channels()).filter((channel) => channel === 'screen.ready').length).toBeGreaterThanOrEqual(
      2,
    );
  });

  it('rests after a minute without showing a name, and forgets the language somebody chose', async () => {
    await page.clock.install();
    await show({ name: 'waiting' });
    await tap('हिन्दी');
    await page.clock.runFor(61_000);
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset['resting'])).toBe('yes');
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('en');
    await page.mouse.click(640, 400);
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset['resting'])).toBe('no');
  });

  it('starts afresh when drawing itself breaks', async () => {
    const reloaded = page.waitForEvent('load', { timeout: 15_000 });
    await pushState(page, { view: { name: 'result' } } as unknown as ScreenState);
    await reloaded;
  });

  it('fetches only from its own host and leaves nothing behind in the browser', async () => {
    await show({ name: 'waiting' });
    await expect.poll(async () => (await frames()).length, { timeout: 10_000 }).toBeGreaterThan(3);
    expect(requests.filter((url) => !url.startsWith(served.url))).toEqual([]);
    const kept = await page.evaluate(async () => ({
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
      databases: (await indexedDB.databases()).length,
      caches: 'caches' in window ? (await caches.keys()).length : 0,
    }));
    expect(kept).toEqual({ local: [], session: [], databases: 0, caches: 0 });
  });
});
