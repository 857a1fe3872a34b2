// A pairing: HR's or IT's invitation for one tablet, good for ten minutes and for one key.
//
//   waiting ──tablet sends the code──▶ compare ──administrator confirms──▶ active
//      │                                  └──────administrator refuses───▶ refused
//      └─────────── after its time, any state but active and refused ────▶ expired
import { createHash, randomBytes, randomInt, scrypt } from 'node:crypto';

export const PAIRING_LIFE_MS = 10 * 60_000;

export interface Pairing {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly siteId: string;
  readonly state: 'waiting' | 'compare' | 'active' | 'refused';
  readonly codeHash: string;
  readonly itPinSalt: string;
  readonly itPinHash: string;
  readonly deviceId: string | null;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

/** Every method runs inside the caller's unit of work. */
export interface PairingStore {
  add(pairing: Pairing): Promise<void>;
  /** Without a tenant: the code is all that an unpaired tablet has. Locked until the unit of work ends. */
  lockByCode(codeHash: string): Promise<Pairing | null>;
  ofTenant(tenantId: string, pairingId: string): Promise<Pairing | null>;
  /** Locked until the unit of work ends. */
  lock(tenantId: string, pairingId: string): Promise<Pairing | null>;
  setState(pairing: Pairing, state: Pairing['state'], deviceId: string | null): Promise<void>;
  forgetBefore(atMs: number): Promise<void>;
}

/** Crockford's base32: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 8;

/** Eight characters, 40 random bits. */
export function newPairingCode(): string {
  return Array.from(randomBytes(CODE_LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

export function hashPairingCode(code: string): string {
  return createHash('sha256').update(`hazri-pairing-code|${code}`).digest('hex');
}

/** The code as people read it: XXXX-XXXX. */
export const spokenCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`;

const SALT_BYTES = 32;
const IT_PIN_COST = { N: 16_384, r: 8, p: 1 } as const;

export interface ItPin {
  readonly pin: string;
  readonly salt: string;
  readonly hash: string;
}

/** Six digits for the IT page of one tablet, and their scrypt hash as the tablet checks it. */
export async function newItPin(): Promise<ItPin> {
  const pin = String(randomInt(1_000_000)).padStart(6, '0');
  const salt = randomBytes(SALT_BYTES);
  const hash = await new Promise<Buffer>((resolve, reject) => {
    scrypt(pin, salt, 32, IT_PIN_COST, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
  return { pin, salt: salt.toString('base64'), hash: hash.toString('base64') };
}
