// Rows of console users, their sessions and their one-time links.
import { EntitySchema } from 'typeorm';
import {
  flag,
  id,
  instantMs,
  nullable,
  primary,
  primaryId,
  shortText,
} from '../../../platform/database/columns.js';
import type { StoredLink, StoredSession, UserAccount } from '../user-store.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export const userSchema = new EntitySchema<Mutable<UserAccount>>({
  name: 'ConsoleUser',
  tableName: 'console_user',
  columns: {
    id: primaryId,
    tenantId: id,
    email: shortText(200),
    name: shortText(120),
    role: shortText(20),
    state: shortText(20),
    department: nullable(shortText(80)),
    locale: shortText(8),
    passwordHash: nullable(shortText(100)),
    mustChangePassword: flag,
    lastSignInMs: nullable(instantMs),
    createdAtMs: instantMs,
  },
});

export const sessionSchema = new EntitySchema<Mutable<StoredSession>>({
  name: 'UserSession',
  tableName: 'user_session',
  columns: {
    tokenHash: primary(shortText(64)),
    id,
    tenantId: id,
    userId: id,
    createdAtMs: instantMs,
    lastSeenMs: instantMs,
    expiresAtMs: instantMs,
  },
});

export const linkSchema = new EntitySchema<Mutable<StoredLink>>({
  name: 'OneTimeLink',
  tableName: 'one_time_link',
  columns: {
    tokenHash: primary(shortText(64)),
    tenantId: id,
    userId: id,
    purpose: shortText(20),
    createdAtMs: instantMs,
    expiresAtMs: instantMs,
  },
});
