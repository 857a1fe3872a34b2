// The Electron host: one locked kiosk window over an agent in its own process. Electron comes in as a parameter.
import { type Result, err } from '@hazri/shared/result';
import type { CallError } from '../../contract/calls.js';
import { CALL_CHANNEL, FRAME_CHANNEL, LINK_CHANNEL, STATE_CHANNEL } from '../../contract/channels.js';
import { FRAME_MAX_SIDE } from '../../contract/frame.js';
import type { ScreenState } from '../../contract/views.js';
import type { ScreenFile } from '../screen-files.js';
import { SCREEN_HEADERS } from '../security-headers.js';
import { AgentLink } from './agent-link.js';
import type { ContentsLike, ElectronParts, InvokeEvent, WindowLike } from './electron-parts.js';
import { type KeyVault, openKeyVault } from './key-vault.js';
import {
  SCHEME,
  SCREEN_URL,
  WEB_PREFERENCES,
  isOwnSender,
  isOwnUrl,
  lockContents,
  lockSession,
} from './lockdown.js';

const MOST_FRAME_BYTES = FRAME_MAX_SIDE * FRAME_MAX_SIDE * 4 + 64;

export interface ShellOptions {
  /** Path of the bundled CommonJS preload. */
  readonly preload: string;
  /** Path of the agent process's entry. */
  readonly agentProcess: string;
  readonly files: ReadonlyMap<string, ScreenFile>;
  readonly platform: NodeJS.Platform;
  readonly sayFailure: (sentence: string) => void;
}

/** Must be called before Electron is ready: the scheme of the screen can only be registered until then. */
export async function startShell(electron: ElectronParts, options: ShellOptions): Promise<void> {
  const { app, protocol } = electron;
  if (!app.requestSingleInstanceLock()) {
    options.sayFailure('The tablet is already running.');
    app.quit();
    return;
  }
  // No crash reporter is ever started; this keeps Chromium's own from collecting dumps of a process that sees frames.
  app.commandLine.appendSwitch('disable-breakpad');
  app.commandLine.appendSwitch('disable-crash-reporter');
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  app.on('web-contents-created', (_event: unknown, contents: ContentsLike) => {
    lockContents(contents);
  });
  await app.whenReady();
  lockSession(electron.session.defaultSession);
  protocol.handle(SCHEME, (request) => answerScreen(request, options.files));
  const vault = await openKeyVault(electron.safeStorage, options.platform);
  new Shell(electron, options, vault).open();
}

class Shell {
  readonly #electron: ElectronParts;
  readonly #options: ShellOptions;
  readonly #link: AgentLink;
  #window: WindowLike | null = null;
  #state: ScreenState | null = null;
  #isUp = false;
  #isQuitting = false;

  constructor(electron: ElectronParts, options: ShellOptions, vault: KeyVault | null) {
    this.#electron = electron;
    this.#options = options;
    this.#link = new AgentLink({
      fork: () =>
        electron.utilityProcess.fork(options.agentProcess, [], {
          serviceName: 'hazri-agent',
          stdio: 'inherit',
        }),
      vault,
      onState: (state) => {
        this.#state = state;
        this.#send(STATE_CHANNEL, state);
      },
      onLink: (isUp) => {
        this.#isUp = isUp;
        this.#send(LINK_CHANNEL, isUp);
      },
      onFailed: (sentence) => {
        options.sayFailure(sentence);
        electron.app.exit(1);
      },
      monoMs: () => performance.now(),
      later: (work, ms) => {
        setTimeout(work, ms);
      },
    });
  }

  open(): void {
    const { app } = this.#electron;
    this.#handleCalls();
    app.on('second-instance', () => this.#window?.focus());
    app.on('window-all-closed', () => {
      app.quit();
    });
    app.on('before-quit', (event: { preventDefault(): void }) => {
      if (this.#isQuitting) return;
      this.#isQuitting = true;
      event.preventDefault();
      void this.#link.stop().then(() => {
        app.quit();
      });
    });
    this.#link.start();
    this.#openWindow();
  }

  #openWindow(): void {
    const { app, BrowserWindow } = this.#electron;
    const window = new BrowserWindow({
      kiosk: true,
      show: false,
      autoHideMenuBar: true,
      backgroundColor: '#101418',
      title: 'Hazri',
      webPreferences: { ...WEB_PREFERENCES, devTools: !app.isPackaged, preload: this.#options.preload },
    });
    this.#window = window;
    window.once('ready-to-show', () => {
      window.show();
    });
    window.webContents.on('render-process-gone', () => {
      if (!this.#isQuitting && !window.isDestroyed()) void window.loadURL(SCREEN_URL);
    });
    void window.loadURL(SCREEN_URL);
  }

  #handleCalls(): void {
    const { ipcMain } = this.#electron;
    const refused = err<CallError>({ code: 'CALL_MALFORMED' });
    ipcMain.handle(CALL_CHANNEL, (event, channel, input): Promise<Result<unknown, CallError>> => {
      if (!this.#isOurs(event) || typeof channel !== 'string') return Promise.resolve(refused);
      return this.#link.call(channel, input ?? {});
    });
    ipcMain.handle(FRAME_CHANNEL, async (event, bytes): Promise<void> => {
      if (!this.#isOurs(event) || !(bytes instanceof Uint8Array) || bytes.length > MOST_FRAME_BYTES) return;
      await this.#link.sendFrame(bytes);
      bytes.fill(0);
    });
    // A screen that was just loaded asks for where things stand.
    ipcMain.handle(STATE_CHANNEL, (event) => (this.#isOurs(event) ? this.#state : null));
    ipcMain.handle(LINK_CHANNEL, (event) => this.#isOurs(event) && this.#isUp);
  }

  #isOurs(event: InvokeEvent): boolean {
    return this.#window !== null && isOwnSender(event, this.#window.webContents.id);
  }

  #send(channel: string, value: unknown): void {
    const window = this.#window;
    if (window === null || window.isDestroyed() || window.webContents.isDestroyed()) return;
    window.webContents.send(channel, value);
  }
}

function answerScreen(
  request: { url: string; method: string },
  files: ReadonlyMap<string, ScreenFile>,
): Response {
  const file = isOwnUrl(request.url) ? files.get(new URL(request.url).pathname) : undefined;
  if (request.method !== 'GET' || file === undefined) {
    return new Response(null, { status: 404, headers: SCREEN_HEADERS });
  }
  return new Response(new Uint8Array(file.body), {
    status: 200,
    headers: { ...SCREEN_HEADERS, 'Content-Type': file.type },
  });
}
