// Console users, sessions and one-time links.
import { LessThanOrEqual } from 'typeorm';
import { isDuplicate } from '../../../platform/database/dialect.js';
import type { Database } from '../../../platform/database/unit-of-work.js';
import type {
  LinkStore,
  SessionStore,
  StoredLink,
  StoredSession,
  UserAccount,
  UserChange,
  UserStore,
} from '../user-store.js';
import { linkSchema, sessionSchema, userSchema } from './users.schema.js';

export class UserRepository implements UserStore {
  constructor(private readonly database: Database) {}

  byEmail(email: string): Promise<UserAccount | null> {
    return this.rows().findOneBy({ email });
  }

  byId(userId: string): Promise<UserAccount | null> {
    return this.rows().findOneBy({ id: userId });
  }

  inTenant(tenantId: string, userId: string): Promise<UserAccount | null> {
    return this.rows().findOneBy({ tenantId, id: userId });
  }

  list(tenantId: string): Promise<UserAccount[]> {
    return this.rows().find({ where: { tenantId }, order: { name: 'ASC', id: 'ASC' } });
  }

  async add(user: UserAccount): Promise<'added' | 'email-taken'> {
    try {
      await this.rows().insert({ ...user });
      return 'added';
    } catch (error) {
      if (isDuplicate(error)) return 'email-taken';
      throw error;
    }
  }

  async change(userId: string, change: UserChange): Promise<void> {
    await this.rows().update({ id: userId }, change);
  }

  private rows() {
    return this.database.manager().getRepository(userSchema);
  }
}

export class SessionRepository implements SessionStore {
  constructor(private readonly database: Database) {}

  async add(session: StoredSession): Promise<void> {
    await this.rows().insert({ ...session });
  }

  byToken(tokenHash: string): Promise<StoredSession | null> {
    return this.rows().findOneBy({ tokenHash });
  }

  byId(sessionId: string): Promise<StoredSession | null> {
    return this.rows().findOneBy({ id: sessionId });
  }

  async seen(tokenHash: string, atMs: number): Promise<void> {
    await this.rows().update({ tokenHash }, { lastSeenMs: atMs });
  }

  async remove(sessionId: string): Promise<void> {
    await this.rows().delete({ id: sessionId });
  }

  async removeOf(userId: string): Promise<void> {
    await this.rows().delete({ userId });
  }

  async removeExpired(nowMs: number): Promise<void> {
    await this.rows().delete({ expiresAtMs: LessThanOrEqual(nowMs) });
  }

  private rows() {
    return this.database.manager().getRepository(sessionSchema);
  }
}

export class LinkRepository implements LinkStore {
  constructor(private readonly database: Database) {}

  async add(link: StoredLink): Promise<void> {
    await this.rows().insert({ ...link });
  }

  async take(tokenHash: string): Promise<StoredLink | null> {
    const link = await this.database.lockRow(linkSchema, { tokenHash });
    if (link !== null) await this.rows().delete({ tokenHash });
    return link;
  }

  async removeOf(userId: string): Promise<void> {
    await this.rows().delete({ userId });
  }

  private rows() {
    return this.database.manager().getRepository(linkSchema);
  }
}
