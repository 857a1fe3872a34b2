// What the window may not do: navigate, open, embed, ask for anything but the camera, reach any address but its own.
// Electron allows most of this by default, so each refusal is stated.
import type { ContentsLike, ElectronParts, InvokeEvent, PermissionDetails } from './electron-parts.js';

export const SCHEME = 'hazri';
const SCREEN_HOST = 'tablet';
export const SCREEN_URL = `${SCHEME}://${SCREEN_HOST}/index.html`;

/** True for our own pages; an empty or unreadable address is not ours. */
export function isOwnUrl(text: string): boolean {
  try {
    const url = new URL(text);
    return url.protocol === `${SCHEME}:` && url.host === SCREEN_HOST;
  } catch {
    return false;
  }
}

/** Only the main frame of our own window may speak to the main process. */
export function isOwnSender(event: InvokeEvent, contentsId: number): boolean {
  const { sender, senderFrame } = event;
  return (
    sender.id === contentsId &&
    senderFrame !== null &&
    senderFrame.parent === null &&
    isOwnUrl(senderFrame.url)
  );
}

export const WEB_PREFERENCES = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  /** A tablet must go on reading frames whatever covers its window. */
  backgroundThrottling: false,
} as const;

export function lockSession(session: ElectronParts['session']['defaultSession']): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(mayUseCamera(permission, details.requestingUrl ?? '', details));
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) =>
    mayUseCamera(permission, requestingOrigin, details),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => {
    callback(null);
  });
  session.webRequest.onBeforeRequest(({ url }, callback) => {
    callback({ cancel: !isOwnUrl(url) });
  });
}

function mayUseCamera(permission: string, origin: string, details: PermissionDetails): boolean {
  if (permission !== 'media' || !isOwnUrl(origin)) return false;
  const kinds = details.mediaTypes ?? (details.mediaType === undefined ? [] : [details.mediaType]);
  return kinds.every((kind) => kind === 'video');
}

export function lockContents(contents: ContentsLike): void {
  const refuse = (event: { preventDefault(): void }): void => {
    event.preventDefault();
  };
  for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
    contents.on(name, refuse);
  }
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
