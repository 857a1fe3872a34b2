// The server's own two key pairs: Ed25519 to sign replies, X25519 to open what tablets seal. Made once, stored wrapped.
import { type KeyObject, createPrivateKey, createPublicKey, randomBytes, sign } from 'node:crypto';
import nacl from 'tweetnacl';
import { InvariantError, UserError } from '@hazri/shared/result';
import type { Clock } from '../clock/clock.js';
import type { ServerKeyRow, WrappedKeyRepository } from './persistence/wrapped-keys.js';
import type { RootKey } from './root-key.js';

const SEED_BYTES = 32;
/** PKCS#8 header of an Ed25519 seed (RFC 8410). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

export interface BoxKey {
  /** Stands in every event that was sealed to this key. */
  readonly id: string;
  readonly publicKey: Uint8Array;
  readonly secretKey: Uint8Array;
}

export class ServerKeys {
  private constructor(
    readonly signPublicKey: Uint8Array,
    private readonly signPrivateKey: KeyObject,
    private readonly boxKeys: readonly BoxKey[],
    readonly rootKeyFingerprint: string,
  ) {}

  /** Makes the keys at the first start. Throws UserError when the root key is not the one they were wrapped with. */
  static async load(root: RootKey, rows: WrappedKeyRepository, clock: Clock): Promise<ServerKeys> {
    let stored = await rows.serverKeys();
    if (stored.length === 0) {
      await rows.addServerKey(newKey('sign', root, clock));
      await rows.addServerKey(newKey('box', root, clock));
      stored = await rows.serverKeys();
    }
    if (stored.some((row) => row.rootKey !== root.fingerprint)) {
      throw new UserError('ROOT_KEY_WRONG', 'The root key does not belong to this database.');
    }
    const secretOf = (row: ServerKeyRow): Buffer =>
      root.unwrap(row.wrapped, { tenant: '-', purpose: 'server-key', id: row.id });
    const signRow = stored.find((row) => row.purpose === 'sign');
    if (signRow === undefined) throw new InvariantError('the server has no signing key');
    const boxKeys = stored
      .filter((row) => row.purpose === 'box')
      .map((row) => ({
        id: row.id,
        publicKey: new Uint8Array(row.publicKey),
        secretKey: new Uint8Array(secretOf(row)),
      }));
    return new ServerKeys(
      new Uint8Array(signRow.publicKey),
      ed25519PrivateKey(secretOf(signRow)),
      boxKeys,
      root.fingerprint,
    );
  }

  /** Ed25519 over `bytes`, 64 bytes. */
  sign(bytes: Uint8Array): Uint8Array {
    return new Uint8Array(sign(null, bytes, this.signPrivateKey));
  }

  /** The key that new boxes are sealed to. */
  currentBoxKey(): BoxKey {
    const newest = this.boxKeys.at(-1);
    if (newest === undefined) throw new InvariantError('the server has no box key');
    return newest;
  }

  /** Also older ones: a tablet that was offline sealed to what it knew. */
  boxKey(id: string): BoxKey | undefined {
    return this.boxKeys.find((key) => key.id === id);
  }
}

function newKey(purpose: 'sign' | 'box', root: RootKey, clock: Clock): ServerKeyRow {
  const id = `${purpose}-${randomBytes(6).toString('hex')}`;
  const seed = randomBytes(SEED_BYTES);
  const publicKey =
    purpose === 'sign'
      ? rawPublicKey(ed25519PrivateKey(seed))
      : nacl.box.keyPair.fromSecretKey(new Uint8Array(seed)).publicKey;
  const wrapped = root.wrap(seed, { tenant: '-', purpose: 'server-key', id });
  seed.fill(0);
  return {
    id,
    purpose,
    publicKey: Buffer.from(publicKey),
    wrapped,
    rootKey: root.fingerprint,
    createdAtMs: clock.nowMs(),
  };
}

function ed25519PrivateKey(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' });
}

/** The last 32 bytes of its SubjectPublicKeyInfo. */
function rawPublicKey(privateKey: KeyObject): Uint8Array {
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return new Uint8Array(spki.subarray(spki.length - SEED_BYTES));
}
