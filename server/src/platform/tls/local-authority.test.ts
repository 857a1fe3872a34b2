import { mkdtempSync, rmSync } from 'node:fs';
import type { X509Certificate } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { certificatesOf, coversName, localCertificate, ownNames, spkiHash } from './local-authority.js';

const NOW = Date.UTC(2026, 10, 20);
const DAY_MS = 86_400_000;
const NAMES = ['localhost', '127.0.0.1', '::1', 'kiosk-host'];

describe('the local authority', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'hazri-ca-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const at = (nowMs: number, names: readonly string[] = NAMES) => localCertificate(folder, names, nowMs);
  const parse = (pem: string): [X509Certificate, X509Certificate] =>
    certificatesOf(pem) as [X509Certificate, X509Certificate];

  it('issues a leaf for every name of the machine', async () => {
    const [leaf, authority] = parse((await at(NOW)).cert);
    expect(leaf.verify(authority.publicKey)).toBe(true);
    expect(leaf.checkIssued(authority)).toBe(true);
    expect([leaf.ca, authority.ca]).toEqual([false, true]);
    for (const name of NAMES) expect(coversName(leaf, name), name).toBe(true);
    expect(coversName(leaf, 'evil.example')).toBe(false);
  });

  it('keeps its leaf until a month before it expires, then makes a new one under the same authority', async () => {
    const first = await at(NOW);
    expect(await at(NOW + 100 * DAY_MS)).toEqual(first);
    const renewed = await at(NOW + 151 * DAY_MS);
    const [oldLeaf, oldAuthority] = parse(first.cert);
    const [newLeaf, newAuthority] = parse(renewed.cert);
    expect(newLeaf.fingerprint256).not.toBe(oldLeaf.fingerprint256);
    expect(spkiHash(newAuthority)).toEqual(spkiHash(oldAuthority));
    expect(newLeaf.verify(oldAuthority.publicKey)).toBe(true);
  });

  it('makes a new leaf when the machine got another name', async () => {
    await at(NOW);
    const [leaf] = parse((await at(NOW, [...NAMES, '192.0.2.7'])).cert);
    expect(coversName(leaf, '192.0.2.7')).toBe(true);
  });

  it('names the machine itself always, and the address it listens on', () => {
    expect(ownNames('192.0.2.7')).toEqual(
      expect.arrayContaining(['localhost', '127.0.0.1', '::1', '192.0.2.7']),
    );
    expect(ownNames('0.0.0.0')).not.toContain('0.0.0.0');
  });
});
