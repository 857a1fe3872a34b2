// Passwords at rest: bcrypt over a keyed pre-hash. bcrypt alone ignores what follows its 72nd byte, which a Hindi
// passphrase reaches soon; and without the pepper a stolen database is not enough to guess.
import { createHmac } from 'node:crypto';
import bcrypt from 'bcrypt';

/** Takes a sixth of a second on purpose; never call it inside a unit of work. */
export class PasswordHash {
  private dummy: Promise<string> | null = null;

  /** @param pepper 32 bytes that are not in the database */
  constructor(
    private readonly pepper: Uint8Array,
    private readonly cost: number,
  ) {}

  make(password: string): Promise<string> {
    return bcrypt.hash(this.prehash(password), this.cost);
  }

  /** Takes the same time without a stored hash, and then says no. */
  async matches(password: string, stored: string | null): Promise<boolean> {
    this.dummy ??= bcrypt.hash('nobody', this.cost);
    const isRight = await bcrypt.compare(this.prehash(password), stored ?? (await this.dummy));
    return isRight && stored !== null;
  }

  private prehash(password: string): string {
    return createHmac('sha512', this.pepper).update(password.normalize('NFKC')).digest('base64');
  }
}
