// Six-digit PINs at rest: scrypt over a keyed pre-hash, so that a stolen database alone is not enough to guess them.
import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

const COST = { N: 16_384, r: 8, p: 1 } as const;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const VERSION = 's1';

export interface PinOwner {
  readonly tenantId: string;
  readonly employeeId: string;
}

/** Hashing takes tens of milliseconds on purpose; never do it inside a unit of work. */
export class PinHash {
  /** @param pepper 32 bytes that are not in the database */
  constructor(private readonly pepper: Uint8Array) {}

  async make(owner: PinOwner, pin: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    const hash = await this.stretch(owner, pin, salt);
    return [VERSION, salt.toString('base64'), hash.toString('base64')].join('$');
  }

  /** Takes the same time without a stored hash, and then says no. */
  async matches(owner: PinOwner, pin: string, stored: string | null): Promise<boolean> {
    const [version, salt, hash] = (stored ?? '').split('$');
    const given = await this.stretch(owner, pin, Buffer.from(salt ?? '', 'base64'));
    const expected = Buffer.from(hash ?? '', 'base64');
    return version === VERSION && expected.length === given.length && timingSafeEqual(given, expected);
  }

  private stretch(owner: PinOwner, pin: string, salt: Uint8Array): Promise<Buffer> {
    const keyed = createHmac('sha512', this.pepper)
      .update(`${owner.tenantId}|${owner.employeeId}|${pin}`)
      .digest();
    return new Promise((resolve, reject) => {
      scrypt(keyed, salt, HASH_BYTES, COST, (error, hash) => {
        if (error === null) resolve(hash);
        else reject(error);
      });
    });
  }
}
