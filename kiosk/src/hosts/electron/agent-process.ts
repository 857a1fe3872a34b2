// The agent in a utility process of Electron. It speaks with the main process only; the screen never reaches it.
import { readConfig } from '../../config/config.js';
import { FILE_PROTECTION, type KeyProtection } from '../../identity/device-key.js';
import { storedProtection } from '../../identity/pairing-store.js';
import { OperationalError } from '@hazri/shared/result';
import { createTablet } from '../create-agent.js';
import { explainFailure, standardLog } from '../run.js';
import { type FromAgent, type ToAgent, toAgent } from './agent-messages.js';

interface ParentPort {
  postMessage(message: FromAgent): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
}

/** Present in utility processes only. */
const parent = (process as unknown as { parentPort: ParentPort }).parentPort;
const waiting = new Map<number, (bytes: Uint8Array | null) => void>();
let lastId = 0;
let tablet: ReturnType<typeof createTablet> | null = null;

function throughMain(direction: 'wrap' | 'unwrap', bytes: Uint8Array): Promise<Uint8Array> {
  lastId += 1;
  const id = lastId;
  return new Promise((resolve, reject) => {
    waiting.set(id, (result) => {
      if (result === null) reject(new OperationalError('KEY_PROTECTION_FAILED', true));
      else resolve(result);
    });
    parent.postMessage({ kind: 'protect', id, direction, bytes });
  });
}

const KEYCHAIN: KeyProtection = {
  kind: 'system-keychain',
  description: "device key in the system's keychain",
  protect: (secret) => throughMain('wrap', secret),
  unprotect: (wrapped) => throughMain('unwrap', wrapped),
};

async function start(hasKeychain: boolean): Promise<void> {
  try {
    const config = readConfig();
    // A pairing made with a plain file stays readable; a new one uses the best there is.
    const stored = storedProtection(config.dataFolder);
    const useKeychain = stored === null ? hasKeychain : stored === 'system-keychain';
    tablet = createTablet({
      config,
      protection: useKeychain ? KEYCHAIN : FILE_PROTECTION,
      log: standardLog(),
    });
    const agent = await tablet;
    parent.postMessage({ kind: 'ready' });
    agent.onState((state) => {
      parent.postMessage({ kind: 'state', state });
    });
  } catch (error) {
    parent.postMessage({ kind: 'failed', sentence: explainFailure(error).sentence });
  }
}

async function receive(message: ToAgent): Promise<void> {
  switch (message.kind) {
    case 'start':
      await start(message.hasKeychain);
      return;
    case 'call': {
      const { id, channel, input } = message;
      const agent = await tablet;
      if (agent !== null) parent.postMessage({ kind: 'reply', id, result: await agent.call(channel, input) });
      return;
    }
    case 'frame': {
      const agent = await tablet;
      await agent?.acceptFrame(message.bytes);
      parent.postMessage({ kind: 'frame-done', id: message.id });
      return;
    }
    case 'protected':
      waiting.get(message.id)?.(message.bytes);
      waiting.delete(message.id);
      return;
    case 'stop':
      await (await tablet)?.close();
      process.exit(0);
  }
}

parent.on('message', ({ data }) => {
  const message = toAgent.safeParse(data);
  if (message.success) void receive(message.data);
});
