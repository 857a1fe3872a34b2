// The root key opens everything else. It lives in a file, the environment or (later) a KMS, never in the database,
// and never in a log or an error text.
import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '@hazri/shared/result';
import { wrapAad } from '@hazri/shared/crypto/envelope';
import { KEY_BYTES, openBytes, sealBytes } from './aes-gcm.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const GROUP = 4;
const CHECK_CHARACTERS = 4;
const TITLE = 'HAZRI ROOT KEY 1';

export type WrapPlace = Parameters<typeof wrapAad>[0];

/** Wraps and unwraps keys; a KMS implements the same without handing the key out. */
export interface RootKey {
  /** Names the key without telling anything about it. */
  readonly fingerprint: string;
  wrap(key: Uint8Array, at: WrapPlace): Buffer;
  /** Throws when the key was wrapped by another root key or for another place. */
  unwrap(wrapped: Uint8Array, at: WrapPlace): Buffer;
  /** A key for one purpose, the same at every start. */
  derive(purpose: string): Buffer;
  /** What a person keeps on paper; null when the key cannot leave its KMS. */
  readonly written: string | null;
}

export function rootKeyFrom(key: Uint8Array): RootKey {
  const fingerprint = createHash('sha256').update('hazri-root-key-v1').update(key).digest('hex').slice(0, 16);
  return {
    fingerprint,
    wrap: (plain, at) => sealBytes(key, plain, wrapAad(at)),
    unwrap: (wrapped, at) => {
      const opened = openBytes(key, wrapped, wrapAad(at));
      if (opened.ok) return opened.value;
      throw new UserError('ROOT_KEY_WRONG', 'The root key does not belong to this database.');
    },
    derive: (purpose) => Buffer.from(hkdfSync('sha256', key, '', `hazri|${purpose}`, KEY_BYTES)),
    written: writeKey(key),
  };
}

/** Groups of four of base32 with a checksum, so that a copied key tells when it was miscopied. */
export function writeKey(key: Uint8Array): string {
  const text = base32(key);
  return [...(text + checkOf(text)).matchAll(new RegExp(`.{1,${String(GROUP)}}`, 'g'))].join('-');
}

/** Reads what `writeKey` wrote, with or without its title; null when it was miscopied. */
export function readKey(text: string): Buffer | null {
  const plain = text.replace(TITLE, '').replace(/[\s-]/g, '').toUpperCase();
  const body = plain.slice(0, -CHECK_CHARACTERS);
  if (checkOf(body) !== plain.slice(-CHECK_CHARACTERS)) return null;
  const key = fromBase32(body);
  return key?.length === KEY_BYTES ? key : null;
}

/** Reads the key from the environment's text or the file; makes the file (0600) when there is none yet. */
export function loadRootKey(from: { readonly text: string | null; readonly file: string }): RootKey {
  if (from.text === null && !existsSync(from.file)) createKeyFile(from.file);
  const key = readKey(from.text ?? readFileSync(from.file, 'utf8'));
  if (key === null) {
    const where = from.text === null ? 'file' : 'in HAZRI_ROOT_KEY';
    throw new UserError('ROOT_KEY_UNREADABLE', `The root key ${where} is damaged or incomplete.`);
  }
  return rootKeyFrom(key);
}

/** Whole or not at all: a half-written key must never be taken for one. */
function createKeyFile(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${TITLE}\n${writeKey(randomBytes(KEY_BYTES))}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(draft, file);
    chmodSync(file, 0o600);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

const checkOf = (text: string): string =>
  base32(createHash('sha256').update(text).digest()).slice(0, CHECK_CHARACTERS);

function base32(bytes: Uint8Array): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return [...bits.matchAll(/.{1,5}/g)]
    .map(([five]) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)] ?? '')
    .join('');
}

function fromBase32(text: string): Buffer | null {
  let bits = '';
  for (const character of text) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return null;
    bits += value.toString(2).padStart(5, '0');
  }
  const bytes: number[] = [];
  for (let at = 0; at + 8 <= bits.length; at += 8) bytes.push(Number.parseInt(bits.slice(at, at + 8), 2));
  return Buffer.from(bytes);
}
