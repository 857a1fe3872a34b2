import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBytes, sealBytes } from './aes-gcm.js';
import { KeyedRotation } from './keyed-rotation.js';
import { loadRootKey, readKey, rootKeyFrom, writeKey } from './root-key.js';

const aad = Buffer.from('v1|tenant|person');

describe('an envelope', () => {
  const key = randomBytes(32);
  const plain = Buffer.from('128 numbers');

  it('opens with its key and its place only', () => {
    const sealed = sealBytes(key, plain, aad);
    expect(openBytes(key, sealed, aad)).toEqual({ ok: true, value: plain });
    const refused = { ok: false, error: 'ENVELOPE_UNREADABLE' };
    expect(openBytes(randomBytes(32), sealed, aad)).toEqual(refused);
    expect(openBytes(key, sealed, Buffer.from('v1|tenant|other'))).toEqual(refused);
  });

  it('does not open when any byte is changed or missing', () => {
    const sealed = sealBytes(key, plain, aad);
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(openBytes(key, changed, aad).ok, String(at)).toBe(false);
      expect(openBytes(key, sealed.subarray(0, at), aad).ok, String(at)).toBe(false);
    }
  });

  it('has a nonce of its own every time', () => {
    const nonces = new Set(
      Array.from({ length: 2000 }, () => sealBytes(key, plain, aad).toString('hex', 0, 12)),
    );
    expect(nonces.size).toBe(2000);
  });
});

describe('the root key', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'hazri-key-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const place = { tenant: 't', purpose: 'tenant-key', id: 't' } as const;

  it('is made once, private, and read again', () => {
    const file = path.join(folder, 'keys', 'root.key');
    const first = loadRootKey({ text: null, file });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const again = loadRootKey({ text: null, file });
    expect(again.fingerprint).toBe(first.fingerprint);
    expect(again.unwrap(first.wrap(Buffer.from('key'), place), place).toString()).toBe('key');
    const fromText = loadRootKey({ text: readFileSync(file, 'utf8'), file: 'nowhere' });
    expect(fromText.fingerprint).toBe(first.fingerprint);
  });

  it('survives being copied by hand, and tells when a character is wrong', () => {
    const key = randomBytes(32);
    const written = writeKey(key);
    expect(written).toMatch(/^(?:[A-Z2-7]{4}-){13}[A-Z2-7]{4}$/);
    expect(readKey(written.toLowerCase().replaceAll('-', ' '))).toEqual(key);
    for (let at = 0; at < written.length; at += 1) {
      if (written[at] === '-') continue;
      const wrong = written[at] === 'A' ? 'B' : 'A';
      expect(readKey(written.slice(0, at) + wrong + written.slice(at + 1)), String(at)).toBeNull();
    }
  });

  it('that is damaged refuses to start instead of making a new one', () => {
    const file = path.join(folder, 'root.key');
    writeFileSync(file, 'HAZRI ROOT KEY 1\nAAAA-BBBB\n');
    expect(() => loadRootKey({ text: null, file })).toThrow(
      expect.objectContaining({ code: 'ROOT_KEY_UNREADABLE' }),
    );
  });

  it('does not unwrap what another root key or another place wrapped', () => {
    const [one, two] = [rootKeyFrom(randomBytes(32)), rootKeyFrom(randomBytes(32))];
    const wrapped = one.wrap(Buffer.from('key'), place);
    expect(() => two.unwrap(wrapped, place)).toThrow('does not belong');
    expect(() => one.unwrap(wrapped, { ...place, id: 'other' })).toThrow('does not belong');
    expect(one.derive('a')).not.toEqual(one.derive('b'));
  });
});

describe('the keyed rotation', () => {
  const unit = (seed: number): Float32Array => {
    const raw = Float32Array.from({ length: 128 }, (_, at) => Math.sin(seed * 97 + at * 13));
    const length = Math.hypot(...raw);
    return raw.map((value) => value / length);
  };
  const distance = (a: Float32Array, b: Float32Array): number =>
    Math.hypot(...a.map((v, at) => v - (b[at] ?? 0)));

  it('keeps distances, comes back, and looks nothing like the embedding', () => {
    const rotation = new KeyedRotation(randomBytes(32));
    const [a, b] = [unit(1), unit(2)];
    expect(distance(rotation.apply(a), rotation.apply(b))).toBeCloseTo(distance(a, b), 6);
    expect(distance(rotation.undo(rotation.apply(a)), a)).toBeLessThan(1e-6);
    expect(distance(rotation.apply(a), a)).toBeGreaterThan(0.5);
  });

  it('is the same for the same key and another for another', () => {
    const key = new Uint8Array(32).fill(7);
    const [same, again] = [new KeyedRotation(key), new KeyedRotation(key)];
    expect(same.apply(unit(3))).toEqual(again.apply(unit(3)));
    const other = new KeyedRotation(new Uint8Array(32).fill(8));
    expect(distance(other.apply(unit(3)), same.apply(unit(3)))).toBeGreaterThan(0.5);
  });
});
