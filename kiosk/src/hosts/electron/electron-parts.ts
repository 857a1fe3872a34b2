// The parts of Electron that this host uses, as its own port. The entry point hands in the real module, so the compiler
// checks that it fits; tests hand in a strict fake and need no Electron.

export interface PermissionDetails {
  readonly requestingUrl?: string;
  readonly mediaTypes?: readonly string[];
  readonly mediaType?: string;
}

export interface FrameLike {
  readonly url: string;
  /** Null for the main frame. */
  readonly parent: FrameLike | null;
}

export interface ContentsLike {
  readonly id: number;
  send(channel: string, ...args: unknown[]): void;
  isDestroyed(): boolean;
  setWindowOpenHandler(handler: () => { action: 'deny' }): void;
  on(event: string, listener: (...args: never[]) => void): unknown;
}

export interface WindowLike {
  readonly webContents: ContentsLike;
  loadURL(url: string): Promise<void>;
  show(): void;
  focus(): void;
  isDestroyed(): boolean;
  once(event: 'ready-to-show', listener: () => void): unknown;
}

export interface SessionLike {
  setPermissionRequestHandler(
    handler: (
      contents: ContentsLike,
      permission: string,
      callback: (granted: boolean) => void,
      details: PermissionDetails,
    ) => void,
  ): void;
  setPermissionCheckHandler(
    handler: (
      contents: ContentsLike | null,
      permission: string,
      requestingOrigin: string,
      details: PermissionDetails,
    ) => boolean,
  ): void;
  setDevicePermissionHandler(handler: () => boolean): void;
  setDisplayMediaRequestHandler(handler: (request: unknown, callback: (streams: null) => void) => void): void;
  readonly webRequest: {
    onBeforeRequest(
      listener: (details: { url: string }, callback: (response: { cancel: boolean }) => void) => void,
    ): void;
  };
}

export interface ChildLike {
  postMessage(message: unknown): void;
  kill(): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'exit', listener: (code: number) => void): unknown;
}

export interface InvokeEvent {
  readonly sender: ContentsLike;
  readonly senderFrame: FrameLike | null;
}

export interface ElectronParts {
  readonly app: {
    requestSingleInstanceLock(): boolean;
    whenReady(): Promise<unknown>;
    quit(): void;
    exit(code: number): void;
    readonly isPackaged: boolean;
    readonly commandLine: { appendSwitch(name: string): void };
    on(event: string, listener: (...args: never[]) => void): unknown;
  };
  readonly BrowserWindow: new (options: Record<string, unknown>) => WindowLike;
  readonly ipcMain: {
    handle(channel: string, listener: (event: InvokeEvent, ...args: unknown[]) => unknown): void;
  };
  readonly protocol: {
    registerSchemesAsPrivileged(schemes: { scheme: string; privileges: Record<string, boolean> }[]): void;
    handle(scheme: string, handler: (request: { url: string; method: string }) => Response): void;
  };
  readonly session: { readonly defaultSession: SessionLike };
  readonly utilityProcess: {
    fork(path: string, args: string[], options: { serviceName: string; stdio: 'inherit' }): ChildLike;
  };
  readonly safeStorage: {
    isAsyncEncryptionAvailable(): Promise<boolean>;
    getSelectedStorageBackend(): string;
    encryptStringAsync(text: string): Promise<Buffer>;
    decryptStringAsync(encrypted: Buffer): Promise<{ result: string }>;
  };
}
