// Invitation and reset links: 256 bits, stored hashed, good once and for a short time. There is no mailer; the link is
// shown to the administrator. The token stands behind the #, so it reaches no server log.
import type { Clock } from '../../platform/clock/clock.js';
import { hashToken, newToken } from './tokens.js';
import type { LinkStore, StoredLink } from './user-store.js';

const MINUTE_MS = 60_000;
const LIFE_MS: Readonly<Record<StoredLink['purpose'], number>> = {
  invitation: 72 * 60 * MINUTE_MS,
  reset: 15 * MINUTE_MS,
};
const PAGE: Readonly<Record<StoredLink['purpose'], string>> = { invitation: 'invitation', reset: 'reset' };

export interface IssuedLink {
  readonly url: string;
  readonly expiresAtMs: number;
}

/** Every method runs inside the caller's unit of work. */
export class OneTimeLinks {
  /** @param publicUrl origin under which people reach the console, read when a link is made */
  constructor(
    private readonly links: LinkStore,
    private readonly clock: Clock,
    private readonly publicUrl: () => string,
  ) {}

  /** Older links of the person end. */
  async issue(of: Pick<StoredLink, 'tenantId' | 'userId' | 'purpose'>): Promise<IssuedLink> {
    const token = newToken();
    const createdAtMs = this.clock.nowMs();
    const expiresAtMs = createdAtMs + LIFE_MS[of.purpose];
    await this.links.removeOf(of.userId);
    await this.links.add({ ...of, tokenHash: hashToken(token), createdAtMs, expiresAtMs });
    return { url: `${this.publicUrl()}/${PAGE[of.purpose]}#token=${token}`, expiresAtMs };
  }

  /** Who the link is for; it is used up, also when it ran out. Null for anything but a fresh link. */
  async use(token: string, purpose: StoredLink['purpose']): Promise<StoredLink | null> {
    const link = await this.links.take(hashToken(token));
    return link?.purpose === purpose && this.clock.nowMs() < link.expiresAtMs ? link : null;
  }

  async revoke(userId: string): Promise<void> {
    await this.links.removeOf(userId);
  }
}
