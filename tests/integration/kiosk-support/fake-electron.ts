// A strict stand-in for the `electron` module: it has exactly what the host may use, and reading anything else throws.
import { EventEmitter } from 'node:events';
import type {
  ContentsLike,
  ElectronParts,
  SessionLike,
} from '../../../kiosk/src/hosts/electron/electron-parts.js';

/** Throws on members that the fake does not have, so that new uses of Electron are noticed here. */
export function strict<T extends object>(what: string, target: T): T {
  return new Proxy(target, {
    get(object, name, receiver) {
      // A promise asks every object whether it is one.
      if (name === 'then' || typeof name === 'symbol') return Reflect.get(object, name, receiver) as unknown;
      if (!(name in object)) throw new Error(`${what}.${name} is not part of the fake`);
      const value = Reflect.get(object, name) as unknown;
      return typeof value === 'function' ? (value as (...args: never[]) => unknown).bind(object) : value;
    },
  });
}

export class FakeContents {
  readonly events = new EventEmitter();
  readonly sent: [string, unknown][] = [];
  readonly id = 7;
  windowOpenHandler: (() => { action: 'deny' }) | null = null;

  send(channel: string, value: unknown): void {
    this.sent.push([channel, value]);
  }
  isDestroyed(): boolean {
    return false;
  }
  setWindowOpenHandler(handler: () => { action: 'deny' }): void {
    this.windowOpenHandler = handler;
  }
  on(event: string, listener: (...args: never[]) => void): void {
    this.events.on(event, listener as (...args: unknown[]) => void);
  }
}

export class FakeChild {
  readonly events = new EventEmitter();
  readonly posted: { kind: string; id?: number; [key: string]: unknown }[] = [];
  isKilled = false;

  postMessage(message: unknown): void {
    this.posted.push(message as { kind: string });
  }
  kill(): boolean {
    this.isKilled = true;
    return true;
  }
  on(event: 'message', listener: (message: unknown) => void): void {
    this.events.on(event, listener);
  }
  once(event: 'exit', listener: (code: number) => void): void {
    this.events.once(event, listener);
  }
  say(message: unknown): void {
    this.events.emit('message', message);
  }
  die(): void {
    this.events.emit('exit', 139);
  }
}

type Handler = (event: unknown, ...args: unknown[]) => unknown;

export function fakeElectron(options: { hasLock?: boolean; backend?: string; hasKeychain?: boolean } = {}) {
  const appEvents = new EventEmitter();
  const seen = {
    appEvents,
    switches: [] as string[],
    quits: 0,
    exits: [] as number[],
    windows: [] as { options: Record<string, unknown>; urls: string[]; contents: FakeContents }[],
    handlers: new Map<string, Handler>(),
    schemes: [] as { scheme: string; privileges: Record<string, boolean> }[],
    protocol: null as ((request: { url: string; method: string }) => Response) | null,
    children: [] as FakeChild[],
    session: {} as {
      request: Parameters<SessionLike['setPermissionRequestHandler']>[0];
      check: Parameters<SessionLike['setPermissionCheckHandler']>[0];
      device: () => boolean;
      display: (request: unknown, callback: (streams: null) => void) => void;
      before: (details: { url: string }, callback: (response: { cancel: boolean }) => void) => void;
    },
  };
  class FakeWindow {
    readonly webContents: ContentsLike;
    readonly #record: (typeof seen.windows)[number];
    constructor(windowOptions: Record<string, unknown>) {
      const contents = new FakeContents();
      this.webContents = strict('webContents', contents);
      this.#record = { options: windowOptions, urls: [], contents };
      seen.windows.push(this.#record);
      appEvents.emit('web-contents-created', {}, this.webContents);
    }
    loadURL(url: string): Promise<void> {
      this.#record.urls.push(url);
      return Promise.resolve();
    }
    show(): void {
      return undefined;
    }
    focus(): void {
      return undefined;
    }
    isDestroyed(): boolean {
      return false;
    }
    once(_event: string, listener: () => void): void {
      listener();
    }
  }
  const electron: ElectronParts = strict('electron', {
    app: strict('app', {
      requestSingleInstanceLock: () => options.hasLock ?? true,
      whenReady: () => Promise.resolve(),
      quit: () => {
        seen.quits += 1;
      },
      exit: (code: number) => {
        seen.exits.push(code);
      },
      isPackaged: true,
      commandLine: strict('commandLine', { appendSwitch: (name: string) => void seen.switches.push(name) }),
      on: (event: string, listener: (...args: never[]) => void) =>
        appEvents.on(event, listener as (...args: unknown[]) => void),
    }),
    BrowserWindow: FakeWindow,
    ipcMain: strict('ipcMain', {
      handle: (channel: string, listener: Handler) => void seen.handlers.set(channel, listener),
    }) as unknown as ElectronParts['ipcMain'],
    protocol: strict('protocol', {
      registerSchemesAsPrivileged: (schemes: typeof seen.schemes) => void seen.schemes.push(...schemes),
      handle: (_scheme: string, handler: NonNullable<typeof seen.protocol>) => {
        seen.protocol = handler;
      },
    }),
    session: {
      defaultSession: strict('session', {
        setPermissionRequestHandler: (handler: typeof seen.session.request) => {
          seen.session.request = handler;
        },
        setPermissionCheckHandler: (handler: typeof seen.session.check) => {
          seen.session.check = handler;
        },
        setDevicePermissionHandler: (handler: () => boolean) => {
          seen.session.device = handler;
        },
        setDisplayMediaRequestHandler: (handler: typeof seen.session.display) => {
          seen.session.display = handler;
        },
        webRequest: strict('webRequest', {
          onBeforeRequest: (listener: typeof seen.session.before) => {
            seen.session.before = listener;
          },
        }),
      }),
    },
    utilityProcess: strict('utilityProcess', {
      fork: () => {
        const child = new FakeChild();
        seen.children.push(child);
        return strict('child', child) as never;
      },
    }),
    safeStorage: strict('safeStorage', {
      isAsyncEncryptionAvailable: () => Promise.resolve(options.hasKeychain ?? true),
      getSelectedStorageBackend: () => options.backend ?? 'gnome_libsecret',
      encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(`sealed:${text}`)),
      decryptStringAsync: (encrypted: Buffer) =>
        Promise.resolve({ result: encrypted.toString().slice('sealed:'.length) }),
    }),
  });
  return { electron, seen };
}
