// Wires accounts, sessions and one-time links.
import { type FactoryProvider, Global, Module } from '@nestjs/common';
import type { Clock } from '../../platform/clock/clock.js';
import type { ServerConfig } from '../../platform/config/config.js';
import { Database, UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { RootKey } from '../../platform/keys/root-key.js';
import type { Logger } from '../../platform/logging/logger.js';
import type { ServerIdentity } from '../../platform/server-identity.js';
import { AttemptRepository } from '../../platform/throttle/persistence/attempt.repository.js';
import { Throttle } from '../../platform/throttle/throttle.js';
import { CLOCK, CONFIG, LOGGER, ROOT_KEY, SERVER_IDENTITY } from '../../platform/tokens.js';
import { AuditTrail } from '../audit/public.js';
import { LiveEvents } from '../live/public.js';
import { COMPANY_DIRECTORY, type CompanyDirectory } from '../tenants/public.js';
import { Accounts } from './accounts.js';
import { EndSessions } from './end-sessions.js';
import { FirstSignIn } from './first-sign-in.js';
import { LinkController, SessionController } from './http/session.controller.js';
import { SessionStrategy } from './http/session.strategy.js';
import { UsersController } from './http/users.controller.js';
import { DisableUser, InviteUser, ListUsers, ResetUser, SignOutUser } from './manage-users.js';
import { OneTimeLinks } from './one-time-links.js';
import { ChangePassword, CurrentSession, type PasswordChanges, SetLocale, SignOut } from './own-account.js';
import { PasswordHash } from './password-hash.js';
import { LinkRepository, SessionRepository, UserRepository } from './persistence/users.repository.js';
import { OpenSession, ResolveSession, SessionViews } from './sessions.js';
import { SignIn } from './sign-in.js';
import { AcceptInvitation, CompleteReset, UseLink } from './use-link.js';

const PASSWORD_CHANGES = Symbol('PasswordChanges');

const storage: FactoryProvider[] = [
  {
    provide: UserRepository,
    useFactory: (database: Database) => new UserRepository(database),
    inject: [Database],
  },
  {
    provide: SessionRepository,
    useFactory: (database: Database) => new SessionRepository(database),
    inject: [Database],
  },
  {
    provide: LinkRepository,
    useFactory: (database: Database) => new LinkRepository(database),
    inject: [Database],
  },
  {
    provide: PasswordHash,
    useFactory: (root: RootKey, config: ServerConfig) =>
      new PasswordHash(root.derive('console-password'), config.passwordCost),
    inject: [ROOT_KEY, CONFIG],
  },
  {
    provide: FirstSignIn,
    useFactory: (config: ServerConfig) => new FirstSignIn(config.dataFolder),
    inject: [CONFIG],
  },
];

const parts: FactoryProvider[] = [
  {
    provide: Accounts,
    useFactory: (
      unit: UnitOfWork,
      users: UserRepository,
      hash: PasswordHash,
      throttle: Throttle,
      attempts: AttemptRepository,
      clock: Clock,
    ) => new Accounts(unit, users, hash, { throttle, attempts }, clock),
    inject: [UnitOfWork, UserRepository, PasswordHash, Throttle, AttemptRepository, CLOCK],
  },
  {
    provide: SessionViews,
    useFactory: (companies: CompanyDirectory) => new SessionViews(companies),
    inject: [COMPANY_DIRECTORY],
  },
  {
    provide: OpenSession,
    useFactory: (
      unit: UnitOfWork,
      users: UserRepository,
      sessions: SessionRepository,
      views: SessionViews,
      audit: AuditTrail,
      clock: Clock,
    ) => new OpenSession(unit, { users, sessions }, views, audit, clock),
    inject: [UnitOfWork, UserRepository, SessionRepository, SessionViews, AuditTrail, CLOCK],
  },
  {
    provide: ResolveSession,
    useFactory: (unit: UnitOfWork, users: UserRepository, sessions: SessionRepository, clock: Clock) =>
      new ResolveSession(unit, users, sessions, clock),
    inject: [UnitOfWork, UserRepository, SessionRepository, CLOCK],
  },
  {
    provide: EndSessions,
    useFactory: (unit: UnitOfWork, sessions: SessionRepository, live: LiveEvents) =>
      new EndSessions(unit, sessions, live),
    inject: [UnitOfWork, SessionRepository, LiveEvents],
  },
  {
    provide: OneTimeLinks,
    useFactory: (links: LinkRepository, clock: Clock, identity: ServerIdentity) =>
      new OneTimeLinks(links, clock, () => `https://${identity.address()}`),
    inject: [LinkRepository, CLOCK, SERVER_IDENTITY],
  },
  {
    provide: PASSWORD_CHANGES,
    useFactory: (
      users: UserRepository,
      endSessions: EndSessions,
      companies: CompanyDirectory,
      first: FirstSignIn,
    ): PasswordChanges => ({
      users,
      endSessions,
      companies,
      forgetGenerated: (userId) => {
        first.forget(userId);
      },
    }),
    inject: [UserRepository, EndSessions, COMPANY_DIRECTORY, FirstSignIn],
  },
];

const ownAccount: FactoryProvider[] = [
  {
    provide: SignIn,
    useFactory: (
      unit: UnitOfWork,
      users: UserRepository,
      hash: PasswordHash,
      open: OpenSession,
      throttle: Throttle,
      audit: AuditTrail,
      logger: Logger,
    ) => new SignIn(unit, users, hash, open, { throttle, audit, logger }),
    inject: [UnitOfWork, UserRepository, PasswordHash, OpenSession, Throttle, AuditTrail, LOGGER],
  },
  {
    provide: SignOut,
    useFactory: (unit: UnitOfWork, end: EndSessions, audit: AuditTrail) => new SignOut(unit, end, audit),
    inject: [UnitOfWork, EndSessions, AuditTrail],
  },
  {
    provide: CurrentSession,
    useFactory: (unit: UnitOfWork, views: SessionViews) => new CurrentSession(unit, views),
    inject: [UnitOfWork, SessionViews],
  },
  {
    provide: ChangePassword,
    useFactory: (
      unit: UnitOfWork,
      accounts: Accounts,
      changes: PasswordChanges,
      open: OpenSession,
      audit: AuditTrail,
    ) => new ChangePassword(unit, accounts, changes, open, audit),
    inject: [UnitOfWork, Accounts, PASSWORD_CHANGES, OpenSession, AuditTrail],
  },
  {
    provide: SetLocale,
    useFactory: (unit: UnitOfWork, users: UserRepository, audit: AuditTrail) =>
      new SetLocale(unit, users, audit),
    inject: [UnitOfWork, UserRepository, AuditTrail],
  },
  {
    provide: UseLink,
    useFactory: (
      unit: UnitOfWork,
      accounts: Accounts,
      links: OneTimeLinks,
      changes: PasswordChanges,
      throttle: Throttle,
      audit: AuditTrail,
    ) => new UseLink(unit, accounts, links, changes, { throttle, audit }),
    inject: [UnitOfWork, Accounts, OneTimeLinks, PASSWORD_CHANGES, Throttle, AuditTrail],
  },
  {
    provide: AcceptInvitation,
    useFactory: (useLink: UseLink, open: OpenSession) => new AcceptInvitation(useLink, open),
    inject: [UseLink, OpenSession],
  },
  {
    provide: CompleteReset,
    useFactory: (useLink: UseLink) => new CompleteReset(useLink),
    inject: [UseLink],
  },
];

const otherAccounts: FactoryProvider[] = [
  {
    provide: ListUsers,
    useFactory: (unit: UnitOfWork, users: UserRepository) => new ListUsers(unit, users),
    inject: [UnitOfWork, UserRepository],
  },
  {
    provide: InviteUser,
    useFactory: (
      unit: UnitOfWork,
      users: UserRepository,
      links: OneTimeLinks,
      audit: AuditTrail,
      clock: Clock,
    ) => new InviteUser(unit, users, links, audit, clock),
    inject: [UnitOfWork, UserRepository, OneTimeLinks, AuditTrail, CLOCK],
  },
  {
    provide: ResetUser,
    useFactory: (unit: UnitOfWork, users: UserRepository, links: OneTimeLinks, audit: AuditTrail) =>
      new ResetUser(unit, users, links, audit),
    inject: [UnitOfWork, UserRepository, OneTimeLinks, AuditTrail],
  },
  {
    provide: SignOutUser,
    useFactory: (unit: UnitOfWork, users: UserRepository, end: EndSessions, audit: AuditTrail) =>
      new SignOutUser(unit, users, end, audit),
    inject: [UnitOfWork, UserRepository, EndSessions, AuditTrail],
  },
  {
    provide: DisableUser,
    useFactory: (
      unit: UnitOfWork,
      users: UserRepository,
      links: OneTimeLinks,
      end: EndSessions,
      audit: AuditTrail,
    ) => new DisableUser(unit, users, links, end, audit),
    inject: [UnitOfWork, UserRepository, OneTimeLinks, EndSessions, AuditTrail],
  },
];

@Global()
@Module({
  controllers: [SessionController, LinkController, UsersController],
  providers: [...storage, ...parts, ...ownAccount, ...otherAccounts, SessionStrategy],
  exports: [Accounts, OpenSession, ResolveSession, SessionViews, FirstSignIn],
})
export class AuthModule {}
