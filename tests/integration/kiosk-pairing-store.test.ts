// What a tablet remembers of its pairing, on disk.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeviceKey, FILE_PROTECTION, verifySignature } from '../../kiosk/src/identity/device-key.js';
import { type Pairing, PairingStore } from '../../kiosk/src/identity/pairing-store.js';
import { ProtocolServer } from './kiosk-support/protocol-server.js';
import { makeAuthority } from './kiosk-support/certificates.js';

let folder: string;
let store: PairingStore;
let pairing: Pairing;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hazri-store-'));
  store = new PairingStore(folder, FILE_PROTECTION);
  const server = await ProtocolServer.start(await makeAuthority());
  const config = server.config();
  await server.stop();
  pairing = { key: DeviceKey.generate(), host: 'localhost', port: 8443, spkiPins: config.spkiPins, config };
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the pairing', () => {
  it('comes back whole, with the same key, in a file that only this account reads', async () => {
    expect(await store.load()).toBeNull();
    await store.save(pairing);
    const loaded = (await store.load())!;
    const bytes = new TextEncoder().encode('x');
    expect(verifySignature(pairing.key.publicKey, bytes, loaded.key.sign(bytes))).toBe(true);
    expect(loaded.config).toEqual(pairing.config);
    expect(statSync(join(folder, 'pairing.json')).mode & 0o777).toBe(0o600);
  });

  it.each(['', '{', '{"v":1}', 'null'])('that cannot be read (%j) is never taken for none', async (text) => {
    writeFileSync(join(folder, 'pairing.json'), text);
    await expect(store.load()).rejects.toMatchObject({ code: 'PAIRING_UNREADABLE' });
  });

  it('is not opened by another protection than the one that closed it', async () => {
    await store.save(pairing);
    const other = new PairingStore(folder, { ...FILE_PROTECTION, kind: 'system-keychain' });
    await expect(other.load()).rejects.toMatchObject({ code: 'KEY_PROTECTION_CHANGED' });
  });

  it('keeps its wrapped key when the configuration changes', async () => {
    await store.save(pairing);
    const before = JSON.parse(readFileSync(join(folder, 'pairing.json'), 'utf8')) as { wrappedKey: string };
    store.updateConfig({ ...pairing, config: { ...pairing.config, version: 2 } });
    expect((await store.load())!.config.version).toBe(2);
    const after = JSON.parse(readFileSync(join(folder, 'pairing.json'), 'utf8')) as { wrappedKey: string };
    expect(after.wrappedKey).toBe(before.wrappedKey);
  });
});

describe('progress', () => {
  const anchor = { serverMs: 1_760_000_000_000.25, monoMs: 12.5, bootId: 'b', uncertaintyMs: 0.123 };

  it('comes back with the fractions that clocks have', () => {
    store.saveProgress('d', { lastEpoch: 3, timeAnchor: anchor });
    expect(store.progress('d')).toMatchObject({ lastEpoch: 3, timeAnchor: anchor });
  });

  it('of another device, or broken, is none and stops nothing', () => {
    store.saveProgress('d', { lastEpoch: 3, timeAnchor: anchor });
    expect(store.progress('other')).toEqual({ lastEpoch: 0, timeAnchor: null });
    writeFileSync(join(folder, 'progress.json'), '{"v":');
    expect(store.progress('d')).toEqual({ lastEpoch: 0, timeAnchor: null });
  });
});
