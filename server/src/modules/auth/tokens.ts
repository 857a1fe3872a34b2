// Opaque tokens of 256 bits. The database holds only their hashes; a CSRF token follows from its session's token.
import { createHash, createHmac, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;

export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

export const csrfTokenOf = (token: string): string =>
  createHmac('sha256', token).update('hazri-csrf-v1').digest('base64url');
